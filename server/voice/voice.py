"""The voice as the rest of the server uses it: text in, an :class:`~server.voice.utterance.Utterance` out."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from server.voice.cache import SpeechCache
from server.voice.chain import EngineChain
from server.voice.engine import Delivery, Engine
from server.voice.errors import NothingToSay, TextTooLong, VoiceUnavailable
from server.voice.joining import Spoken, joined
from server.voice.reading import Language, Reader, Reading
from server.voice.sound import levelled, samples_of, samples_of_wav, trimmed, wav_bytes
from server.voice.timing import sound_end_ms, viseme_track, word_track
from server.voice.utterance import Utterance
from server.voice.voices import Voices

DEFAULT_RATE = 150
SLOW_RATE = 120
SLOWEST, FASTEST = 80, 250  # above it espeak-ng's times of phonemes and words drift away from its sound
LONGEST_TEXT = 2000
_FORMAT = 2  # raise it when the same reading would come out differently
_THREADS = 4
_Made = TypeVar("_Made")


class SpokenLine(Protocol):
    """What :meth:`Voice.speak_lines` needs of a line: ``bot.turn.Line`` has it."""

    @property
    def speaker(self) -> str:
        """``hean`` or ``role``."""

    @property
    def speech(self) -> str:
        """What is said aloud."""

    @property
    def voice(self) -> str:
        """One of the voices; empty is that of the speaker."""


@dataclass(frozen=True)
class _Part:
    """A sentence of one speaker, and the silence in ms behind it. A ``private`` one is not for the disk."""

    reading: Reading
    delivery: Delivery
    ends_speaker: bool
    private: bool
    pause_ms: float


@dataclass(frozen=True)
class Sentence:
    """One of the sentences of a longer speech. ``pause_ms`` of silence belong behind it, none behind the last."""

    pause_ms: float
    _speak: Callable[[], Awaitable[Utterance]]

    async def speak(self) -> Utterance:
        """The sentence without the silence. Raises :class:`VoiceUnavailable`."""
        return await self._speak()


class Voice:
    """Speaks text and remembers what it has spoken, sentence by sentence.

    Everything runs on threads of its own, so the event loop is never blocked; the same request made several
    times at once is spoken once.
    """

    def __init__(
        self,
        engines: Sequence[Engine],
        reader: Reader,
        voices: Voices,
        cache: SpeechCache,
        private: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """``engines`` in the order in which they are preferred; texts that are ``private`` are kept in memory only."""
        self._engines = EngineChain(engines)
        self._reader = reader
        self._voices = voices
        self._cache = cache
        self._private = private
        self._threads: ThreadPoolExecutor | None = None
        self._under_way: dict[str, Future[Utterance]] = {}
        self._lock = threading.Lock()

    async def start(self) -> None:
        """Start the synthesizer. Raises :class:`VoiceUnavailable` when there is none."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="voice")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._cache.open)
        await loop.run_in_executor(self._threads, self._engines.start)

    async def stop(self) -> None:
        """Stop the synthesizer. What is being spoken fails with :class:`VoiceUnavailable`."""
        threads, self._threads = self._threads, None
        await asyncio.to_thread(self._engines.stop)
        if threads is not None:
            await asyncio.to_thread(threads.shutdown)

    def ready(self) -> bool:
        """Whether something asked for now would be spoken."""
        return self._threads is not None and self._engines.ready()

    async def speak(
        self, text: str, *, dialect: str = "cmn", rate: int = DEFAULT_RATE, voice: str = "hean"
    ) -> Utterance:
        """Speak ``text`` (at most 2000 characters) with the voice ``hean`` or ``role``.

        ``rate`` is words a minute and is brought into 80 to 250. Raises :class:`NothingToSay` for a text
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
        return await self._on_thread(_said(lines), dialect, rate)

    async def sentences(
        self, lines: Sequence[SpokenLine], *, dialect: str = "cmn", rate: int = DEFAULT_RATE
    ) -> Sequence[Sentence]:
        """What :meth:`speak_lines` says, to be spoken sentence by sentence. Raises as :meth:`speak` does."""
        parts = await self._run(self._parts, _said(lines), _name_of(dialect), rate)
        return [Sentence(part.pause_ms, partial(self._run, self._once, [part])) for part in parts]

    def wav_path(self, key: str) -> Path | None:
        """The WAV file of that key; ``None`` when unknown or when the disk is full (:meth:`wav_bytes`)."""
        return self._cache.wav_path(key)

    def wav_bytes(self, key: str) -> bytes | None:
        """The WAV of that key, from memory when the disk cannot keep it."""
        return self._cache.wav_bytes(key)

    async def _on_thread(self, spoken: list[tuple[str, str]], dialect: str, rate: int) -> Utterance:
        return await self._run(self._speak, spoken, _name_of(dialect), rate)

    async def _run(self, work: Callable[..., _Made], *arguments: object) -> _Made:
        if self._threads is None:
            raise VoiceUnavailable("the voice is not started")
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)

    def _speak(self, spoken: list[tuple[str, str]], dialect: str, rate: int) -> Utterance:
        return self._once(self._parts(spoken, dialect, rate))

    def _once(self, parts: list[_Part]) -> Utterance:
        """Have the parts spoken, or wait for whoever is at it already."""
        key = self._key(parts)
        with self._lock:
            under_way = self._under_way.get(key)
            mine: Future[Utterance] = Future()
            if under_way is None:
                self._under_way[key] = mine
        if under_way is not None:
            return under_way.result()
        try:
            utterance = self._cache.get(key) or self._make(parts)
            mine.set_result(utterance)
            return utterance
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._under_way[key]

    def _parts(self, spoken: list[tuple[str, str]], dialect: str, rate: int) -> list[_Part]:
        if sum(len(text) for _, text in spoken) > LONGEST_TEXT:
            raise TextTooLong(f"at most {LONGEST_TEXT} characters are spoken at a time")
        language: Language = self._voices.language(dialect)
        rate = max(SLOWEST, min(FASTEST, rate))
        parts: list[_Part] = []
        for speaker, text in spoken:
            delivery = self._voices.delivery(speaker, language, rate, dialect)
            reading = self._reader.read(text, language)
            if reading.speakable():
                chunks = list(reading.chunks())
                hidden = [self._private(_shown(chunk)) for chunk in chunks]
                if not any(hidden) and self._private(text):
                    hidden = [True] * len(chunks)  # what is to be kept off the disk was cut in two
                parts.extend(
                    self._part(chunk, delivery, chunk is chunks[-1], private)
                    for chunk, private in zip(chunks, hidden, strict=True)
                )
        if not parts:
            raise NothingToSay("there is nothing in this text that can be pronounced")
        return [*parts[:-1], replace(parts[-1], pause_ms=0.0)]

    def _part(self, reading: Reading, delivery: Delivery, ends_speaker: bool, private: bool) -> _Part:
        voices = self._voices
        pause = voices.between_speakers_ms if ends_speaker else voices.between_sentences_ms
        return _Part(reading, delivery, ends_speaker, private, pause * DEFAULT_RATE / delivery.rate)

    def _key(self, parts: list[_Part]) -> str:
        """Names a sound by what is said, by whom and how: another engine, another name."""
        makers = (self._engines.maker(part.reading.tokens(), part.delivery) for part in parts)
        return _key_of([_sentence_key(part, maker) for part, maker in zip(parts, makers, strict=True)], parts)

    def _make(self, parts: list[_Part]) -> Utterance:
        if len(parts) == 1:
            return self._make_sentence(parts[0])
        sentences: list[Spoken] = []
        for part in parts:
            utterance = self._once([part])
            wav = self._cache.wav_bytes(utterance.key)
            if wav is None:
                raise VoiceUnavailable("a sentence is gone already")
            sentences.append((utterance, samples_of_wav(wav), part.pause_ms))
        # Named by what was made: another engine than planned may have spoken.
        key = _key_of([utterance.key for utterance, _, _ in sentences], parts)
        whole, samples = joined(key, sentences)
        private = any(part.private for part in parts)
        self._cache.put(key, whole, wav_bytes(samples, whole.sample_rate_hz), private=private)
        return whole

    def _make_sentence(self, part: _Part) -> Utterance:
        spoken = self._engines.speak(part.reading.tokens(), part.delivery)
        sound = spoken.sound
        voiced = levelled(trimmed(samples_of(sound.pcm), sound_end_ms(sound), sound.sample_rate_hz))
        length = len(voiced) * 1000 / sound.sample_rate_hz
        utterance = Utterance(
            _sentence_key(part, spoken.maker),
            round(length),
            spoken.engine,
            spoken.voice,
            sound.sample_rate_hz,
            *viseme_track(sound, length).columns(),
            *word_track(sound, part.reading, length).columns(),
        )
        self._cache.put(utterance.key, utterance, wav_bytes(voiced, sound.sample_rate_hz), private=part.private)
        return utterance


def _said(lines: Sequence[SpokenLine]) -> list[tuple[str, str]]:
    """Voices and what they say."""
    return [(line.voice or line.speaker, line.speech) for line in lines]


def _name_of(dialect: str) -> str:
    """Also of an enumeration's member."""
    return str(getattr(dialect, "value", dialect))


def _shown(reading: Reading) -> str:
    return "".join(character for piece in reading.pieces for character in piece.shown)


def _sentence_key(part: _Part, maker: str) -> str:
    delivery = part.delivery
    pieces = [(piece.shown, piece.tokens, piece.pause) for piece in part.reading.pieces]
    return _digest([maker, delivery.rate, delivery.pitch, delivery.range, pieces])


def _key_of(sentences: list[str], parts: list[_Part]) -> str:
    """One sentence is known by its own name."""
    return sentences[0] if len(parts) == 1 else _digest([sentences, [part.ends_speaker for part in parts]])


def _digest(content: list[Any]) -> str:
    text = json.dumps([_FORMAT, content], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
