"""One recognised character."""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = -1
"""``line`` of a glyph that stands between lines and on none."""


@dataclass(frozen=True)
class Glyph:
    """One character, how sure it is (0 to 1), where its middle stands along its line (0 to 1), and which line that is.

    Lines are counted in the order of reading.
    """

    character: str
    sure: float = 1.0
    middle: float = 0.0
    line: int = SEPARATOR


def text_of(glyphs: list[Glyph] | tuple[Glyph, ...]) -> str:
    """The characters as a text."""
    return "".join(glyph.character for glyph in glyphs)
