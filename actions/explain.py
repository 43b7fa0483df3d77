"""Explain a kind of fraud, and answer somebody who doesn't believe the warning."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HeanAction
from bot.identifiers import Stage
from bot.payload import Outcome


class ActionExplain(HeanAction):
    """What a kind of fraud is. Without one named, the one being talked about, else the most common ones."""

    def name(self) -> str:
        return "action_explain"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        situation = self.situation(tracker)
        topic = self.services.content.topic(self.heard(tracker).mandarin.text) or situation.scam_type
        replies = self.services.replies
        key = f"explain:{topic.value if topic else ''}"
        variant = self.variant(tracker, key)
        reply = replies.explanation(topic, variant) if topic else replies.answer("common_scams", variant)
        return self.hand_over(dispatcher, tracker, Outcome(replies.reminded(reply, situation)), key)


class ActionDisbelief(HeanAction):
    """A reason and somebody to call, for "he can't be a swindler"."""

    def name(self) -> str:
        return "action_disbelief"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        situation = self.situation(tracker)
        scam_type = situation.scam_type or None
        key = f"disbelief:{scam_type.value if scam_type else ''}"
        replies = self.services.replies
        reply = replies.reminded(replies.disbelief(scam_type, Stage.UNKNOWN, self.variant(tracker, key)), situation)
        return self.hand_over(dispatcher, tracker, Outcome(reply), key)
