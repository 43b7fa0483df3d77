"""Photographs a drawn screen the way a kiosk's camera does: askew, in bad light, out of focus, full of noise."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SIZE = (1440, 1080)  # of the camera's picture, held upright or not
_Pixels = NDArray[Any]


@dataclass(frozen=True)
class Shot:
    """How a picture is taken.

    ``turn`` is a whole turn in degrees (0, 90, 180, 270), ``tilt`` what comes on top of it; ``keystone`` how much
    narrower the far side is (0 to 0.2), ``light`` the brightness (1 is right), ``shade`` how much darker the far corner
    is, ``blur`` the radius of the lens in pixels, ``noise`` the sensor's deviation of 255, ``quality`` the JPEG's.
    """

    turn: int
    tilt: float
    keystone: float
    light: float
    shade: float
    blur: float
    noise: float
    quality: int


def shots(count: int, seed: int = 7) -> list[Shot]:
    """``count`` different ways, the same ones each time: half of them upright, a sixth each of the other turns."""
    chance = Random(seed)
    turns = (0, 90, 0, 180, 0, 270)
    return [
        Shot(
            turn=turns[number % len(turns)],
            tilt=chance.uniform(-15, 15),
            keystone=chance.uniform(0, 0.12),
            light=chance.choice((1.0, 0.9, 0.7, 0.45, 0.3)),
            shade=chance.uniform(0, 0.4),
            blur=chance.uniform(0, 1.1),
            noise=chance.uniform(2, 14),
            quality=chance.choice((60, 75, 85)),
        )
        for number in range(count)
    ]


def photograph(screen: Image.Image, shot: Shot, seed: int = 0) -> bytes:
    """A JPEG of the screen, lying on a table."""
    chance = np.random.default_rng(seed)
    phone = cv2.copyMakeBorder(np.asarray(screen), 28, 28, 22, 22, cv2.BORDER_CONSTANT, value=(12, 12, 14))
    wide, high = _SIZE if shot.turn % 180 else _SIZE[::-1]
    place = _place(phone.shape[1], phone.shape[0], wide, high, shot)
    picture = _table(wide, high, chance)
    inside = cv2.warpPerspective(np.full(phone.shape[:2], 255, np.uint8), place, (wide, high), flags=cv2.INTER_AREA)
    seen = cv2.warpPerspective(phone, place, (wide, high), flags=cv2.INTER_AREA).astype(np.float32)
    share = (inside / 255.0)[..., None]
    picture = picture * (1 - share) + seen * share
    if shot.blur > 0.2:
        picture = cv2.GaussianBlur(picture, (0, 0), shot.blur)
    rows, columns = np.mgrid[0:high, 0:wide]
    shade = 1 - shot.shade * (rows / high + columns / wide) / 2
    picture = picture * (shot.light * shade)[..., None] + chance.normal(0, shot.noise, picture.shape)
    pixels = np.clip(picture, 0, 255).astype(np.uint8)
    done, jpeg = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, shot.quality])
    assert done
    return bytes(jpeg)


def _place(phone_wide: int, phone_high: int, wide: int, high: int, shot: Shot) -> _Pixels:
    """The matrix that lays the phone into the picture as large as it fits."""
    corners = np.array([[0, 0], [phone_wide, 0], [phone_wide, phone_high], [0, phone_high]], np.float32)
    centred = corners - (phone_wide / 2, phone_high / 2)
    centred[:2, 0] *= 1 - shot.keystone
    angle = np.deg2rad(shot.turn + shot.tilt)
    turned = centred @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned -= (turned.max(axis=0) + turned.min(axis=0)) / 2
    scale = 0.97 * min(np.array([wide, high]) / np.ptp(turned, axis=0))
    return cv2.getPerspectiveTransform(corners, (turned * scale + (wide / 2, high / 2)).astype(np.float32))


def _table(wide: int, high: int, chance: np.random.Generator) -> _Pixels:
    """Wood, more or less."""
    grain = chance.normal(0, 10, (1, wide, 1)).astype(np.float32)
    return np.clip(np.full((high, wide, 3), (150, 118, 84), np.float32) + grain, 0, 255)
