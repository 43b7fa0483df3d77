"""What is kept of each visit beside Rasa's tracker, and which visits are due to be forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.identifiers import Dialect
from bot.practice.visit import CardVisit


@dataclass
class Visit:
    """One visit. ``fallbacks`` counts the failures told so far, so that each is told in other words."""

    seen: float
    dialect: Dialect | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    fallbacks: int = 0
    cards: CardVisit = field(default_factory=CardVisit)


class Visits:
    """The remembered visits by session id."""

    def __init__(self, clock: Callable[[], float], *, most: int, idle_seconds: float) -> None:
        """``clock`` in seconds; at most ``most`` visits are kept, each until ``idle_seconds`` after it was used."""
        self._clock = clock
        self._most = most
        self._idle_seconds = idle_seconds
        self._visits: dict[str, Visit] = {}

    def __contains__(self, session_id: str) -> bool:
        return session_id in self._visits

    def new(self) -> Visit:
        """A visit that is not remembered."""
        return Visit(self._clock())

    def open(self, session_id: str) -> Visit:
        """The visit of that id; a fresh one when there is none."""
        return self._visits.setdefault(session_id, self.new())

    def use(self, session_id: str) -> Visit:
        """The same, and note that it was used now."""
        visit = self.open(session_id)
        visit.seen = self._clock()
        return visit

    def forget(self, session_id: str) -> bool:
        """Whether there was something to forget."""
        return self._visits.pop(session_id, None) is not None

    def clear(self) -> None:
        """Forget all."""
        self._visits.clear()

    def due(self) -> list[str]:
        """Those idle for too long, and the idlest when there are too many. None that is being answered."""
        now = self._clock()
        by_age = sorted(self._visits.items(), key=lambda item: item[1].seen)
        surplus = len(by_age) - self._most
        return [
            session_id
            for rank, (session_id, visit) in enumerate(by_age)
            if not visit.lock.locked() and (rank < surplus or now - visit.seen > self._idle_seconds)
        ]
