"""Lines put in the order of reading, what belongs together as one block, and whose bubble it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from server.sight.glyph import Glyph
from server.sight.reader import Corners
from server.sight.sheet import Speaker

_SAME_ROW = 0.5
"""Distance of two lines' middles, in heights, up to which they stand side by side."""
_NEXT_LINE = 1.45
"""Distance of two lines' middles, in heights, up to which one follows the other in a block."""
_ALIGNED = 0.7
_SAME_LINE = 2.5
"""Gap, in heights, up to which two pieces side by side are one line."""
_FULL = 1.6
"""How much shorter than the next a line may be, in heights, that goes on in it."""
_SIZES_DIFFER = 1.25
_NARROW = frozenset(" !'(),-./:;I[]fijlrt|")
_LEAN = 0.1
"""How much nearer to one edge than to the other a bubble is, in widths of what is written."""
_WIDE = 0.5
_BODY = 0.8


@dataclass(frozen=True)
class Piece:
    """One line as it stands in the straight picture."""

    corners: Corners
    glyphs: tuple[Glyph, ...]
    block: int = 0
    speaker: Speaker | None = None

    @property
    def left(self) -> float:
        """The left edge, in pixels."""
        return float(self.corners[:, 0].min())

    @property
    def right(self) -> float:
        """The right edge, in pixels."""
        return float(self.corners[:, 0].max())

    @property
    def middle(self) -> float:
        """The height of its middle in the picture, in pixels from the top."""
        return float(self.corners[:, 1].mean())

    @property
    def high(self) -> float:
        """How high it is, in pixels."""
        return float((self.corners[2:, 1].sum() - self.corners[:2, 1].sum()) / 2)

    @property
    def size(self) -> float | None:
        """The width of a Chinese character in it, in pixels; ``None``: too few characters to tell."""
        ems = sum(_em(glyph.character) for glyph in self.glyphs)
        return (self.right - self.left - 0.4 * self.high) / ems if ems >= 4 else None


def arranged(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces in the order of reading, each with its block and speaker."""
    rows = _rows(pieces)
    blocks: list[list[Piece]] = []
    for row in rows:
        for piece in row:
            home = next((block for block in reversed(blocks) if _goes_on(block, piece)), None)
            if home is None:
                blocks.append([piece])
            else:
                home.append(piece)
    speakers = _speakers(blocks, {id(piece) for row in rows if len(row) > 1 for piece in row})
    return [
        replace(piece, block=number, speaker=speaker)
        for number, (block, speaker) in enumerate(zip(blocks, speakers, strict=True))
        for piece in block
    ]


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: each.middle):
        above = rows[-1][-1] if rows else None
        if above is not None and abs(piece.middle - above.middle) < _SAME_ROW * min(piece.high, above.high):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _goes_on(block: Sequence[Piece], piece: Piece) -> bool:
    last, high = block[-1], min(block[-1].high, piece.high)
    if last.size is not None and piece.size is not None:
        sizes = sorted((last.size, piece.size))
        if sizes[1] > _SIZES_DIFFER * sizes[0]:
            return False
    if abs(piece.middle - last.middle) < _SAME_ROW * high:
        return -high < piece.left - last.right < _SAME_LINE * high
    if not 0 < piece.middle - last.middle < _NEXT_LINE * max(last.high, piece.high):
        return False
    left, right = _left(block), _right(block)
    if abs((piece.left + piece.right) - (left + right)) / 2 < _ALIGNED * high:
        return True  # centred
    # Only a full line goes on in the next one; a short one is a name or a heading above it.
    full = last.right > piece.right - _FULL * high
    return full and abs(piece.left - left) < _ALIGNED * high


def _speakers(blocks: Sequence[Sequence[Piece]], side_by_side: set[int]) -> list[Speaker | None]:
    """Own bubbles keep to the right of a chat, the others' to the left; without own ones it is no chat."""
    pieces = [piece for block in blocks for piece in block]
    if not pieces:
        return []
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    heights = sorted(piece.high for piece in pieces)
    body = heights[len(heights) // 2]
    sides: list[Speaker | None] = []
    for block in blocks:
        before, after = _left(block) - left, right - _right(block)
        lean = (before - after) / max(1.0, right - left)
        bubble = block[0].high >= body * _BODY and not any(id(piece) in side_by_side for piece in block)
        clear = bubble and abs(lean) >= _LEAN
        sides.append((Speaker.OWN if lean > 0 else Speaker.OTHER) if clear else None)
    if Speaker.OWN not in sides:
        return [None] * len(blocks)
    # A long bubble fills the screen and leans to neither side; own ones end where the other own ones do.
    rights = [_right(block) for block, side in zip(blocks, sides, strict=True) if side is Speaker.OWN]
    for number, block in enumerate(blocks):
        wide = len(block) > 1 and _right(block) - _left(block) > _WIDE * (right - left)
        if sides[number] is None and wide:
            at_own_edge = any(abs(_right(block) - edge) < _ALIGNED * body for edge in rights)
            sides[number] = Speaker.OWN if at_own_edge else Speaker.OTHER
    return sides


def _left(block: Sequence[Piece]) -> float:
    return min(piece.left for piece in block)


def _right(block: Sequence[Piece]) -> float:
    return max(piece.right for piece in block)


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.3 if character in _NARROW else 0.57
