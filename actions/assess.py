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
        judgement = self.judged(tracker)
        if self.intent(tracker) == EMERGENCY:
            judgement = self.services.content.judge.emergency(judgement)
        assessment = judgement.assessment
        if assessment is None:
            key = "ask_situation"
        else:
            scam = assessment.scam_type.value if assessment.scam_type else ""
            key = f"{assessment.verdict.value}:{scam}:{assessment.stage.value}"
        reply = self.services.replies.assessment(judgement, self.heard(tracker).dialect.id, self.variant(tracker, key))
        reply = self.services.replies.urgent(reply, judgement.situation.stage)
        events = self.hand_over(dispatcher, tracker, Outcome(reply, assessment), key)
        return [*events, SlotSet("situation", judgement.situation.to_dict())]
