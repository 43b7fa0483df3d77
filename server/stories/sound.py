"""The sound that came with an answer, measured: as long as announced, audible, its timings in order."""

from __future__ import annotations

import io
import wave
from typing import Any

import httpx
import numpy as np

from server.stories.mismatch import Mismatch

_LENGTH_TOLERANCE = 0.05
_AUDIBLE = 500  # of 32767
_PARALLEL = (("vtimes", ("visemes", "vdurations")), ("wtimes", ("words", "wdurations")))


def of_sound(answer: dict[str, Any], client: httpx.Client) -> list[Mismatch]:
    """Fetch what ``audio`` names and look at it."""
    audio = answer["audio"]
    if audio is None:
        return [Mismatch("audio", "a sound", "null")]
    sound = client.get(audio["url"])
    if sound.status_code != 200:
        return [Mismatch("audio", "200", f"{sound.status_code} for {audio['url']}")]
    length, loudest = measure(sound.content)
    wrong = []
    if abs(length - audio["duration_ms"]) > _LENGTH_TOLERANCE * audio["duration_ms"]:
        wrong.append(Mismatch("audio.duration_ms", f"{length:.0f} ms, as the WAV", f"{audio['duration_ms']} ms"))
    if loudest < _AUDIBLE:
        wrong.append(Mismatch("audio", "audible", f"its loudest sample is {loudest}"))
    for starts, others in _PARALLEL:
        if any(len(audio[starts]) != len(audio[other]) for other in others) or not audio[starts]:
            wrong.append(Mismatch(f"audio.{starts}", "lists of one length", "different lengths, or empty"))
        elif audio[starts] != sorted(audio[starts]) or audio[starts][-1] > audio["duration_ms"]:
            wrong.append(Mismatch(f"audio.{starts}", "rising, within the sound", str(audio[starts][-3:])))
    return wrong


def measure(sound: bytes) -> tuple[float, int]:
    """Length in ms and loudest sample (0 to 32767) of a 16 bit WAV."""
    with wave.open(io.BytesIO(sound)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.int32)
        return 1000 * file.getnframes() / file.getframerate(), int(np.abs(samples).max(initial=0))
