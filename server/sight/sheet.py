"""What was read on a picture, as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners from the top left one clockwise, in the order of the writing."""


class Speaker(str, Enum):
    """Whose words stand in a bubble of a chat."""

    OTHER = "other"
    OWN = "own"


@dataclass(frozen=True)
class SheetLine:
    """One written line.

    ``box`` is in pixels of the upright picture; ``confidence`` is 0 to 1; ``start`` and ``end`` are its place in the
    sheet's text; ``edges`` has one more entry than the line has characters: where each begins along the box, 0 to 1.
    ``block`` counts what is written together: a bubble, a paragraph. ``speaker`` is ``None`` outside a chat.
    """

    text: str
    confidence: float
    box: Quad
    start: int
    end: int
    edges: tuple[float, ...]
    block: int
    speaker: Speaker | None

    def part(self, start: int, end: int) -> Quad | None:
        """The box of what this line holds of ``start`` to ``end`` of the sheet's text; ``None``: nothing."""
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        if first >= last:
            return None
        left, right = self.edges[first], self.edges[last]
        top_left, top_right, bottom_right, bottom_left = self.box
        return (
            _between(top_left, top_right, left),
            _between(top_left, top_right, right),
            _between(bottom_left, bottom_right, right),
            _between(bottom_left, bottom_right, left),
        )


@dataclass(frozen=True)
class Sheet:
    """Everything that was read.

    ``width`` and ``height`` are those of the upright picture, in pixels; ``turned`` how far the picture that was sent
    has to be turned clockwise to stand upright: 0, 90, 180 or 270 degrees (after its EXIF orientation). ``text`` holds
    the lines in the order of reading: what a bubble or paragraph broke over lines is joined again, blocks stand on
    lines of their own.
    """

    width: int
    height: int
    turned: int
    text: str
    lines: tuple[SheetLine, ...]

    def packed(self) -> dict[str, Any]:
        """As values that ``json.dumps`` takes."""
        return asdict(self)

    @classmethod
    def unpacked(cls, packed: Mapping[str, Any]) -> Sheet:
        """The sheet of :meth:`packed`, also after JSON."""
        return cls(
            width=packed["width"],
            height=packed["height"],
            turned=packed["turned"],
            text=packed["text"],
            lines=tuple(_line(line) for line in packed["lines"]),
        )


def _line(packed: Mapping[str, Any]) -> SheetLine:
    top_left, top_right, bottom_right, bottom_left = ((float(x), float(y)) for x, y in packed["box"])
    return SheetLine(
        text=packed["text"],
        confidence=packed["confidence"],
        box=(top_left, top_right, bottom_right, bottom_left),
        start=packed["start"],
        end=packed["end"],
        edges=tuple(packed["edges"]),
        block=packed["block"],
        speaker=None if packed["speaker"] is None else Speaker(packed["speaker"]),
    )


def _between(start: Point, end: Point, share: float) -> Point:
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
