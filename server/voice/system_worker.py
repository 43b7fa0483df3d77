"""The operating system's own voice in a process of its own: ``python -m server.voice.system_worker DRIVER``.

``DRIVER`` is pyttsx3's name for it: ``sapi5`` on Windows, ``nsss`` on macOS. The system gives a finished file, but no
times. Request: ``{"id", "text", "rate"}``. Answer: ``{"id", "sample_rate_hz"}`` with 16-bit samples as payload, or
``{"id", "error"}``. On start it says ``{"hello": driver and name of the voice}``.
"""

from __future__ import annotations

import aifc
import sys
import tempfile
import time
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.worker.serving import Answer, NotLoaded, run

# Mandarin as the systems tag it: zh-CN, zh_CN, zh-TW, cmn; not zh-HK, which is Cantonese.
_MANDARIN = ("zh-cn", "zh-tw", "zh-sg", "zh-hans", "cmn")
# A file may still be written when pyttsx3 says that it has finished.
_COMPLETE_SECONDS, _LOOK_SECONDS = 2.0, 0.01


class NotSpoken(Exception):
    """The system's voice wrote no complete sound."""


class SystemVoice:
    """pyttsx3 on the system's own driver. One object a process; ``version`` names the driver and the voice.

    Raises ``ValueError`` when the system has no Mandarin voice, and whatever the driver raises where it doesn't run.
    """

    def __init__(self, driver: str) -> None:
        import pyttsx3

        self._engine: Any = pyttsx3.init(driver)
        voice = mandarin_voice(self._engine.getProperty("voices"))
        if voice is None:
            raise ValueError("the system has no Mandarin voice: add one in its own settings")
        self._engine.setProperty("voice", voice.id)
        self.version = f"{driver} {voice.name}"
        self._folder = tempfile.TemporaryDirectory(prefix="hean-voice-")
        self._spoken = 0
        self._engine.runAndWait()  # the first run after a start may do nothing; later ones are right

    def speak(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Say ``request["text"]``. Gives the answer and its PCM."""
        self._spoken += 1  # a path of its own each time: a sound that comes late is nobody else's
        path = Path(self._folder.name) / f"{self._spoken}.sound"
        # Busy until its loop runs: an idle pyttsx3 ends the loop before it begins, and then waits in it for ever.
        self._engine.proxy.setBusy(True)
        self._engine.setProperty("rate", request["rate"])
        self._engine.save_to_file(request["text"], str(path))
        self._engine.runAndWait()
        try:
            samples, sample_rate_hz = _complete(path)
        except NotSpoken as error:
            return {"error": str(error)}, b""
        finally:
            path.unlink(missing_ok=True)
        return {"sample_rate_hz": sample_rate_hz}, samples.tobytes()


def mandarin_voice(voices: Iterable[Any]) -> Any | None:
    """The first of pyttsx3's voices that speaks Mandarin; ``None`` without one."""
    for voice in voices:
        tags = [tag.decode("ascii", "ignore") if isinstance(tag, bytes) else str(tag) for tag in voice.languages or ()]
        if any(tag.strip("\x05").lower().replace("_", "-").startswith(_MANDARIN) for tag in tags):
            return voice
    return None


def read_sound(path: Path) -> tuple[NDArray[np.int16], int]:
    """The samples of a 16-bit WAV (Windows) or AIFF (macOS) file as one channel, and their rate.

    Raises :class:`NotSpoken` for a file that is none, empty or incomplete.
    """
    try:
        big_endian = path.read_bytes()[:4] == b"FORM"
        with aifc.open(str(path), "rb") if big_endian else wave.open(str(path), "rb") as sound:
            channels, rate, count = sound.getnchannels(), sound.getframerate(), sound.getnframes()
            if sound.getsampwidth() != 2:
                raise NotSpoken("the system's voice did not write 16-bit samples")
            frames = sound.readframes(count)
            # AIFF-C may hold either order; aifc gives what is called "sowt" as it stands.
            order = ">i2" if big_endian and sound.getcomptype() != b"sowt" else "<i2"
    except (aifc.Error, wave.Error, EOFError, OSError) as error:
        raise NotSpoken(f"the system's voice wrote no sound ({type(error).__name__})") from error
    if not count or len(frames) != count * channels * 2:
        raise NotSpoken("the sound of the system's voice is incomplete")
    samples = np.frombuffer(frames, order).reshape(-1, channels).mean(axis=1)
    return samples.astype("<i2"), rate


def _complete(path: Path) -> tuple[NDArray[np.int16], int]:
    """The sound once it is all there."""
    until = time.monotonic() + _COMPLETE_SECONDS
    while True:
        try:
            return read_sound(path)
        except NotSpoken:
            if time.monotonic() > until:
                raise
            time.sleep(_LOOK_SECONDS)


def _loaded() -> tuple[str, Answer]:
    (driver,) = sys.argv[1:]
    try:
        voice = SystemVoice(driver)
    except ValueError as error:
        raise NotLoaded(str(error)) from error
    except Exception as error:
        raise NotLoaded(f"{driver} does not run on this machine ({type(error).__name__})") from error

    def answer(request: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        return voice.speak(request)

    return voice.version, answer


if __name__ == "__main__":
    run(_loaded)
