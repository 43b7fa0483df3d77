"""Dark and pale pictures, made readable."""

from __future__ import annotations

import cv2
import numpy as np

from server.sight.picture import Pixels

_DARK_END, _BRIGHT_END = 1.0, 99.5
"""Percentiles that become black and white."""
_WIDE_ENOUGH = 200
_NARROWEST = 12


def lit(pixels: Pixels) -> Pixels:
    """The picture with its brightness stretched over the whole range where it uses little of it."""
    grey = cv2.cvtColor(pixels[::2, ::2], cv2.COLOR_RGB2GRAY)
    dark, bright = np.percentile(grey, (_DARK_END, _BRIGHT_END))
    if not _NARROWEST <= bright - dark < _WIDE_ENOUGH:
        return pixels  # fine as it is, or one colour throughout: there is nothing to be seen but noise
    return np.asarray(
        cv2.convertScaleAbs(pixels, alpha=255 / (bright - dark), beta=-dark * 255 / (bright - dark)), np.uint8
    )
