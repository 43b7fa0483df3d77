"""Lines joined to a text in which what a screen broke over lines is one sentence again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from server.sight.glyph import Glyph, text_of
from server.sight.layout import Piece

_TOKEN_AT_END = re.compile(r"[!-~]+\Z")
_TOKEN_AT_START = re.compile(r"[!-~]+")
_LINK_SIGN = re.compile(r"[./@]")


def joined(pieces: Sequence[Piece]) -> list[Glyph]:
    """The glyphs of pieces in the order of reading, each with its line, and with what stands between the lines."""
    glyphs: list[Glyph] = []
    for number, piece in enumerate(pieces):
        if number > 0:
            before = pieces[number - 1]
            between = "\n" if piece.block != before.block else _between(text_of(before.glyphs), text_of(piece.glyphs))
            glyphs += [Glyph(character) for character in between]
        glyphs += [replace(glyph, line=number) for glyph in piece.glyphs]
    return glyphs


def _between(before: str, after: str) -> str:
    """A space between two Latin words; nothing inside a link or number, and nothing between Chinese characters."""
    end, start = _TOKEN_AT_END.search(before), _TOKEN_AT_START.match(after)
    if end is None or start is None or not (end[0][-1].isalpha() and start[0][0].isalpha()):
        return ""
    return "" if _LINK_SIGN.search(end[0]) or _LINK_SIGN.search(start[0]) else " "
