"""Replies spoken: what the voice makes, in the contract's shape, or nothing when it fails."""

from __future__ import annotations

import asyncio
import logging
from time import perf_counter

from bot.identifiers import Dialect
from bot.turn import Answer, Reply
from server.faults import describe
from server.interfaces import Utterance, Voice
from server.metrics import Metrics
from server.schemas.speech import Speech

SPEECH_URL = "/api/v1/speech/"
_SURE = 0.8
_log = logging.getLogger(__name__)


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
            if len({line.speaker for line in reply.lines} | {"hean"}) > 1:
                speaking = self._voice.speak_lines(reply.lines, dialect=dialect.value, rate=rate)
            else:
                speaking = self._voice.speak(reply.speech or reply.text, dialect=dialect.value, rate=rate)
            utterance = await asyncio.wait_for(speaking, self._timeout_seconds)
        except Exception as error:
            _log.warning("no speech: %s", describe(error))
            self._metrics.speech.labels("failed").inc()
            return None
        self._metrics.speech.labels("spoken").inc()
        self._metrics.speech_seconds.observe(perf_counter() - started)
        return speech_of(utterance)


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
