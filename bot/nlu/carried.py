"""How an understanding made before Rasa travels through Rasa with its message, so that it is made once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.judge.judge import Judgement
from bot.routing import Route, Router
from bot.understanding import Understanding

_KEY = "carried"


class Carried:
    """What the conversation knows of a turn when Rasa gets it.

    Not a dataclass, on purpose: Rasa copies messages deeply and field by field, and this is immutable and large,
    so a copy of it is the thing itself.
    """

    def __init__(
        self, understanding: Understanding, judgement: Judgement, router: Router, in_drill: bool = False
    ) -> None:
        self.understanding = understanding
        self.judgement = judgement
        self.router = router
        self.in_drill = in_drill

    def route(self, intent: str | None, confidence: float) -> Route:
        """The intent to act on, given the model's guess."""
        return self.router.route(self.understanding, self.judgement, intent, confidence, in_drill=self.in_drill)

    def __deepcopy__(self, memo: dict[int, Any]) -> Carried:
        return self

    def metadata(self) -> dict[str, Any]:
        """The metadata of a Rasa ``UserMessage``."""
        return {_KEY: self}


def carried_in(metadata: Mapping[str, Any] | None) -> Carried | None:
    """The understanding in a message's metadata; ``None`` under ``rasa shell`` and ``rasa test``."""
    value = (metadata or {}).get(_KEY)
    return value if isinstance(value, Carried) else None
