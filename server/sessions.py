"""The sessions that are open. Only its id, known to whoever started it, leads to a session's state."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from time import monotonic

from bot.turn import Assessment, Reply
from server.faults import describe
from server.interfaces import Conversation, Records
from server.pace import Pace

_log = logging.getLogger(__name__)

SESSION_ID = r"^[A-Za-z0-9_-]{8,64}$"
_SESSION_ID = re.compile(SESSION_ID[:-1] + r"\Z")


@dataclass
class _Session:
    kiosk_id: str | None
    used: float
    pace: Pace


class Sessions:
    """Opens, keeps and forgets sessions, and tells conversation and records.

    ``idle_seconds`` without a turn end a session, and so do more than ``most`` open ones, idlest first.
    """

    def __init__(
        self,
        conversation: Conversation,
        records: Records,
        *,
        idle_seconds: float,
        most: int,
        new_pace: Callable[[], Pace],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._conversation = conversation
        self._records = records
        self._idle_seconds = idle_seconds
        self._most = most
        self._new_pace = new_pace
        self._clock = clock
        self._open: dict[str, _Session] = {}

    def __len__(self) -> int:
        return len(self._open)

    def open(self, kiosk_id: str | None) -> str:
        """Start a session; returns its new id."""
        session_id = secrets.token_urlsafe(16)
        self._open[session_id] = _Session(kiosk_id, self._clock(), self._new_pace())
        self._records.session_started(session_id, kiosk_id, now())
        return session_id

    def knows(self, session_id: str) -> bool:
        """Whether the session is open."""
        return bool(_SESSION_ID.match(session_id)) and session_id in self._open

    def belongs(self, session_id: str, kiosk_id: str) -> bool:
        """Whether the session is open and was started at that kiosk."""
        return self.knows(session_id) and self._open[session_id].kiosk_id == kiosk_id

    def use(self, session_id: str) -> None:
        """Note a turn, which keeps the session open."""
        session = self._open.pop(session_id, None)
        if session is not None:
            session.used = self._clock()
            self._open[session_id] = session  # the idlest stays first

    async def shown(self, session_id: str, text: str) -> tuple[Assessment | None, Reply]:
        """Have the conversation judge what was read on a picture; also a turn, so far as it keeps the session open."""
        self.use(session_id)
        seen = await self._conversation.see(session_id, text)
        if not self.knows(session_id):
            await self.forget(session_id)  # it was closed meanwhile; judging has brought its state back
        return seen

    def pace(self, session_id: str | None) -> Pace:
        """How fast to speak in a session; the usual speed when it is not open."""
        session = self._open.get(session_id or "")
        return session.pace if session is not None else self._new_pace()

    async def close(self, session_id: str, reason: str) -> bool:
        """Forget a session and all that was said in it; whether it was open."""
        known = self._open.pop(session_id, None) is not None
        if known:
            self._records.session_ended(session_id, now(), reason)
            await self.forget(session_id)
        return known

    def end_all(self) -> None:
        """Note the end of every open session; the conversation stops and forgets them all anyway."""
        for session_id in self._open:
            self._records.session_ended(session_id, now(), "shutdown")
        self._open.clear()

    async def forget(self, session_id: str) -> None:
        """Have the conversation drop what it knows of a session that is closed."""
        try:
            await self._conversation.forget(session_id)
        except Exception as error:
            _log.error("session was not forgotten: %s", describe(error))

    async def expire(self) -> int:
        """Close what has been idle too long, and the idlest of too many. Returns how many."""
        limit = self._clock() - self._idle_seconds
        surplus = len(self._open) - self._most
        due = [
            session_id
            for rank, (session_id, session) in enumerate(self._open.items())
            if rank < surplus or session.used < limit
        ]
        for session_id in due:
            await self.close(session_id, "idle")
        return len(due)


def now() -> datetime:
    """The time for records."""
    return datetime.now(timezone.utc)
