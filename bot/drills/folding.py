"""Texts as moves are looked for in them: letters alone, dialect words as Mandarin ones, the clauses known."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.linear import CLAUSE


@dataclass(frozen=True)
class Folded:
    """A text without punctuation; ``breaks`` are the places where there was some."""

    text: str
    breaks: frozenset[int]

    def clauses(self) -> list[tuple[int, int]]:
        """Start and end of each clause."""
        edges = sorted({0, len(self.text), *self.breaks})
        return list(pairwise(edges))

    def divided(self) -> str:
        """The clauses as the n-grams of a model want them."""
        return CLAUSE.join(self.text[start:end] for start, end in self.clauses())


class Folding:
    """Folds texts; ``equivalents`` are words that are exchanged for others first. Safe to share."""

    def __init__(self, equivalents: Mapping[str, str]) -> None:
        self._equivalents = sorted(equivalents.items(), key=lambda pair: -len(pair[0]))

    def fold(self, text: str) -> Folded:
        """The text folded."""
        text = unicodedata.normalize("NFKC", text).lower()
        for spoken, meaning in self._equivalents:
            text = text.replace(spoken, meaning)
        kept: list[str] = []
        breaks: set[int] = set()
        for character in text:
            if character.isalnum():
                kept.append(character)
            elif kept:
                breaks.add(len(kept))
        return Folded("".join(kept), frozenset(b for b in breaks if b < len(kept)))
