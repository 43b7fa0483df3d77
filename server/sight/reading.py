"""The whole way from bytes to a sheet."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean

import cv2
import numpy as np

from server.sight.cleanup import cleaned
from server.sight.glyph import Glyph, text_of
from server.sight.joining import joined
from server.sight.layout import Piece, arranged
from server.sight.light import lit
from server.sight.picture import Picture, Pixels, open_picture
from server.sight.reader import Corners, Reader, Script
from server.sight.sheet import Quad, Sheet, SheetLine
from server.sight.upright import Matrix, Straight, cut, from_top_left, moved, straightened, widened

_FIND_PIXELS = 800_000
_FIND_SIDE = 640
"""The narrow side is looked at no smaller than this, or a long screenshot would be a blur."""
_MOST_FIND_PIXELS = 2_500_000
_MOST_LINES = 120
_ROOM = (0.12, 0.06)
"""A full stop at the edge of a box is lost without it."""
_SURE = 0.5


def read_picture(data: bytes, reader: Reader) -> Sheet:
    """Read what is written on a PNG, JPEG or WebP picture. A picture without writing gives an empty sheet.

    Raises:
        server.sight.picture.UnusablePicture: the bytes can't be used.
    """
    picture = open_picture(data)
    pixels = lit(picture.pixels)
    straight = straightened(pixels, reader)
    if straight is None:
        return _sheet(picture, None, [])
    found = _found(straight.pixels, reader)
    scripts = reader.read([cut(straight.pixels, corners) for corners in found])
    pieces = [piece for corners, script in zip(found, scripts, strict=True) if (piece := _piece(corners, script))]
    return _sheet(picture, straight, arranged(pieces))


def _found(pixels: Pixels, reader: Reader) -> list[Corners]:
    high, wide = pixels.shape[:2]
    share = (_FIND_PIXELS / (high * wide)) ** 0.5
    share = min(max(share, _FIND_SIDE / min(high, wide)), (_MOST_FIND_PIXELS / (high * wide)) ** 0.5, 1.0)
    small = cv2.resize(pixels, None, fx=share, fy=share, interpolation=cv2.INTER_AREA) if share < 1 else pixels
    found = [widened(from_top_left(corners / share), *_ROOM) for corners in reader.find(np.asarray(small, np.uint8))]
    return sorted(found, key=lambda corners: float(corners[:, 1].mean()))[:_MOST_LINES]


def _piece(corners: Corners, script: Script) -> Piece | None:
    glyphs = [Glyph(*each) for each in zip(script.text, script.sure, script.middles, strict=True)]
    while glyphs and glyphs[0].character.isspace():
        glyphs.pop(0)
    while glyphs and glyphs[-1].character.isspace():
        glyphs.pop()
    if not glyphs or fmean(glyph.sure for glyph in glyphs) < _SURE:
        return None
    return Piece(corners, tuple(glyphs))


def _sheet(picture: Picture, straight: Straight | None, pieces: list[Piece]) -> Sheet:
    turned = 0 if straight is None else -round(straight.angle / 90) * 90 % 360
    wide, high = (picture.width, picture.height) if turned % 180 == 0 else (picture.height, picture.width)
    glyphs = cleaned(joined(pieces))
    places: dict[int, list[int]] = {}
    for place, glyph in enumerate(glyphs):
        places.setdefault(glyph.line, []).append(place)
    lines = []
    if straight is not None:
        to_upright = _turn(turned, picture.width, picture.height) @ _smaller(picture.scale) @ straight.back
        for number, piece in enumerate(pieces):
            start, end = places[number][0], places[number][-1] + 1
            own = glyphs[start:end]
            lines.append(
                SheetLine(
                    text=text_of(own),
                    confidence=round(fmean(glyph.sure for glyph in own), 3),
                    box=_box(moved(piece.corners, to_upright), wide, high),
                    start=start,
                    end=end,
                    edges=_edges(own),
                    block=piece.block,
                    speaker=piece.speaker,
                )
            )
    return Sheet(wide, high, turned, text_of(glyphs), tuple(lines))


def _edges(glyphs: list[Glyph]) -> tuple[float, ...]:
    middles = [glyph.middle for glyph in glyphs]
    between = [round((one + other) / 2, 4) for one, other in pairwise(middles)]
    return (0.0, *between, 1.0)


def _smaller(scale: float) -> Matrix:
    return np.diag([1 / scale, 1 / scale, 1.0])


def _turn(turned: int, wide: int, high: int) -> Matrix:
    """Turns points of a picture clockwise by a quarter, a half or three quarters."""
    return {
        0: np.eye(3),
        90: np.array([[0, -1, high], [1, 0, 0], [0, 0, 1]], np.float64),
        180: np.array([[-1, 0, wide], [0, -1, high], [0, 0, 1]], np.float64),
        270: np.array([[0, 1, 0], [-1, 0, wide], [0, 0, 1]], np.float64),
    }[turned]


def _box(corners: Corners, wide: int, high: int) -> Quad:
    inside = np.clip(corners, 0, (wide, high)).round(1)
    top_left, top_right, bottom_right, bottom_left = ((float(x), float(y)) for x, y in inside)
    return (top_left, top_right, bottom_right, bottom_left)
