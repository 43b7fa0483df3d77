"""Everything that somebody may send as a picture."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from PIL import ExifTags, Image

from server.sight.picture import Fault, UnusablePicture, open_picture


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def claiming(wide: int, high: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


PHOTO = Image.effect_noise((640, 480), 50).convert("RGB")
BAD = {
    "nothing": (b"", Fault.EMPTY),
    "text": ("不是图片".encode(), Fault.UNSUPPORTED),
    "a GIF": (encoded(PHOTO, "GIF"), Fault.UNSUPPORTED),
    "a BMP": (encoded(PHOTO, "BMP"), Fault.UNSUPPORTED),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Fault.UNSUPPORTED),
    "only the first bytes of a PNG": (b"\x89PNG\r\n\x1a\n" + bytes(100), Fault.BROKEN),
    "only the first bytes of a JPEG": (b"\xff\xd8\xff" + bytes(9), Fault.BROKEN),
    "only the first bytes of a WebP": (b"RIFF0000WEBP", Fault.BROKEN),
    "half a PNG": (encoded(PHOTO)[:20_000], Fault.BROKEN),
    "half a JPEG": (encoded(PHOTO, "JPEG")[:9_000], Fault.BROKEN),
    "half a WebP": (encoded(PHOTO, "WEBP")[:9_000], Fault.BROKEN),
    "one pixel": (encoded(Image.new("RGB", (1, 1))), Fault.TOO_SMALL),
    "a thread": (encoded(Image.new("RGB", (4000, 2))), Fault.TOO_SMALL),
    "a bomb": (claiming(100_000, 100_000), Fault.TOO_MANY_PIXELS),
    "a small bomb": (claiming(9_000, 9_000), Fault.TOO_MANY_PIXELS),
    "a wall": (claiming(40, 20_000), Fault.TOO_MANY_PIXELS),
    "less than it claims": (claiming(6_000, 6_000), Fault.BROKEN),
}


@pytest.mark.parametrize(("data", "fault"), BAD.values(), ids=BAD)
def test_pictures_that_are_of_no_use(data: bytes, fault: Fault) -> None:
    with pytest.raises(UnusablePicture) as caught:
        open_picture(data)
    assert caught.value.fault is fault


def test_noise_is_never_more_than_unusable() -> None:
    chance = np.random.default_rng(5)
    whole = {kind: bytearray(encoded(PHOTO.resize((80, 60)), kind)) for kind in ("PNG", "JPEG", "WEBP")}
    for kind, data in whole.items():
        for _ in range(60):
            spoilt = bytearray(data)
            for place in chance.integers(0, len(spoilt), 12):
                spoilt[place] = chance.integers(0, 256)
            with suppress(UnusablePicture):
                assert open_picture(bytes(spoilt)).pixels.ndim == 3, kind


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "YCbCr"])
def test_every_kind_of_colour(mode: str) -> None:
    image = Image.new("RGB", (60, 40), (255, 255, 255))
    image.paste((10, 10, 10), (0, 0, 30, 40))
    deep = Image.fromarray(np.asarray(image.convert("L"), np.uint16) * 257)
    image = deep if mode == "I;16" else image.convert(mode)
    pixels = open_picture(encoded(image, "JPEG" if mode in ("CMYK", "YCbCr") else "PNG")).pixels
    assert pixels.dtype == np.uint8 and pixels.shape[2] == 3
    middle, wide = pixels.shape[0] // 2, pixels.shape[1]
    assert pixels[middle, wide // 8].max() < 60 and pixels[middle, wide * 7 // 8].min() > 200


def test_what_is_transparent_is_white() -> None:
    assert open_picture(encoded(Image.new("RGBA", (60, 40), (0, 0, 0, 0)))).pixels.min() == 255


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_as_the_camera_says(orientation: int) -> None:
    upright = Image.new("RGB", (200, 100), "white")
    upright.paste("black", (0, 0, 60, 30))  # the top left corner
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)
    stored = upright if undo is None else upright.transpose(undo)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    picture = open_picture(encoded(stored, "JPEG", exif=exif))
    assert (picture.width, picture.height) == (200, 100)
    high, wide = picture.pixels.shape[:2]
    assert picture.pixels[high // 10, wide // 10].max() < 60
    assert picture.pixels[high * 9 // 10, wide * 9 // 10].min() > 200


def test_broken_notes_of_the_camera_do_no_harm() -> None:
    data = encoded(PHOTO, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(range(40)))
    assert (open_picture(data).width, open_picture(data).height) == (640, 480)


def test_large_ones_are_read_smaller_and_small_ones_larger() -> None:
    large, small = (
        open_picture(encoded(PHOTO.resize((4000, 3000)), "JPEG")),
        open_picture(encoded(PHOTO.resize((300, 200)))),
    )
    assert large.pixels.shape == (1500, 2000, 3) and (large.width, large.height, large.scale) == (4000, 3000, 0.5)
    assert small.pixels.shape == (600, 900, 3) and small.scale == 3
