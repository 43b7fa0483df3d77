"""WAV files as they come in: checked, never guessed at."""

from __future__ import annotations

import io
import struct
import wave

from server.hearing.recording import RATE_HZ, Recording
from server.problems import Problem


def read_recording(body: bytes, *, max_seconds: float) -> Recording:
    """The recording in a WAV file.

    Raises:
        Problem: it is no WAV, not 16 kHz mono 16-bit PCM, cut off, empty or longer than ``max_seconds``.
    """
    if not body:
        raise _unusable("The body is empty. Send a WAV file.")
    try:
        with wave.open(io.BytesIO(body)) as file:
            form = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            announced = file.getnframes()
            if form != (RATE_HZ, 1, 2):
                raise Problem(415, "unsupported_sound", "Send 16-bit PCM, mono, 16000 samples a second.")
            if announced > max_seconds * RATE_HZ:
                raise Problem(413, "sound_too_long", f"Send at most {max_seconds:g} seconds.")
            pcm = file.readframes(announced)
    except (wave.Error, EOFError, struct.error, RuntimeError, ValueError) as error:
        raise _unusable("This is no complete WAV file. Send 16 kHz mono 16-bit PCM in a WAV.") from error
    if len(pcm) < announced * 2:
        raise _unusable("The WAV is cut off: it holds fewer samples than its header says.")
    if not pcm:
        raise _unusable("The WAV holds no sound.")
    return Recording(pcm)


def _unusable(detail: str) -> Problem:
    return Problem(422, "unusable_sound", detail)
