"""How fast to speak to one resident: what was asked for last counts, be it in words or by a button."""

from __future__ import annotations

_SLOWER, _FASTER = "speak_slower", "speak_faster"


class Pace:
    """The speed of one visit, in words per minute.

    Clients send their rate with every turn, so it is a wish only when it changed; what the resident asked for
    in words stands until then.
    """

    def __init__(self, *, normal: int, slow: int) -> None:
        self._normal = normal
        self._slow = slow
        self._sent: int | None = None
        self.rate = normal

    def after(self, sent: int | None, intent: str) -> int:
        """Note the rate sent with a turn, if any, and what the turn asked for. Returns the speed of its reply."""
        if sent is not None and sent != self._sent:
            self._sent = self.rate = sent
        if intent == _SLOWER:
            self.rate = min(self.rate, self._slow)
        elif intent == _FASTER:
            self.rate = max(self.rate, self._normal)
        return self.rate
