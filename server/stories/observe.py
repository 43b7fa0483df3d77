"""What the actions of the bot saw, for coverage: they are wrapped when the bot is put together, and only then.

Nothing of it is on the way of a turn in a server that nobody observes, and nothing of it shows in an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.utils import call_potential_coroutine

from bot.nlu.carried import carried_in
from bot.payload import Outcome, outcome_from
from bot.services import Services

MakeActions = Callable[[Services], Sequence[Action]]


@dataclass(frozen=True)
class Observation:
    """One action run in one turn. ``rules`` fired and ``outcome`` is what was handed over; ``drill`` is the state
    of the run in the form that ``DrillState.to_dict`` gives it, where the action changed it."""

    session_id: str
    action: str
    intent: str
    dialect: str
    rules: tuple[str, ...]
    outcome: Outcome | None
    drill: dict[str, Any] | None


Observer = Callable[[Observation], None]


def observed(make_actions: MakeActions, observer: Observer) -> MakeActions:
    """The same actions, each of which tells ``observer`` what it did. Called on the bot's thread."""
    return lambda services: [_Observed(action, observer) for action in make_actions(services)]


class _Observed(Action):  # type: ignore[misc]
    def __init__(self, action: Action, observer: Observer) -> None:
        self._action = action
        self._observer = observer

    def name(self) -> str:
        return str(self._action.name())

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        events: list[dict[str, Any]] = await call_potential_coroutine(self._action.run(dispatcher, tracker, domain))
        self._observer(self._seen(dispatcher, tracker, events))
        return events

    def _seen(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, events: Sequence[dict[str, Any]]
    ) -> Observation:
        message = tracker.latest_message or {}
        carried = carried_in(message.get("metadata"))
        payloads = [said["custom"] for said in dispatcher.messages if said.get("custom")]
        outcome = outcome_from(payloads[-1]) if payloads else None
        judged = carried is not None and outcome is not None and outcome.assessment is not None
        slots = [event["value"] for event in events if event.get("event") == "slot" and event.get("name") == "drill"]
        return Observation(
            session_id=tracker.sender_id,
            action=self.name(),
            intent=(message.get("intent") or {}).get("name") or "",
            dialect=carried.understanding.dialect.id.value if carried else "",
            rules=carried.judgement.rules if carried and judged else (),
            outcome=outcome,
            drill=slots[-1]["state"] if slots and slots[-1] else None,
        )
