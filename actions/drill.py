"""The drill form: the engine in ``bot.drills`` plays, Rasa leads. New scenarios need no training."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.assess import assess
from actions.base import Events, HeanAction
from bot.drills.moves import Heard
from bot.drills.scenario import Kind, Scenario
from bot.drills.state import DrillState, DrillStep, Status
from bot.payload import Outcome, outcome_from
from bot.routing import STOP
from bot.services import Services
from bot.turn import Reply

_FINISHED, _EMERGENCY = "finished", "emergency"


def _outcome(step: DrillStep) -> Outcome:
    reply = Reply(step.text, step.speech, step.choices, step.gesture, step.lines)
    return Outcome(reply, None, step.view)


def _slot(state: DrillState, step: DrillStep, played: list[str]) -> dict[str, Any]:
    return {"state": state.to_dict(), "next": _outcome(step).to_payload(), "played": played}


class _DrillAction(HeanAction):
    def scenario_of(self, state: DrillState) -> Scenario | None:
        """The scenario in the version that the run began with."""
        return self.services.content.scenarios.get(state.scenario_id, state.version)

    def speak_next(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say what the engine left to be said; with the offer of a practice card when the drill has ended."""
        drill = tracker.get_slot("drill")
        if not drill:
            return []
        outcome = outcome_from(drill["next"])
        practice = self.practice(tracker)
        if practice is not None and outcome.drill is not None and outcome.drill.status == Status.FINISHED.value:
            reply = replace(outcome.reply, choices=practice.with_offer(outcome.reply.choices))
            outcome = replace(outcome, reply=reply)
        return self.hand_over(dispatcher, tracker, outcome)


class ActionStartDrill(_DrillAction):
    """Chooses a scenario: the kind asked for, else scams and genuine contacts in turn, none twice in a visit.

    With a practice card it begins nothing but offers what is planned.
    """

    def name(self) -> str:
        return "action_start_drill"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        content = self.services.content
        played: list[str] = list((tracker.get_slot("drill") or {}).get("played", []))
        heard = self.heard(tracker)
        scenario = content.scenarios.previews.of(tracker.sender_id) or content.scenario_named(heard.text)
        topic = content.topic(heard.mandarin.text)
        practice = self.practice(tracker)
        if scenario is None and practice is not None and (practice.talk is not None or topic is None):
            offered = await practice.answer(content.scenarios.all())
            if offered is not None:
                reply = self.services.replies.urgent(offered, self.situation(tracker).stage)
                # The rule for this intent goes on with the form; nothing has begun, so the resident has the word.
                return [*self.hand_over(dispatcher, tracker, Outcome(reply)), FollowupAction("action_listen")]
        if scenario is None:
            kind = Kind.LEGITIMATE if len(played) % 2 else Kind.SCAM
            scenario = content.scenarios.choose(
                None if topic else kind, scam_type=topic, exclude=played
            ) or content.scenarios.choose(kind, exclude=played)
        if scenario is None:
            raise LookupError("no scenario is published")
        state, step = content.drills.begin(scenario, uuid.uuid4().hex, heard.dialect.id)
        return [SlotSet("drill", _slot(state, step, [*played, scenario.id])), SlotSet("drill_turn", None)]


class ActionAskDrillTurn(_DrillAction):
    """Speaks the engine's next lines."""

    def name(self) -> str:
        return "action_ask_drill_turn"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return self.speak_next(dispatcher, tracker)


class ActionFinishDrill(_DrillAction):
    """Speaks the debrief, or leaves at once when the engine heard a real emergency."""

    def name(self) -> str:
        return "action_finish_drill"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        events = self.speak_next(dispatcher, tracker)
        if tracker.get_slot("drill_turn") == _EMERGENCY:
            events += assess(self, dispatcher, tracker, emergency=True)
        return [*events, SlotSet("drill_turn", None)]


class ActionLeaveDrill(_DrillAction):
    """Ends a drill early: the resident said so, or something real has happened."""

    def name(self) -> str:
        return "action_leave_drill"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        drill = tracker.get_slot("drill")
        if not drill:
            reply = self.services.replies.answer("stop_ack")
            return self.hand_over(dispatcher, tracker, Outcome(reply))
        state = DrillState.from_dict(drill["state"])
        scenario = self.scenario_of(state)
        if scenario is None:
            raise LookupError(f"scenario {state.scenario_id} is gone")
        drills = self.services.content.drills
        if self.intent(tracker) == STOP:
            state, step = drills.leave(scenario, state)
        else:
            state, step = drills.interrupt(scenario, state)
        events = self.hand_over(dispatcher, tracker, _outcome(step))
        return [*events, SlotSet("drill", _slot(state, step, drill["played"])), SlotSet("drill_turn", None)]


class ValidateDrillForm(FormValidationAction):  # type: ignore[misc]
    """Hands what was said to the engine; the form goes on until the engine has finished."""

    def __init__(self, services: Services | None = None) -> None:
        self._action = ActionAskDrillTurn(services)

    def name(self) -> str:
        return "validate_drill_form"

    async def validate_drill_turn(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Advance the engine by one utterance."""
        drill = tracker.get_slot("drill")
        if not value or not drill:
            return {"drill_turn": None}
        action = self._action
        if action.intent(tracker) == "repeat":
            return {"drill_turn": None}
        state = DrillState.from_dict(drill["state"])
        scenario = action.scenario_of(state)
        if scenario is None:
            return {"drill_turn": _FINISHED}
        heard = action.heard(tracker)
        state, step = action.services.content.drills.advance(
            scenario, state, Heard(heard.text, heard.mandarin.text, action.intent(tracker))
        )
        finished = _EMERGENCY if step.emergency else _FINISHED
        return {
            "drill": _slot(state, step, drill["played"]),
            "drill_turn": None if state.running else finished,
        }
