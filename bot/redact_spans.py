"""A place in a text that is to be hidden, and the folding that keeps places valid."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of the text; ``label`` stands in the placeholder."""

    start: int
    end: int
    label: str


def fold_width(text: str) -> str:
    """Full-width and other compatibility characters as their plain ones where the length stays the same."""
    if text.isascii():
        return text
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character < "\x80" or "\u4e00" <= character <= "\u9fff":
        return character
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
