"""All content of one moment. A turn keeps the edition it began with; an edit makes another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk import Action

from bot.agent.action_set import ActionSet
from bot.live.state import ContentState
from bot.payload import Outcome
from bot.services import Services

MakeActions = Callable[[Services], Sequence[Action]]


@dataclass(frozen=True)
class Edition:
    """Content and the actions that speak from it. Never changed."""

    services: Services
    actions: ActionSet


def edition_of(services: Services, make_actions: MakeActions) -> Edition:
    """An edition; an action that fails in it says its own spoken fallback."""
    return Edition(services, ActionSet(make_actions(services), lambda: spoken_failure(services)))


def spoken_failure(services: Services) -> dict[str, Any]:
    """A response of an action that says that something went wrong."""
    reply = services.replies.failure()
    return {"text": reply.text, "custom": Outcome(reply).to_payload()}


class FixedContent:
    """Content that stays as it was loaded: for commands, and wherever nothing is edited meanwhile."""

    def __init__(self, edition: Edition, now: datetime) -> None:
        self.current = edition
        self._state = ContentState(now)

    def state(self) -> ContentState:
        """How it stands: as it was loaded."""
        return self._state

    def look(self) -> None:
        """Nothing to look at."""

    def model_changed(self) -> None:
        """Nothing to note."""

    def stop(self) -> None:
        """Nothing runs."""
