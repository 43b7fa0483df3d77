"""Who stands before one screen: a session from coming to leaving."""

from __future__ import annotations

import asyncio

from server.pace import Pace
from server.sessions import Sessions


class Visit:
    """The session of one screen. It may end behind the screen's back, by idling or by being deleted."""

    def __init__(self, sessions: Sessions, kiosk_id: str) -> None:
        self._sessions = sessions
        self._kiosk_id = kiosk_id
        self.session_id: str | None = None
        self._met = False

    def resume(self, session_id: str | None) -> None:
        """Go on with the visit that a lost connection interrupted if it was here, else with a new one."""
        if session_id is not None and self._sessions.belongs(session_id, self._kiosk_id):
            self.session_id = session_id
            self._met = True
        else:
            self._open()

    def ensure(self) -> bool:
        """Have an open session; whether it is a new one, which the screen must be told."""
        if self.session_id is not None and self._sessions.knows(self.session_id):
            return False
        self._open()
        return True

    def meet(self) -> bool:
        """Note that somebody is there; whether that is news."""
        news, self._met = not self._met, True
        return news

    @property
    def pace(self) -> Pace:
        """How fast to speak to whoever is there."""
        return self._sessions.pace(self.session_id)

    async def leave(self) -> None:
        """Forget whoever was there. Nothing happens when nobody was."""
        if self._met and self.session_id is not None:
            session_id, self.session_id, self._met = self.session_id, None, False
            # Also when the connection ends in this very moment.
            await asyncio.shield(self._sessions.close(session_id, "left"))

    def _open(self) -> None:
        self.session_id = self._sessions.open(self._kiosk_id)
        self._met = False
