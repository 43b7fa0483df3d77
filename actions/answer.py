"""Talk around the subject: greetings, requests, hotlines, small talk, and what was not understood."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet, UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher

from actions.assess import deed_of, stay_with_it
from actions.base import Events, HeanAction
from actions.yes_no import answer_question, answers_a_question
from bot.identifiers import Verdict
from bot.knowledge_checks import ANSWER_OF_INTENT
from bot.payload import Outcome, reply_from
from bot.routing import DESPAIR, HEALTH
from bot.turn import Reply

PANIC = "in_panic"


class ActionAnswer(HeanAction):
    """Answers an intent by the entry of ``answers.yml`` of the same name."""

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if answers_a_question(self, tracker):
            return answer_question(self, dispatcher, tracker)
        intent = self.intent(tracker)
        name = ANSWER_OF_INTENT.get(intent, intent)
        variant = self.variant(tracker, name)
        replies = self.services.replies
        if name == "ask_time":
            reply = replies.time(self.services.now(), variant)
        elif name == "greet":
            reply = replies.greeting(self.heard(tracker).dialect.id, variant)
        else:
            reply = replies.answer(name, variant, about=self.situation(tracker).scam_type)
        if intent == DESPAIR:
            return self._with_judgement(dispatcher, tracker, reply)
        return self.hand_over(dispatcher, tracker, Outcome(self._urgent(tracker, reply)), name, remember=reply)

    def _with_judgement(self, dispatcher: CollectingDispatcher, tracker: Tracker, reply: Reply) -> Events:
        """Somebody in despair over a loss needs company first, and still the call that may stop the payment."""
        judgement = self.judged(tracker)
        outcome = Outcome(
            self.services.replies.reminded(reply, judgement.situation, judgement.assessment), judgement.assessment
        )
        events = self.hand_over(dispatcher, tracker, outcome, DESPAIR, remember=reply)
        return [*events, SlotSet("situation", judgement.situation.to_dict())]

    def _urgent(self, tracker: Tracker, reply: Reply) -> Reply:
        if self.intent(tracker) == HEALTH:
            return reply  # a life comes before money
        return self.services.replies.reminded(reply, self.situation(tracker))


class ActionNextStep(HeanAction):
    """To "what shall I do now": the next piece of advice for what was told, by how far it has gone."""

    def name(self) -> str:
        return "action_next_step"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        situation, replies = self.situation(tracker), self.services.replies
        if situation.warned:
            key = f"next_step:{situation.stage.value}"
            standing = self.services.content.judge.standing(situation)
            # Who is in panic needs the first thing to do once more, not the next.
            before = "" if self.intent(tracker) == PANIC else self.before(tracker)
            reply = replies.next_step(standing, self.variant(tracker, key), before)
            found = standing.assessment
        else:
            panic = self.intent(tracker) == PANIC
            key = PANIC if panic else "clear_followups" if situation.verdict is Verdict.CLEAR else "scam_followups"
            reply, found = replies.answer(key, self.variant(tracker, key)), None
        reply = replies.reminded(reply, situation, found)
        return self.hand_over(dispatcher, tracker, Outcome(reply, found), key, remember=reply)


class ActionClarify(HeanAction):
    """Two stages: ask to say it another way, then offer choices. In a story that was warned of, the warning stays."""

    def name(self) -> str:
        return "action_clarify"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if self.situation(tracker).warned:
            deed = deed_of(self, tracker, self.judged(tracker))
            if deed is None:
                return stay_with_it(self, dispatcher, tracker)
            reply = self.services.replies.answer(deed, self.variant(tracker, deed))
            reply = self.services.replies.reminded(reply, self.situation(tracker))
            return self.hand_over(dispatcher, tracker, Outcome(reply), deed)
        if self.situation(tracker).verdict is Verdict.CLEAR:
            # Talk that goes on about an honest matter: nothing hangs on it, so she need not say it again.
            reply = self.services.replies.answer("still_clear", self.variant(tracker, "still_clear"))
            reply = self.services.replies.reminded(reply, self.situation(tracker))
            return self.hand_over(dispatcher, tracker, Outcome(reply), "still_clear", remember=reply)
        asked = self.variant(tracker, "clarify")
        name = "clarify_first" if asked % 3 == 0 else "clarify_second"
        reply = self.services.replies.answer(name, asked // 2)
        reply = self.services.replies.reminded(reply, self.situation(tracker))
        return self.hand_over(dispatcher, tracker, Outcome(reply), "clarify")


class ActionDefaultFallback(ActionClarify):
    """When no rule fits: ask again, and take the utterance back so that the next one starts clean."""

    def name(self) -> str:
        return "action_default_fallback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        events = await super().run(dispatcher, tracker, domain)
        return [UserUtteranceReverted(), *events]


class ActionRepeat(HeanAction):
    """Says the last reply again."""

    def name(self) -> str:
        return "action_repeat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        last = tracker.get_slot("last_reply")
        if not last:
            reply = self.services.replies.answer("repeat_nothing", self.variant(tracker, "repeat_nothing"))
            return self.hand_over(dispatcher, tracker, Outcome(reply), "repeat_nothing")
        reply = self.services.replies.reminded(reply_from(last), self.situation(tracker))
        dispatcher.utter_message(text=reply.text, json_message=Outcome(reply).to_payload())
        return []
