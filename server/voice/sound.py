"""PCM sound: trimmed, levelled, joined and written as WAV. Everywhere 16-bit little-endian mono."""

from __future__ import annotations

import io
import wave

import numpy as np
from numpy.typing import NDArray

PEAK = 0.89  # of full scale, about -1 dB
_FADE_MS = 8


def samples_of(pcm: bytes) -> NDArray[np.int16]:
    """The samples of ``pcm``."""
    samples: NDArray[np.int16] = np.frombuffer(pcm, dtype="<i2")
    return samples


def samples_of_wav(content: bytes) -> NDArray[np.int16]:
    """The samples of a WAV that :func:`wav_bytes` made."""
    with wave.open(io.BytesIO(content), "rb") as wav:
        return samples_of(wav.readframes(wav.getnframes()))


def trimmed(samples: NDArray[np.int16], end_ms: float, sample_rate_hz: int) -> NDArray[np.int16]:
    """The sound up to ``end_ms``, faded out over the last milliseconds so that the cut is not heard."""
    kept = samples[: max(1, round(end_ms * sample_rate_hz / 1000))].astype(np.float64)
    fade = min(len(kept), _FADE_MS * sample_rate_hz // 1000)
    kept[len(kept) - fade :] *= np.linspace(1.0, 0.0, fade)
    return kept.astype("<i2")


def levelled(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    """The sound with its highest peak at :data:`PEAK`. Silence stays silence."""
    peak = int(np.abs(samples.astype(np.int32)).max(initial=0))
    if not peak:
        return samples
    scaled: NDArray[np.int16] = np.round(samples * (PEAK * 32767 / peak)).astype("<i2")
    return scaled


def silence(duration_ms: float, sample_rate_hz: int) -> NDArray[np.int16]:
    """So many milliseconds of nothing."""
    return np.zeros(round(duration_ms * sample_rate_hz / 1000), dtype="<i2")


def wav_bytes(samples: NDArray[np.int16], sample_rate_hz: int) -> bytes:
    """A complete WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(sample_rate_hz)
        wav.writeframes(samples.astype("<i2").tobytes())
    return file.getvalue()
