"""All connected screens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.identifiers import Dialect
from bot.turn import Reply
from server.kiosks.messages.display import Reload
from server.kiosks.messages.say import broadcast
from server.kiosks.screen import Screen
from server.speaker import Speaker

_GOING_AWAY = 1001


class HubFull(Exception):
    """As many screens are connected as are allowed."""


class Hub:
    """Knows which screens are connected and speaks to all of them at once."""

    def __init__(self, speaker: Speaker, *, most: int, rate: int) -> None:
        self._speaker = speaker
        self._most = most
        self._rate = rate
        self._screens: set[Screen] = set()

    def __len__(self) -> int:
        return len(self._screens)

    @contextmanager
    def connected(self, screen: Screen) -> Iterator[None]:
        """Have a screen among the connected ones.

        Raises:
            HubFull: there is no room for one more.
        """
        if len(self._screens) >= self._most:
            raise HubFull
        self._screens.add(screen)
        try:
            yield
        finally:
            self._screens.discard(screen)

    async def broadcast(self, reply: Reply, *, urgent: bool = False) -> int:
        """Say something to every screen; returns how many were told.

        The page keeps it out of a visit, unless it is ``urgent``: then it interrupts whatever goes on.
        """
        speech = await self._speaker.reply(reply, dialect=Dialect.CMN, rate=self._rate)
        message = broadcast(reply, speech, urgent=urgent)
        screens = list(self._screens)
        for screen in screens:
            if urgent:
                screen.silence()
            screen.put(message)
        return len(screens)

    def reload(self) -> int:
        """Have every screen load its page anew when nobody is there. Returns how many were told."""
        for screen in list(self._screens):
            screen.put(Reload())
        return len(self._screens)

    def close(self) -> None:
        """Hang up on every screen; each comes back when the server does."""
        for screen in list(self._screens):
            screen.close(_GOING_AWAY)
