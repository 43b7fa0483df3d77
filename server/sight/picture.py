"""Bytes that somebody sent, as pixels; or why they are of no use."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, UnidentifiedImageError

Pixels = NDArray[np.uint8]
"""Rows, columns, red-green-blue."""

FORMATS = ("PNG", "JPEG", "WEBP")
_SMALLEST_SIDE = 32
_LARGEST_SIDE = 16_000
_MOST_PIXELS = 50_000_000
"""A telephone's largest photograph; its pixels take 150 MB."""
_WORKING_SIDE = 2000
_WORKING_PIXELS = 4_000_000
_ENLARGED_SIDE = 900
_MOST_ENLARGED = 3.0
_ACROSS = (
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation of EXIF."""


class Fault(str, Enum):
    """What is wrong with a picture; the names are keys of ``data/knowledge/sight.yml``."""

    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    BROKEN = "broken"
    TOO_SMALL = "too_small"
    TOO_MANY_PIXELS = "too_many_pixels"


class UnusablePicture(Exception):
    """The bytes can't be used as a picture; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Picture:
    """A picture to be read. ``pixels`` are those of the picture sent, ``scale`` times as large."""

    pixels: Pixels
    width: int
    height: int
    scale: float


def open_picture(data: bytes) -> Picture:
    """Decode a PNG, JPEG or WebP picture, turned as its EXIF says, in a size that is good to read.

    The size is looked at before any pixel is decoded: a small file may claim gigabytes of them.

    Raises:
        UnusablePicture: it is none of these, cut off, too small or too large.
    """
    if not data:
        raise UnusablePicture(Fault.EMPTY)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of bombs, which the check below finds at a lower limit
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise UnusablePicture(Fault.BROKEN if is_picture(data) else Fault.UNSUPPORTED) from None
    except Image.DecompressionBombError:
        raise UnusablePicture(Fault.TOO_MANY_PIXELS) from None
    except Exception:  # a broken head fails in as many ways as there are formats
        raise UnusablePicture(Fault.BROKEN) from None
    wide, high = image.size
    if min(wide, high) < _SMALLEST_SIDE:
        raise UnusablePicture(Fault.TOO_SMALL)
    if wide * high > _MOST_PIXELS or max(wide, high) > _LARGEST_SIDE:
        raise UnusablePicture(Fault.TOO_MANY_PIXELS)
    turn = _TURNS.get(_orientation(image))
    try:
        image.draft("RGB", (_WORKING_SIDE, _WORKING_SIDE))  # a JPEG is decoded no larger than needed
        plain = _on_white(image)
    except Exception:
        raise UnusablePicture(Fault.BROKEN) from None
    if turn is not None:
        plain = plain.transpose(turn)
        if turn in _ACROSS:
            wide, high = high, wide
    scale = _scale(wide, high)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    resized = plain if plain.size == size else plain.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return Picture(np.asarray(resized), wide, high, scale)


def is_picture(head: bytes) -> bool:
    """Whether bytes begin as a PNG, JPEG or WebP picture does."""
    png, jpeg = head.startswith(b"\x89PNG\r\n\x1a\n"), head.startswith(b"\xff\xd8\xff")
    return png or jpeg or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # notes that nobody can read say nothing about the picture
        return 1


def _on_white(image: Image.Image) -> Image.Image:
    """In red, green and blue; what is transparent becomes white."""
    if image.mode.startswith("I"):  # 16 bits a pixel
        return image.convert("I").point(lambda value: value / 256).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _scale(wide: int, high: int) -> float:
    """Small enough to be quick, large enough that its letters can be told apart."""
    if max(wide, high) < _ENLARGED_SIDE:
        return min(_MOST_ENLARGED, _ENLARGED_SIDE / max(wide, high))
    # A long screenshot is narrow: its pixels count, not its length.
    return min(
        1.0,
        max(_WORKING_SIDE / max(wide, high), _WORKING_SIDE / 2 / min(wide, high)),
        float((_WORKING_PIXELS / (wide * high)) ** 0.5),
    )
