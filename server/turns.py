"""One turn from the resident's words to the answer: in order within a session, and never without words."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

from bot.identifiers import Dialect, Gesture
from bot.turn import Answer, DialectGuess, IntentGuess, Reply, Turn
from server.faults import describe
from server.interfaces import Conversation, Records
from server.metrics import Metrics
from server.rotation import Rotation
from server.sessions import Sessions, now

_log = logging.getLogger(__name__)


class TooManyTurns(Exception):
    """More turns of one session wait than is reasonable."""


@dataclass
class _Line:
    """Who waits for an answer in one session."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Turns:
    """Takes turns to the conversation. What goes wrong there is answered with one of ``failures``."""

    def __init__(
        self,
        conversation: Conversation,
        sessions: Sessions,
        records: Records,
        metrics: Metrics,
        *,
        failures: Callable[[], tuple[str, ...]],
        timeout_seconds: float,
        most_waiting: int,
    ) -> None:
        self._conversation = conversation
        self._sessions = sessions
        self._records = records
        self._metrics = metrics
        self._failures = Rotation(failures)
        self._timeout_seconds = timeout_seconds
        self._most_waiting = most_waiting
        self._lines: dict[str, _Line] = {}

    async def take(self, turn: Turn) -> Answer:
        """Answer one turn, after those of its session that came before.

        Raises:
            TooManyTurns: the session has too many waiting already.
        """
        async with self._in_line(turn.session_id):
            started = perf_counter()
            self._sessions.use(turn.session_id)
            answer, result = await self._answer(turn)
            seconds = perf_counter() - started
            if not self._sessions.knows(turn.session_id):
                # It was closed meanwhile; answering has brought its state back.
                await self._sessions.forget(turn.session_id)
        self._metrics.turns.labels(result).inc()
        self._metrics.turn_seconds.observe(seconds)
        if answer.assessment is not None:
            scam_type = answer.assessment.scam_type
            self._metrics.verdicts.labels(answer.assessment.verdict.value, scam_type.value if scam_type else "").inc()
        if answer.drill is not None and answer.drill.outcome is not None:
            self._metrics.drills.labels(answer.drill.outcome.value).inc()
        self._records.turn(turn, answer, now(), round(seconds * 1000, 1))
        return answer

    async def _answer(self, turn: Turn) -> tuple[Answer, str]:
        try:
            answer = await asyncio.wait_for(self._conversation.respond(turn), self._timeout_seconds)
        except Exception as error:
            _log.error("turn failed: %s", describe(error))
            return self._failure(turn), "failed"
        if not answer.reply.text.strip():
            _log.error("turn was answered with silence")
            return self._failure(turn), "failed"
        return answer, "answered"

    def _failure(self, turn: Turn) -> Answer:
        text = self._failures.take()
        return Answer(
            session_id=turn.session_id,
            turn_id=secrets.token_hex(16),
            reply=Reply(text, text, gesture=Gesture.COMFORT),
            dialect=DialectGuess(turn.dialect or Dialect.UNKNOWN, 0.0),
            intent=IntentGuess("", 0.0),
        )

    @asynccontextmanager
    async def _in_line(self, session_id: str) -> AsyncIterator[None]:
        line = self._lines.setdefault(session_id, _Line())
        if line.waiting >= self._most_waiting:
            raise TooManyTurns
        line.waiting += 1
        try:
            async with line.lock:
                yield
        finally:
            line.waiting -= 1
            if not line.waiting:
                self._lines.pop(session_id, None)
