"""Screens on which staff try a drill out: a whole visit as any other, of which nothing is recorded or counted."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.drills.scenario import Scenario
from bot.turn import Answer, Turn
from server.interfaces import Conversation
from server.metrics import Metrics
from server.pace import Pace
from server.sessions import Sessions
from server.settings import Settings
from server.turns import Turns

_KIOSK = "preview-"
_MOST = 50


class Unrecorded:
    """Records of which nothing is kept."""

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to write."""

    def ready(self) -> bool:
        """Always."""
        return True

    def session_started(self, session_id: str, kiosk_id: str | None, at: datetime) -> None:
        """Not written down."""

    def session_ended(self, session_id: str, at: datetime, reason: str) -> None:
        """Not written down."""

    def turn(self, turn: Turn, answer: Answer, at: datetime, latency_ms: float) -> None:
        """Not written down."""

    def played(self, turn_id: str, at: datetime, ms: float) -> None:
        """Not written down."""

    def purge(self, older_than_days: int) -> None:
        """Nothing to delete."""


class _Visits(Sessions):
    """Sessions that know which drill is tried on their screen."""

    def __init__(self, begun: Callable[[str, str | None], None], *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)  # type: ignore[arg-type]
        self._begun = begun

    def open(self, kiosk_id: str | None) -> str:
        """Start a session; returns its new id."""
        session_id = super().open(kiosk_id)
        self._begun(session_id, kiosk_id)
        return session_id


class Previews:
    """The screens of previews, with sessions, turns and records of their own. The latest fifty are kept."""

    def __init__(
        self, settings: Settings, conversation: Conversation, *, failures: Callable[[], tuple[str, ...]], opening: str
    ) -> None:
        """``opening`` is what starts the drill when somebody comes, instead of a greeting."""
        self._conversation = conversation
        self._opening = opening
        self._shown: OrderedDict[str, Scenario] = OrderedDict()
        self.records = Unrecorded()
        self.sessions: Sessions = _Visits(
            self._begun,
            conversation,
            self.records,
            idle_seconds=settings.bot.session_idle_seconds,
            most=_MOST,
            new_pace=partial(Pace, normal=settings.speech.rate_normal, slow=settings.speech.rate_slow),
        )
        self.turns = Turns(
            conversation,
            self.sessions,
            self.records,
            Metrics(),  # figures that nobody asks for
            failures=failures,
            timeout_seconds=settings.bot.turn_timeout_seconds + 1.0,
            most_waiting=settings.http.max_waiting_turns,
        )

    def show(self, scenario: Scenario) -> str:
        """Make a screen that plays this drill; returns its kiosk id."""
        kiosk_id = f"{_KIOSK}{secrets.token_hex(6)}"
        self._shown[kiosk_id] = scenario
        while len(self._shown) > _MOST:
            self._shown.popitem(last=False)
        return kiosk_id

    def serves(self, kiosk_id: str | None, session_id: str | None = None) -> bool:
        """Whether a visit belongs here. Also when its drill is not known any more: such a screen records nothing."""
        return (kiosk_id or "").startswith(_KIOSK) or (session_id is not None and self.sessions.knows(session_id))

    def opening(self, kiosk_id: str) -> str | None:
        """What starts the drill of a screen; ``None`` when it has none."""
        return self._opening if kiosk_id in self._shown else None

    def _begun(self, session_id: str, kiosk_id: str | None) -> None:
        scenario = self._shown.get(kiosk_id or "")
        if scenario is not None:
            self._conversation.scenarios.previews.begin(session_id, scenario)
