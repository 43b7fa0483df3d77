"""A yes or no to the question that the last reply asked."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.assess import asking, verdict_said
from actions.base import Events, HeanAction
from bot.payload import Outcome

YES, NO, UNSURE = "affirm", "deny", "unsure"


def answers_a_question(action: HeanAction, tracker: Tracker) -> bool:
    """Whether the turn is a bare yes, no or "I don't know" after a question about the situation."""
    return action.intent(tracker) in (YES, NO, UNSURE) and bool(action.situation(tracker).pending)


def answer_question(action: HeanAction, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Judge the story anew by a yes; after any other answer ask what is left, or say what to do."""
    situation, replies = action.situation(tracker), action.services.replies
    judgement = action.services.content.answered(situation) if action.intent(tracker) == YES else None
    if judgement is not None and judgement.assessment is not None:
        key, reply = verdict_said(action, tracker, judgement, judgement.assessment)
    else:
        judgement = action.services.content.judge.standing(situation)
        key = "question_no"
        reply = replies.not_so(judgement)
    grown = asking(replies, judgement)
    outcome = Outcome(replies.reminded(reply, grown, judgement.assessment), judgement.assessment)
    events = action.hand_over(dispatcher, tracker, outcome, key, remember=reply)
    return [*events, SlotSet("situation", grown.to_dict())]
