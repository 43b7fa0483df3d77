"""Judge what a resident told or read out."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HeanAction
from bot.payload import Outcome
from bot.routing import EMERGENCY


class ActionAssess(HeanAction):
    """Verdict, reasons, next step and whom to call; the situation grows by what was told."""

    def name(self) -> str:
        return "action_assess"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return assess(self, dispatcher, tracker, emergency=self.intent(tracker) == EMERGENCY)


def assess(action: HeanAction, dispatcher: CollectingDispatcher, tracker: Tracker, *, emergency: bool) -> Events:
    """Judge the turn and say so; an ``emergency`` is never judged less than urgent."""
    judgement = action.judged(tracker)
    if emergency:
        judgement = action.services.content.judge.emergency(judgement)
    assessment = judgement.assessment
    if assessment is None:
        key = "ask_situation"
    else:
        scam = assessment.scam_type.value if assessment.scam_type else ""
        key = f"{assessment.verdict.value}:{scam}:{assessment.stage.value}"
    replies = action.services.replies
    reply = replies.assessment(judgement, action.heard(tracker).dialect.id, action.variant(tracker, key))
    outcome = Outcome(replies.urgent(reply, judgement.situation.stage), assessment)
    events = action.hand_over(dispatcher, tracker, outcome, key, remember=reply)
    return [*events, SlotSet("situation", judgement.situation.to_dict())]
