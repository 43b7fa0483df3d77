"""Finds out how a picture lies and lays it straight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from server.sight.picture import Pixels
from server.sight.reader import Corners, Reader

Matrix = NDArray[np.float64]

_LOOK_PIXELS = 300_000
"""Enough to see how lines lie: a fifth of the time that reading takes."""
_LINE_LIKE = 2.2
"""Length to height from which on a box tells the direction of its writing."""
_VOTERS = 8
_STRAIGHT = 0.4
"""Degrees that reading doesn't mind."""
_MARGIN = 1.0
"""Heights of a line that stay around what is written."""


@dataclass(frozen=True)
class Straight:
    """A picture laid straight and cut to what is written on it.

    ``back`` is the matrix that takes its points to those of the picture it was made of; ``angle`` is how far that one's
    writing is turned clockwise, in degrees.
    """

    pixels: Pixels
    back: Matrix
    angle: float


def straightened(pixels: Pixels, reader: Reader) -> Straight | None:
    """The picture with its writing from left to right; ``None``: there is no writing."""
    share = min(1.0, (_LOOK_PIXELS / (pixels.shape[0] * pixels.shape[1])) ** 0.5)
    small = cv2.resize(pixels, None, fx=share, fy=share, interpolation=cv2.INTER_AREA) if share < 1 else pixels
    found = [corners / share for corners in reader.find(np.asarray(small, np.uint8))]
    if not found:
        return None
    angle = direction(found)
    laid = _laid(pixels, found, angle)
    longest = sorted(found, key=_length, reverse=True)[:_VOTERS]
    forward = np.linalg.inv(laid.back)
    if reader.upside_down([cut(laid.pixels, from_top_left(moved(corners, forward))) for corners in longest]) > 0.5:
        turned = np.ascontiguousarray(laid.pixels[::-1, ::-1])
        high, wide = turned.shape[:2]
        over = np.array([[-1, 0, wide - 1], [0, -1, high - 1], [0, 0, 1]], np.float64)
        return Straight(turned, laid.back @ over, angle + 180)
    return laid


def direction(lines: Sequence[Corners]) -> float:
    """The angle of most of the writing, -90 to 90 degrees clockwise; which end is up it doesn't tell."""
    sides = [_long_side(corners) for corners in lines if _length(corners) >= _LINE_LIKE * _height(corners)]
    if not sides:
        return 0.0
    # Doubled, both directions of a line are the same and can be averaged; long lines know best.
    doubled = np.array([2 * np.arctan2(side[1], side[0]) for side in sides])
    weights = np.array([float(np.hypot(*side)) for side in sides])
    mean = np.arctan2((np.sin(doubled) * weights).sum(), (np.cos(doubled) * weights).sum())
    near = np.abs((doubled - mean + np.pi) % (2 * np.pi) - np.pi) < np.radians(30)
    if near.any():
        mean = np.arctan2((np.sin(doubled) * weights)[near].sum(), (np.cos(doubled) * weights)[near].sum())
    return float(np.degrees(mean / 2))


def from_top_left(corners: Corners) -> Corners:
    """The corners of a box that lies straight or nearly so, from the top left one clockwise."""
    sums, differences = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    return corners[[sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]]


def widened(corners: Corners, along: float, across: float) -> Corners:
    """The box with more room, in heights of the line, at its ends and above and below."""
    ahead, down = corners[1] - corners[0], corners[3] - corners[0]
    high = float(np.hypot(*down)) or 1.0
    ahead, down = ahead / (float(np.hypot(*ahead)) or 1.0) * along * high, down * across
    out: Corners = corners + np.array([-ahead - down, ahead - down, ahead + down, down - ahead])
    return out


def cut(pixels: Pixels, corners: Corners) -> Pixels:
    """What lies between four corners, as a rectangle."""
    wide = max(2, round(max(np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[2] - corners[3])))))
    high = max(2, round(max(np.hypot(*(corners[3] - corners[0])), np.hypot(*(corners[2] - corners[1])))))
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    place = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    return np.asarray(
        cv2.warpPerspective(pixels, place, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


def _laid(pixels: Pixels, found: Sequence[Corners], angle: float) -> Straight:
    high, wide = pixels.shape[:2]
    if abs(angle) < _STRAIGHT:
        angle = 0.0
    turn = np.vstack([cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0), [0, 0, 1]])
    points = np.concatenate([moved(corners, turn) for corners in found])
    margin = _MARGIN * float(np.median([_height(corners) for corners in found])) + 4
    frame = moved(np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float64), turn)
    left, top = np.maximum(points.min(axis=0) - margin, np.floor(frame.min(axis=0)))
    right, bottom = np.minimum(points.max(axis=0) + margin, np.ceil(frame.max(axis=0)))
    shift = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64)
    place = shift @ turn
    size = (max(2, int(right - left)), max(2, int(bottom - top)))
    laid = cv2.warpAffine(pixels, place[:2], size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return Straight(np.asarray(laid, np.uint8), np.linalg.inv(place), angle)


def moved(points: Corners, matrix: Matrix) -> Corners:
    """The points where the matrix takes them."""
    out: Corners = points @ matrix[:2, :2].T + matrix[:2, 2]
    return out


def _long_side(corners: Corners) -> NDArray[np.float64]:
    one, other = corners[1] - corners[0], corners[2] - corners[1]
    side: NDArray[np.float64] = one if np.hypot(*one) >= np.hypot(*other) else other
    return side


def _length(corners: Corners) -> float:
    return float(np.hypot(*_long_side(corners)))


def _height(corners: Corners) -> float:
    return float(min(np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[2] - corners[1]))))
