"""The voice as the rest of the server uses it: text in, an :class:`~server.voice.utterance.Utterance` out."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from server.voice.cache import SpeechCache
from server.voice.engine import Delivery, Engine
from server.voice.errors import NothingToSay, TextTooLong, VoiceUnavailable
from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Language, Reader, Reading, load_reader
from server.voice.sound import levelled, samples_of, silence, trimmed, wav_bytes
from server.voice.timing import Track, joined, sound_end_ms, viseme_track, word_track
from server.voice.utterance import Utterance
from server.voice.voices import Voices, load_voices

DEFAULT_RATE = 150
SLOW_RATE = 120
SLOWEST, FASTEST = 80, 260
LONGEST_TEXT = 2000
_FORMAT = 1  # raise it when the same reading would come out differently
_THREADS = 4


class SpokenLine(Protocol):
    """What :meth:`Voice.speak_lines` needs of a line: ``bot.turn.Line`` has it."""

    @property
    def speaker(self) -> str:
        """``hean`` or ``role``."""

    @property
    def speech(self) -> str:
        """What is said aloud."""


@dataclass(frozen=True)
class _Part:
    """What one speaker says without stopping."""

    reading: Reading
    delivery: Delivery
    ends_speaker: bool


class Voice:
    """Speaks text and remembers what it has spoken.

    Everything runs on threads of its own, so the event loop is never blocked; the same request made several
    times at once is spoken once.
    """

    def __init__(self, engine: Engine, reader: Reader, voices: Voices, cache: SpeechCache) -> None:
        self._engine = engine
        self._reader = reader
        self._voices = voices
        self._cache = cache
        self._threads: ThreadPoolExecutor | None = None
        self._under_way: dict[str, Future[Utterance]] = {}
        self._lock = threading.Lock()

    async def start(self) -> None:
        """Start the synthesizer. Raises :class:`VoiceUnavailable` when there is none."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="voice")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._cache.open)
        await loop.run_in_executor(self._threads, self._engine.start)

    async def stop(self) -> None:
        """Stop the synthesizer. What is being spoken fails with :class:`VoiceUnavailable`."""
        threads, self._threads = self._threads, None
        await asyncio.to_thread(self._engine.stop)
        if threads is not None:
            await asyncio.to_thread(threads.shutdown)

    def ready(self) -> bool:
        """Whether something asked for now would be spoken."""
        return self._threads is not None and self._engine.ready()

    async def speak(
        self, text: str, *, dialect: str = "cmn", rate: int = DEFAULT_RATE, voice: str = "hean"
    ) -> Utterance:
        """Speak ``text`` (at most 2000 characters) with the voice ``hean`` or ``role``.

        ``rate`` is words a minute and is brought into 80 to 260. Raises :class:`NothingToSay` for a text
        without anything to pronounce, :class:`TextTooLong`, :class:`VoiceUnavailable`, and ``KeyError`` for
        an unknown voice.
        """
        return await self._on_thread([(voice, text)], dialect, rate)

    async def speak_lines(
        self, lines: Sequence[SpokenLine], *, dialect: str = "cmn", rate: int = DEFAULT_RATE
    ) -> Utterance:
        """Speak lines of several speakers into one sound, with a pause where the speaker changes.

        Lines without anything to pronounce are left out. Raises as :meth:`speak` does.
        """
        return await self._on_thread([(line.speaker, line.speech) for line in lines], dialect, rate)

    def wav_path(self, key: str) -> Path | None:
        """The WAV file of that key; ``None`` when unknown or when the disk is full (:meth:`wav_bytes`)."""
        return self._cache.wav_path(key)

    def wav_bytes(self, key: str) -> bytes | None:
        """The WAV of that key, from memory when the disk cannot keep it."""
        return self._cache.wav_bytes(key)

    async def _on_thread(self, spoken: list[tuple[str, str]], dialect: str, rate: int) -> Utterance:
        if self._threads is None:
            raise VoiceUnavailable("the voice is not started")
        language = self._voices.language(str(getattr(dialect, "value", dialect)))
        rate = max(SLOWEST, min(FASTEST, rate))
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._speak, spoken, language, rate)

    def _speak(self, spoken: list[tuple[str, str]], language: Language, rate: int) -> Utterance:
        if sum(len(text) for _, text in spoken) > LONGEST_TEXT:
            raise TextTooLong(f"at most {LONGEST_TEXT} characters are spoken at a time")
        parts = self._parts(spoken, language, rate)
        if not parts:
            raise NothingToSay("there is nothing in this text that can be pronounced")
        key = self._key(parts)
        with self._lock:
            under_way = self._under_way.get(key)
            mine: Future[Utterance] = Future()
            if under_way is None:
                self._under_way[key] = mine
        if under_way is not None:
            return under_way.result()
        try:
            utterance = self._cache.get(key) or self._make(key, parts)
            mine.set_result(utterance)
            return utterance
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._under_way[key]

    def _parts(self, spoken: list[tuple[str, str]], language: Language, rate: int) -> list[_Part]:
        parts: list[_Part] = []
        for speaker, text in spoken:
            delivery = self._voices.delivery(speaker, language, rate)
            reading = self._reader.read(text, language)
            if reading.speakable():
                chunks = list(reading.chunks())
                parts.extend(_Part(chunk, delivery, chunk is chunks[-1]) for chunk in chunks)
        return parts

    def _key(self, parts: list[_Part]) -> str:
        content: list[Any] = [_FORMAT, self._engine.name, self._engine.version]
        for part in parts:
            delivery = part.delivery
            content.append([delivery.voice_id, delivery.rate, delivery.pitch, delivery.range, part.ends_speaker])
            content.append([(piece.shown, piece.tokens, piece.pause) for piece in part.reading.pieces])
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8")).hexdigest()[:32]

    def _make(self, key: str, parts: list[_Part]) -> Utterance:
        samples = []
        visemes: list[tuple[Track, float]] = []
        words: list[tuple[Track, float]] = []
        sample_rate_hz = 0
        for part in parts:
            sound = self._engine.synthesize(part.reading.tokens(), part.delivery)
            sample_rate_hz = sound.sample_rate_hz
            voiced = levelled(trimmed(samples_of(sound.pcm), sound_end_ms(sound), sample_rate_hz))
            pause = silence(0 if part is parts[-1] else self._pause_ms(part), sample_rate_hz)
            length = (len(voiced) + len(pause)) * 1000 / sample_rate_hz
            samples += [voiced, pause]
            visemes.append((viseme_track(sound, length), length))
            words.append((word_track(sound, part.reading, length), length))
        all_samples = np.concatenate(samples)
        used = dict.fromkeys(part.delivery.voice_id for part in parts)
        utterance = Utterance(
            key,
            round(len(all_samples) * 1000 / sample_rate_hz),
            self._engine.name,
            ",".join(used),
            sample_rate_hz,
            *joined(visemes).columns(),
            *joined(words).columns(),
        )
        self._cache.put(key, utterance, wav_bytes(all_samples, sample_rate_hz))
        return utterance

    def _pause_ms(self, part: _Part) -> float:
        voices = self._voices
        pause = voices.between_speakers_ms if part.ends_speaker else voices.between_sentences_ms
        return pause * DEFAULT_RATE / part.delivery.rate


def build_voice(data_dir: Path, cache_dir: Path, *, cache_bytes: int = 512 * 1024 * 1024) -> Voice:
    """The voice with the content of ``data_dir`` (``…/data/voice``), keeping sounds in ``cache_dir``.

    Raises ``VoiceContentError`` for wrong content. Call :meth:`Voice.start` before use.
    """
    return Voice(
        Pyttsx3Engine(),
        load_reader(data_dir),
        load_voices(data_dir / "voices.yml", rate=DEFAULT_RATE),
        SpeechCache(cache_dir, max_bytes=cache_bytes),
    )
