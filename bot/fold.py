"""Folding of disguised and foreign spellings, with every character's place in the text as sent.

Scam messages hide their words: full width, Traditional characters, spaces between Hanzi, zero-width joiners,
``威❤`` for 微信. Matching runs on the folded text; evidence is reported in offsets of the original.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

_HANZI_LOW, _HANZI_HIGH = "\u3400", "\u9fff"
# Characters that are slipped between Hanzi to break keyword filters.
_SLIPPED_IN = frozenset(" \t\u3000·.*_-~`'^|/+=。、")
# Characters that a conversion to Simplified would turn into an everyday one, losing a dialect's own word: Jiaxing's
# demonstrative 箇 would become the measure word 个.
_KEPT = frozenset("箇")


@dataclass(frozen=True)
class FoldedText:
    """A text for matching. ``text[i]`` stands for ``original[starts[i]:ends[i]]``."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of ``text[start:end]``; the range must not be empty."""
        return self.starts[start], self.ends[end - 1]

    def replaced(self, hits: Iterable[tuple[int, int, str]]) -> FoldedText:
        """A copy in which each ``(start, end, replacement)`` of this text is replaced; hits must not overlap."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for start, end, replacement in sorted(hits):
            text.append(self.text[position:start])
            starts.extend(self.starts[position:start])
            ends.extend(self.ends[position:start])
            text.append(replacement)
            starts.extend([self.starts[start]] * len(replacement))
            ends.extend([self.ends[end - 1]] * len(replacement))
            position = end
        text.append(self.text[position:])
        starts.extend(self.starts[position:])
        ends.extend(self.ends[position:])
        return FoldedText(self.original, "".join(text), tuple(starts), tuple(ends))


def is_hanzi(character: str) -> bool:
    """Whether a character is a CJK ideograph of the basic planes."""
    return _HANZI_LOW <= character <= _HANZI_HIGH or "\U00020000" <= character <= "\U0003134f"


class PhraseTable:
    """Longest-match replacement of phrases, by first character so that a text is walked once."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for phrase, replacement in table.items():
            self._by_first.setdefault(phrase[0], []).append((phrase, replacement))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """All leftmost-longest hits as ``(start, end, replacement)``, in order and apart from each other."""
        hits: list[tuple[int, int, str]] = []
        position = 0
        while position < len(text):
            for phrase, replacement in self._by_first.get(text[position], ()):
                if text.startswith(phrase, position):
                    hits.append((position, position + len(phrase), replacement))
                    position += len(phrase)
                    break
            else:
                position += 1
        return hits


class Folder:
    """Folds a text. ``spellings`` maps disguised words to plain ones (data/knowledge/spellings.yml)."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._converter = OpenCC("t2s")
        self._spellings = PhraseTable(spellings)
        self._simplify = lru_cache(maxsize=8192)(self._simplified)

    def _simplified(self, character: str) -> str:
        if character in _KEPT:
            return character
        plain = unicodedata.normalize("NFKC", character).lower()
        if plain == character and not is_hanzi(character):
            return character
        return str(self._converter.convert(plain))

    def fold(self, text: str) -> FoldedText:
        """Fold ``text``; linear in its length."""
        characters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for index, character in enumerate(text):
            category = unicodedata.category(character)
            if category in ("Cf", "Cc", "Mn", "Me") and character not in "\n\t":
                continue
            for plain in self._simplify(character):
                characters.append(plain)
                starts.append(index)
                ends.append(index + 1)
        keep = [not self._is_slipped_in(characters, i) for i in range(len(characters))]
        folded = FoldedText(
            text,
            "".join(c for c, kept in zip(characters, keep, strict=True) if kept),
            tuple(s for s, kept in zip(starts, keep, strict=True) if kept),
            tuple(e for e, kept in zip(ends, keep, strict=True) if kept),
        )
        hits = self._spellings.find(folded.text)
        return folded.replaced(hits) if hits else folded

    @staticmethod
    def _is_slipped_in(characters: list[str], index: int) -> bool:
        """A space between Hanzi always goes; other separators only when single Hanzi are taken apart by them."""
        character = characters[index]
        if character not in _SLIPPED_IN or not 0 < index < len(characters) - 1:
            return False
        if not (is_hanzi(characters[index - 1]) and is_hanzi(characters[index + 1])):
            return False
        if character in " \t\u3000":
            return True
        if character in "。、":
            # Ordinary punctuation; only 转。账。 style, with a separator on the other side as well.
            return (index >= 2 and characters[index - 2] == character) or (
                index + 2 < len(characters) and characters[index + 2] == character
            )
        return True
