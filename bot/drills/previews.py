"""Drills that only certain visits play, to try them out: published ones or ones that are not published yet."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from bot.drills.scenario import Scenario

_MOST = 100


class Previews:
    """Which visit tries which drill. The latest hundred; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._by_session: OrderedDict[str, Scenario] = OrderedDict()

    def begin(self, session_id: str, scenario: Scenario) -> None:
        """Whenever this visit asks for a drill, it is this one."""
        with self._lock:
            self._by_session[session_id] = scenario
            while len(self._by_session) > _MOST:
                self._by_session.popitem(last=False)

    def of(self, session_id: str) -> Scenario | None:
        """What a visit tries; ``None`` for any other visit."""
        with self._lock:
            return self._by_session.get(session_id)

    def version(self, scenario_id: str, version: str) -> Scenario | None:
        """A drill that some visit tries, in exactly that version."""
        with self._lock:
            tried = self._by_session.values()
            return next((one for one in tried if (one.id, one.version) == (scenario_id, version)), None)
