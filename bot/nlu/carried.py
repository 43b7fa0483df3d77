"""How an understanding made before Rasa travels through Rasa with its message, so that it is made once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.judge.judge import Judgement
from bot.practice.turn import PracticeTurn
from bot.routing import Route, Router
from bot.understanding import Understanding

if TYPE_CHECKING:
    from bot.agent.action_set import ActionSet

_KEY = "carried"


class Carried:
    """What the conversation knows of a turn when Rasa gets it.

    Not a dataclass, on purpose: Rasa copies messages deeply and field by field, and this is immutable and large,
    so a copy of it is the thing itself.
    """

    def __init__(
        self,
        understanding: Understanding,
        judgement: Judgement,
        router: Router,
        in_drill: bool = False,
        actions: ActionSet | None = None,
        practice: PracticeTurn | None = None,
    ) -> None:
        """``actions`` answer this turn: those of the content that it was understood with, whatever is edited
        meanwhile. ``practice`` knows the visit's practice card; ``None`` where there can be none."""
        self.understanding = understanding
        self.judgement = judgement
        self.router = router
        self.in_drill = in_drill
        self.actions = actions
        self.practice = practice

    def route(self, intent: str | None, confidence: float) -> Route:
        """The intent to act on, given the model's guess."""
        route = self.router.route(self.understanding, self.judgement, intent, confidence, in_drill=self.in_drill)
        talk = self.practice.talk if self.practice is not None and not self.in_drill else None
        return route if talk is None else self.router.with_card(route, talk, self.judgement)

    def __deepcopy__(self, memo: dict[int, Any]) -> Carried:
        return self

    def metadata(self) -> dict[str, Any]:
        """The metadata of a Rasa ``UserMessage``."""
        return {_KEY: self}


def carried_in(metadata: Mapping[str, Any] | None) -> Carried | None:
    """The understanding in a message's metadata; ``None`` under ``rasa shell`` and ``rasa test``."""
    value = (metadata or {}).get(_KEY)
    return value if isinstance(value, Carried) else None
