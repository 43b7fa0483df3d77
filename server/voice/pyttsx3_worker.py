"""The synthesizer's own process: ``python -m server.voice.pyttsx3_worker``.

It reads one request at a time from standard input and answers on standard output
(:mod:`server.worker.frames`). pyttsx3 may return before a file is complete, loses settings and can hang, and
espeak-ng allows one client a process. So it lives in a process that may be killed at any time, and every
answer is checked before it is given.

Request: ``{"id", "text", "voice", "rate", "pitch", "range"}``. Answer: ``{"id", "sample_rate_hz", "phonemes":
[[ms, ipa]], "words": [[ms, character offset]]}`` with the PCM as payload, or ``{"id", "error"}``.
On start it says ``{"hello": espeak-ng's version}`` once.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
import wave
from contextlib import suppress
from pathlib import Path
from typing import Any

from server.worker.frames import StreamBroken
from server.worker.serving import Answer, serve

_EVENT_WORD = 1
_EVENT_MSG_TERMINATED = 6
_EVENT_PHONEME = 7
_LONGEST_UTTERANCE_SECONDS = 60
_ATTEMPTS = 2


class NotSpoken(Exception):
    """The synthesizer's result did not pass the checks."""


class Synthesizer:
    """pyttsx3 on espeak-ng, with phoneme and word times and with every result checked.

    One object a process. ``version`` is espeak-ng's.
    """

    def __init__(self) -> None:
        import espeakng_loader

        self._data_path = Path(espeakng_loader.get_data_path())
        os.environ["ESPEAK_DATA_PATH"] = str(self._data_path)
        # Loaded first and globally: its SONAME then satisfies pyttsx3's search for libespeak-ng.so.1.
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        import pyttsx3
        from pyttsx3.drivers import _espeak, espeak

        self._espeak: Any = _espeak
        self._phonemes: list[tuple[int, str]] = []
        self._words: list[tuple[int, int]] = []
        self._finished = False
        self._listen_to_events(espeak.EspeakDriver)
        self._accept_phoneme_input()
        self._engine = pyttsx3.init("espeak")
        _espeak.dll.espeak_ng_SetPhonemeEvents(1, 1)
        info = _espeak.dll.espeak_Info
        info.restype, info.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
        self.version = str(info(None).decode("ascii", "replace"))
        self._target, self._target_path = _open_target()
        self._engine.runAndWait()  # the first run after init does nothing; later ones are right

    def speak(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Say ``request["text"]``. Gives the answer and its PCM; raises :class:`NotSpoken`."""
        self._set(request)
        self._phonemes.clear()
        self._words.clear()
        self._finished = False
        os.ftruncate(self._target, 0)
        self._engine.save_to_file(request["text"], self._target_path)
        self._engine.runAndWait()
        self._espeak.Synchronize()
        if not self._finished:
            raise NotSpoken("the end was not reached")
        pcm, sample_rate_hz = self._read_target()
        duration_ms = len(pcm) / 2 * 1000 / sample_rate_hz
        if not self._phonemes or abs(self._phonemes[-1][0] - duration_ms) > 5:
            raise NotSpoken("the sound and its events differ in length")
        answer = {"sample_rate_hz": sample_rate_hz, "phonemes": self._phonemes, "words": self._words}
        return answer, pcm

    def _set(self, request: dict[str, Any]) -> None:
        espeak = self._espeak
        self._check_variant(request["voice"])
        self._engine.setProperty("voice", request["voice"])
        self._engine.setProperty("rate", request["rate"])
        espeak.SetParameter(espeak.PITCH, request["pitch"], 0)
        espeak.SetParameter(espeak.RANGE, request["range"], 0)
        espeak.Synchronize()
        # pyttsx3's own GetParameter leaves out the second argument: it may answer with the default.
        now = [espeak.dll.espeak_GetParameter(each, 1) for each in (espeak.RATE, espeak.PITCH, espeak.RANGE)]
        got = (self._engine.getProperty("voice"), *now)
        wanted = (request["voice"].lower(), request["rate"], request["pitch"], request["range"])
        if got != wanted:
            raise NotSpoken(f"asked for {wanted}, the synthesizer is at {got}")

    def _check_variant(self, voice: str) -> None:
        # espeak-ng ignores an unknown variant and still reports it as set.
        _, plus, variant = voice.partition("+")
        if plus and not (self._data_path / "voices" / "!v" / variant).is_file():
            raise NotSpoken(f"there is no voice variant {variant!r}")

    def _read_target(self) -> tuple[bytes, int]:
        try:
            with wave.open(self._target_path, "rb") as sound:
                if (sound.getnchannels(), sound.getsampwidth()) != (1, 2) or not sound.getnframes():
                    raise NotSpoken("not a 16-bit mono sound")
                pcm = sound.readframes(sound.getnframes())
                if len(pcm) != sound.getnframes() * 2:
                    raise NotSpoken("the sound is incomplete")
                return pcm, sound.getframerate()
        except (wave.Error, EOFError, OSError) as error:
            raise NotSpoken(f"no sound was written: {error}") from error

    def _listen_to_events(self, driver: Any) -> None:
        pyttsx3_on_synth = driver._onSynth

        def on_synth(this: Any, samples: Any, count: int, events: Any) -> int:
            index = 0
            while events[index].type:
                event = events[index]
                if event.type == _EVENT_PHONEME:
                    raw = ctypes.string_at(ctypes.addressof(event.id), 8).split(b"\0")[0]
                    self._phonemes.append((event.audio_position, raw.decode("utf-8", "ignore")))
                elif event.type == _EVENT_WORD:
                    self._words.append((event.audio_position, event.text_position - 1))
                elif event.type == _EVENT_MSG_TERMINATED:
                    self._finished = True
                index += 1
            return int(pyttsx3_on_synth(this, samples, count, events))

        driver._onSynth = on_synth

    def _accept_phoneme_input(self) -> None:
        synth, phonemes = self._espeak.Synth, self._espeak.PHONEMES

        def synth_with_phonemes(text: bytes, flags: int = 0, **more: Any) -> Any:
            return synth(text, flags=flags | phonemes, **more)

        self._espeak.Synth = synth_with_phonemes


def _open_target() -> tuple[int, str]:
    """Where pyttsx3 writes its WAV: memory where the system has it (no disk to fill), else a file."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("utterance")
        return descriptor, f"/proc/self/fd/{descriptor}"
    descriptor, path = tempfile.mkstemp(suffix=".wav")
    return descriptor, path


def answering(synthesizer: Synthesizer) -> Answer:
    """What answers requests; what could not be spoken is tried again."""

    def answer(request: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        reason = ""
        for _ in range(_ATTEMPTS):
            try:
                return synthesizer.speak(request)
            except NotSpoken as error:
                reason = str(error)
        return {"error": reason}, b""

    return answer


def main() -> None:
    """Run as a process. Standard output is kept for frames alone: pyttsx3 prints to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with suppress(StreamBroken):
        synthesizer = Synthesizer()
        serve(
            sys.stdin.buffer,
            answers,
            synthesizer.version,
            answering(synthesizer),
            longest_seconds=_LONGEST_UTTERANCE_SECONDS,
        )
    os._exit(0)  # espeak-ng's own threads make an orderly exit hang now and then


if __name__ == "__main__":
    main()
