"""Hanzi to tone-numbered pinyin: the staff's pronunciation tables first, pypinyin for everything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from server.voice.errors import VoiceContentError

_SYLLABLE = re.compile(r"(?=[a-z]*[aeiouv])[a-z]+[1-5]")  # a vowel: espeak-ng cannot say m, hm, ng
_LONGEST_WORD = 8
_DIGITS = frozenset("零一二三四五六七八九十百千万亿")
_ORDINAL_BEFORE = frozenset("第初")
_ORDINAL_AFTER = frozenset("日楼级班")
_YI, _BU = "一", "不"
_UNCHANGED = {(_YI, "yi2"): "yi1", (_YI, "yi4"): "yi1", (_BU, "bu2"): "bu4"}


class Lexicon:
    """Reads Hanzi.

    ``table`` gives words their syllables and wins over pypinyin's dictionary. Words are found by longest
    match from the left, over both. Third tones keep their number: espeak-ng changes them itself when two
    meet, and it also adapts neutral tones (both measured); 一 and 不 are changed here.
    """

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._table = dict(table)
        self._longest = max([_LONGEST_WORD, *map(len, self._table)])
        self._syllables: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=20_000)(self._look_up)

    def read(self, hanzi: str) -> list[str | None]:
        """One syllable a character of ``hanzi``; ``None`` for a character that has no reading."""
        words = self._words(hanzi)
        syllables: list[str | None] = []
        word_of: list[str] = []
        for word in words:
            for syllable in self._syllables(word):
                syllables.append(syllable if _SYLLABLE.fullmatch(syllable) else None)
                word_of.append(word)
        self._change_tones(hanzi, syllables, word_of)
        return syllables

    def _words(self, hanzi: str) -> list[str]:
        words: list[str] = []
        start = 0
        while start < len(hanzi):
            for end in range(min(len(hanzi), start + self._longest), start, -1):
                word = hanzi[start:end]
                if word in self._table or word in PHRASES_DICT or end == start + 1:
                    words.append(word)
                    start = end
                    break
        return words

    def _look_up(self, word: str) -> tuple[str, ...]:
        if word in self._table:
            return self._table[word]
        syllables = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
        if len(syllables) != len(word):
            return tuple(word)
        # Some of pypinyin's words come with their tones changed already, and not always rightly (yi2 yue4 for 一月).
        return tuple(_UNCHANGED.get((each, syllable), syllable) for each, syllable in zip(word, syllables, strict=True))

    def _change_tones(self, hanzi: str, syllables: list[str | None], word_of: list[str]) -> None:
        for index, character in enumerate(hanzi[:-1]):
            following = syllables[index + 1]
            if following is None or character not in (_YI, _BU):
                continue
            # 个 and the like are neutral but still act as the fourth tone they come from.
            falling = following.endswith("4") or (following.endswith("5") and hanzi[index + 1] == "个")
            if character == _BU and syllables[index] == "bu4" and falling:
                syllables[index] = "bu2"
            elif character == _YI and syllables[index] == "yi1" and not _says_plain_yi(hanzi, index, word_of):
                syllables[index] = "yi2" if falling else "yi4"


def _says_plain_yi(hanzi: str, index: int, word_of: list[str]) -> bool:
    """Whether 一 counts or ranks here and so keeps its first tone."""
    before = hanzi[index - 1] if index else ""
    after = hanzi[index + 1]
    word = word_of[index]
    if after in "月号" or (after == "比" and hanzi[index + 2 : index + 3] in _DIGITS):
        return True
    if len(word) > 1:
        # 统一, 唯一, 星期一: at the end of a word it keeps its tone; 一定, 一起: at its start it does not.
        return word.endswith(_YI) and not word.startswith(_YI)
    return (
        before in _DIGITS | _ORDINAL_BEFORE | {"点", "之"}
        or after in _ORDINAL_AFTER
        or (after in _DIGITS and after not in "百千万亿")
    )


def load_lexicon(*paths: Path) -> Lexicon:
    """Read pronunciation tables: YAML files of sections, each ``word: syllables``. Later files win.

    Raises :class:`VoiceContentError` naming the file and the word.
    """
    table: dict[str, tuple[str, ...]] = {}
    for path in paths:
        try:
            sections = yaml.safe_load(path.read_text("utf-8")) or {}
        except (OSError, yaml.YAMLError) as error:
            raise VoiceContentError(f"{path.name} cannot be read: {error}") from error
        for section in sections.values():
            for word, written in (section or {}).items():
                table[str(word)] = _syllables_of(path.name, str(word), str(written))
    return Lexicon(table)


def _syllables_of(file: str, word: str, written: str) -> tuple[str, ...]:
    syllables = tuple(written.split())
    if len(syllables) != len(word) or not all(map(_SYLLABLE.fullmatch, syllables)):
        raise VoiceContentError(
            f"{file}: {word!r} needs {len(word)} syllables with tones, such as 'huan2 kuan3', not {written!r}"
        )
    return syllables
