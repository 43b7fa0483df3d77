"""Whether anything loud enough to be speech is in a recording. Models write words for silence, too."""

from __future__ import annotations

import numpy as np

from server.hearing.recording import RATE_HZ, Recording

_FRAME = RATE_HZ * 30 // 1000
_SILENT_BELOW = 0.003  # of full scale, -50 dB: below it even a whisper before a kiosk's microphone is not
_SPEECH_FRAMES = 3  # nobody says a syllable in less than 90 ms; a click is shorter


def has_sound(recording: Recording) -> bool:
    """Whether some 90 ms of the recording are louder than a quiet room."""
    samples = np.frombuffer(recording.pcm, dtype="<i2").astype(np.float64) / 32768
    whole = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    if not len(whole):
        return False
    loudness = np.sqrt((whole**2).mean(axis=1))
    return int((loudness > _SILENT_BELOW).sum()) >= _SPEECH_FRAMES
