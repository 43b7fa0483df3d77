"""A volunteer's WAV, read and measured."""

from __future__ import annotations

import struct
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from server.voice.sound import samples_of

_FRAME_MS = 10
_SPEECH_DB = -45.0  # frames above it belong to what is said
_CLIPPED = 32_700


class UnreadableClip(ValueError):
    """No 16-bit mono WAV of 16 to 48 kHz, or cut off."""


@dataclass(frozen=True)
class Recorded:
    """The samples of one recording."""

    samples: NDArray[np.int16]
    sample_rate_hz: int


@dataclass(frozen=True)
class Measures:
    """Of one recording: lengths in seconds, ``loudness`` in dB below full scale over what is said, ``clipped`` as a
    share of the samples. ``lead`` and ``tail`` are the silence before and behind."""

    seconds: float
    lead: float
    tail: float
    loudness: float
    clipped: float


def read_clip(path: Path) -> Recorded:
    """Read one WAV. Raises :class:`UnreadableClip`, also when there is none."""
    try:
        with wave.open(str(path), "rb") as file:
            rate_hz, count = file.getframerate(), file.getnframes()
            if (file.getnchannels(), file.getsampwidth()) != (1, 2) or not 16_000 <= rate_hz <= 48_000:
                raise UnreadableClip("not 16-bit mono of 16 to 48 kHz")
            pcm = file.readframes(count)
    except (OSError, wave.Error, EOFError, struct.error, RuntimeError) as error:
        raise UnreadableClip(str(error)) from error
    if not pcm or len(pcm) < count * 2:
        raise UnreadableClip("cut off or empty")
    return Recorded(samples_of(pcm), rate_hz)


def measure(recorded: Recorded) -> Measures:
    """Measure one recording. Without anything loud enough to be speech, it is all ``lead``."""
    samples, rate_hz = recorded.samples, recorded.sample_rate_hz
    seconds = len(samples) / rate_hz
    size = rate_hz * _FRAME_MS // 1000
    frames = (samples[: len(samples) // size * size].astype(np.float64) / 32768).reshape(-1, size)
    power = (frames**2).mean(axis=1) if len(frames) else np.zeros(0)
    spoken = np.flatnonzero(power > 10 ** (_SPEECH_DB / 10))
    clipped = float((np.abs(samples.astype(np.int32)) >= _CLIPPED).mean()) if len(samples) else 0.0
    if not len(spoken):
        return Measures(seconds, seconds, 0.0, -120.0, clipped)
    step = _FRAME_MS / 1000
    loudness = 10 * float(np.log10(power[spoken].mean()))
    return Measures(seconds, spoken[0] * step, max(0.0, seconds - (spoken[-1] + 1) * step), loudness, clipped)
