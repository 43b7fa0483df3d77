"""Replies spoken: what the voice makes, in the contract's shape, or nothing when it fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from bot.drills.scenario import HEAN
from bot.identifiers import Dialect
from bot.turn import Answer, Line, Reply
from server.faults import describe
from server.interfaces import Utterance, Voice
from server.metrics import Metrics
from server.schemas.speech import Speech

SPEECH_URL = "/api/v1/speech/"
_SURE = 0.8
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """A part of a spoken reply: a sentence, or all of it. ``pause_ms`` of silence belong behind it.

    Without ``speech`` this and whatever follows stays unspoken.
    """

    speech: Speech | None
    pause_ms: float = 0.0
    last: bool = True


class Speaker:
    """Speaks replies. A reply is worth more than its sound: failing or slow speech leaves the text alone."""

    def __init__(self, voice: Voice, metrics: Metrics, *, timeout_seconds: float) -> None:
        self._voice = voice
        self._metrics = metrics
        self._timeout_seconds = timeout_seconds

    async def speak(self, text: str, *, dialect: str, rate: int) -> Speech:
        """Speak one text.

        Raises:
            Exception: whatever the voice raises, or ``asyncio.TimeoutError``.
        """
        started = perf_counter()
        utterance = await asyncio.wait_for(self._voice.speak(text, dialect=dialect, rate=rate), self._timeout_seconds)
        self._metrics.speech_seconds.observe(perf_counter() - started)
        return speech_of(utterance)

    async def reply(self, reply: Reply, *, dialect: Dialect, rate: int) -> Speech | None:
        """Speak a reply, each line in its speaker's voice; ``None`` when that fails."""
        started = perf_counter()
        try:
            speaking = self._voice.speak_lines(_spoken(reply), dialect=dialect.value, rate=rate)
            utterance = await asyncio.wait_for(speaking, self._timeout_seconds)
        except Exception as error:
            self._failed(error)
            return None
        self._spoke(started)
        return speech_of(utterance)

    async def parts(self, reply: Reply, *, dialect: Dialect, rate: int) -> AsyncIterator[Part]:
        """Speak a reply sentence by sentence, each as soon as it is made; the first one comes in any case."""
        started = perf_counter()
        try:
            cutting = self._voice.sentences(_spoken(reply), dialect=dialect.value, rate=rate)
            sentences = await asyncio.wait_for(cutting, self._timeout_seconds)
        except Exception as error:
            self._failed(error)
            yield Part(None)
            return
        for number, sentence in enumerate(sentences, 1):
            try:
                utterance = await asyncio.wait_for(sentence.speak(), self._timeout_seconds)
            except Exception as error:
                self._failed(error)
                yield Part(None)
                return
            if number == 1:
                self._spoke(started)
            yield Part(speech_of(utterance), sentence.pause_ms, number == len(sentences))

    def _spoke(self, started: float) -> None:
        self._metrics.speech.labels("spoken").inc()
        self._metrics.speech_seconds.observe(perf_counter() - started)

    def _failed(self, error: Exception) -> None:
        _log.warning("no speech: %s", describe(error))
        self._metrics.speech.labels("failed").inc()


def _spoken(reply: Reply) -> Sequence[Line]:
    """Who says what of a reply. As long as nobody else speaks, all of it is hers."""
    if any(line.speaker != HEAN for line in reply.lines):
        return reply.lines
    return (Line(HEAN, reply.text, reply.speech or reply.text),)


def spoken_dialect(answer: Answer) -> Dialect:
    """How to pronounce an answer: as the resident speaks when that is beyond doubt, else in Mandarin."""
    heard = answer.dialect
    return heard.id if heard.confidence >= _SURE and heard.id is not Dialect.UNKNOWN else Dialect.CMN


def speech_of(utterance: Utterance) -> Speech:
    """An utterance in the contract's shape."""
    return Speech(
        url=f"{SPEECH_URL}{utterance.key}.wav",
        duration_ms=utterance.duration_ms,
        engine=utterance.engine,
        voice=utterance.voice,
        sample_rate_hz=utterance.sample_rate_hz,
        visemes=list(utterance.visemes),
        vtimes=list(utterance.vtimes),
        vdurations=list(utterance.vdurations),
        words=list(utterance.words),
        wtimes=list(utterance.wtimes),
        wdurations=list(utterance.wdurations),
    )
