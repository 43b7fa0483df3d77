"""How Latin letters are read among Hanzi: known words, spelled abbreviations, English words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from server.voice.errors import VoiceContentError

_SYLLABLE = re.compile(r"[a-z]+[1-5]")
_VOWELS = frozenset("aeiouy")
_LONGEST_ABBREVIATION = 5


class LatinReader:
    """Reads Latin words. ``words`` and ``letters`` give lower-case words and letters their syllables."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], letters: Mapping[str, tuple[str, ...]]) -> None:
        self._words = dict(words)
        self._letters = dict(letters)

    def in_mandarin(self, word: str) -> tuple[str, ...]:
        """Syllables of a known word or an abbreviation; else the word itself, to be read as English."""
        lower = word.lower()
        if lower in self._words:
            return self._words[lower]
        if self._is_spelled(word):
            return tuple(syllable for letter in lower for syllable in self._letters.get(letter, ()))
        return (lower,)

    def in_english(self, word: str) -> tuple[str, ...]:
        """The word, or its letters, as an English voice takes them."""
        if self._is_spelled(word):
            return tuple(letter.upper() for letter in word if letter.isalpha())
        return (word.lower(),)

    @staticmethod
    def _is_spelled(word: str) -> bool:
        if len(word) == 1:
            return True
        shouted = word.isupper() and len(word) <= _LONGEST_ABBREVIATION
        return word.isalpha() and (shouted or not _VOWELS & set(word.lower()))


def load_latin(path: Path) -> LatinReader:
    """Read ``latin.yml``. Raises :class:`VoiceContentError` naming the entry."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        tables = {
            section: {str(key): tuple(str(value).split()) for key, value in raw[section].items()}
            for section in ("words", "letters")
        }
    except (OSError, yaml.YAMLError, KeyError, AttributeError, TypeError) as error:
        raise VoiceContentError(f"{path.name}: {error}") from error
    for table in tables.values():
        for key, syllables in table.items():
            if not syllables or not all(map(_SYLLABLE.fullmatch, syllables)):
                raise VoiceContentError(f"{path.name}: {key!r} needs syllables with tone numbers, such as 'ei1 pi4'")
    return LatinReader(tables["words"], tables["letters"])
