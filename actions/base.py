"""What every action shares: its services, the turn as understood, and handing over the outcome."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.judge.judge import Judgement
from bot.judge.situation import Situation
from bot.nlu.carried import carried_in
from bot.payload import Outcome
from bot.practice.turn import PracticeTurn
from bot.services import Services, build_services
from bot.settings import BotSettings
from bot.turn import Reply, to_json
from bot.understanding import Understanding

Events = list[dict[str, Any]]


@lru_cache(maxsize=1)
def _standalone_services() -> Services:
    """For ``rasa run actions`` alone, where Rasa makes every action without arguments."""
    return build_services(BotSettings())


class HeanAction(Action, ABC):  # type: ignore[misc]
    """Base of the actions. Without ``services`` it loads the default content when first run.

    Abstract, so that ``rasa run actions``, which makes an instance of every action it finds, passes it by.
    """

    def __init__(self, services: Services | None = None) -> None:
        self._given = services

    @abstractmethod
    def name(self) -> str:
        """The name in ``domain.yml``."""

    @property
    def services(self) -> Services:
        return self._given or _standalone_services()

    def heard(self, tracker: Tracker) -> Understanding:
        """The turn's understanding: made before Rasa by the conversation, or here under ``rasa shell``."""
        carried = carried_in(tracker.latest_message.get("metadata"))
        if carried is not None:
            return carried.understanding
        return self.services.content.understander.understand(tracker.latest_message.get("text") or "")

    def judged(self, tracker: Tracker) -> Judgement:
        """The turn's judgement in the light of the situation so far."""
        carried = carried_in(tracker.latest_message.get("metadata"))
        if carried is not None:
            return carried.judgement
        situation = Situation.from_dict(tracker.get_slot("situation"))
        return self.services.content.assess(self.heard(tracker), situation)

    @staticmethod
    def practice(tracker: Tracker) -> PracticeTurn | None:
        """What the turn has to do with practice cards."""
        carried = carried_in(tracker.latest_message.get("metadata"))
        return carried.practice if carried is not None else None

    def situation(self, tracker: Tracker) -> Situation:
        """What was told so far."""
        return Situation.from_dict(tracker.get_slot("situation"))

    @staticmethod
    def intent(tracker: Tracker) -> str:
        """The intent of the latest message."""
        return (tracker.latest_message.get("intent") or {}).get("name") or ""

    @staticmethod
    def variant(tracker: Tracker, key: str) -> int:
        """How often ``key`` was said in this visit."""
        return int((tracker.get_slot("said") or {}).get(key, 0))

    @staticmethod
    def before(tracker: Tracker) -> str:
        """What was said last in this visit; empty at its beginning."""
        return str((tracker.get_slot("last_reply") or {}).get("text", ""))

    @staticmethod
    def hand_over(
        dispatcher: CollectingDispatcher, tracker: Tracker, outcome: Outcome, *said: str, remember: Reply | None = None
    ) -> Events:
        """Utter the outcome and remember what was said; returns the events for it.

        ``remember`` is what a repetition says, where that differs: without a prefix that is true only now.
        """
        dispatcher.utter_message(text=outcome.reply.text, json_message=outcome.to_payload())
        events = [SlotSet("last_reply", to_json(remember or outcome.reply))]
        if said:
            counts = dict(tracker.get_slot("said") or {})
            for key in said:
                counts[key] = counts.get(key, 0) + 1
            events.append(SlotSet("said", counts))
        return events
