"""No ears at all: an installation without a recogniser."""

from __future__ import annotations

from server.hearing.ears import Heard
from server.hearing.recogniser import HearingUnavailable
from server.hearing.recording import Recording


class NoEars:
    """Hears nothing and invents nothing."""

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    def ready(self) -> bool:
        """Never: residents are told to type."""
        return False

    async def hear(self, recording: Recording) -> Heard:
        """Raises :class:`HearingUnavailable`."""
        raise HearingUnavailable("this installation has no recogniser")
