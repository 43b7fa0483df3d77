"""Judge what a resident told or read out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HeanAction
from bot.drills.moves import Heard
from bot.drills.scenario import Move
from bot.fold import is_hanzi
from bot.identifiers import Verdict
from bot.judge.judge import Judgement
from bot.judge.situation import CALLED_POLICE, Situation
from bot.judge.stage import LOST
from bot.payload import Outcome
from bot.replies import Replies
from bot.routing import EMERGENCY
from bot.turn import Assessment, Reply

_ASKED_AND_FALSE = "context_confirmed_scam"
_ABOUT_TO_GIVE = "about_to_give"
# A word of one or two characters names something and does nothing.
_TELLING = 3
_ANSWER_TO = {
    Move.VERIFY: "did_verify",
    Move.REFUSE: "did_refuse",
    Move.HANG_UP: "did_refuse",
    Move.REPORT: "did_report",
    Move.PAY: _ABOUT_TO_GIVE,
    Move.DISCLOSE: _ABOUT_TO_GIVE,
}
_OUTRIGHT = (Move.REFUSE, Move.HANG_UP, Move.REPORT)
# What somebody else says ("她讲下个月来看我") is no deed of the resident's.
_HIS_WORDS = ("context_goes_on", "context_quoting")
_SEEN_THROUGH, _SENT_AWAY = "context_saw_through", {"context_stopped", "context_nothing_given"}
_NO_DEMAND = "context_no_demand"
_CLICKED = "context_clicked"


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
    deed = None if emergency else deed_of(action, tracker, judgement)
    if assessment is None and deed is None and judgement.situation.warned:
        return stay_with_it(action, dispatcher, tracker)
    replies = action.services.replies
    if assessment is None or deed is not None:
        key = deed or "ask_situation"
        reply = replies.answer(key, action.variant(tracker, key))
    else:
        key, reply = verdict_said(action, tracker, judgement, assessment)
    outcome = Outcome(replies.reminded(reply, judgement.situation, assessment), assessment)
    events = action.hand_over(dispatcher, tracker, outcome, key, remember=reply)
    return [*events, SlotSet("situation", asking(replies, judgement, said=deed is None).to_dict())]


def _saw_through(action: HeanAction, tracker: Tracker, judgement: Judgement) -> bool:
    """Whether a visit begins with a swindler whom she has seen through and sent away."""
    if action.situation(tracker).active or judgement.situation.stage in LOST:
        return False
    return _SEEN_THROUGH in judgement.told_here and bool(_SENT_AWAY.intersection(judgement.told_here))


def _of_others(text: str, phrases: Mapping[str, str]) -> bool:
    """Whether it tells of what somebody else does: 她不肯报警 is no report."""
    others, own = (tuple(phrases[name].split("、")) for name in ("others_words", "own_words"))
    return text.startswith(others) and not any(word in text for word in own)


def _called(judgement: Judgement) -> str:
    """The answer to somebody who says that she has called: the police, or only the bank."""
    situation = judgement.situation
    if CALLED_POLICE not in judgement.told_here:
        return "called_bank"
    if situation.urgent_stage in LOST:
        return "called_police"
    return "called_police_early" if situation.warned else "called_police_alone"


def verdict_said(
    action: HeanAction, tracker: Tracker, judgement: Judgement, assessment: Assessment
) -> tuple[str, Reply]:
    """What is said to a judgement, and the key by which it is worded otherwise when it is said again."""
    scam = assessment.scam_type.value if assessment.scam_type else ""
    key = f"{assessment.verdict.value}:{scam}:{assessment.stage.value}"
    dialect = action.heard(tracker).dialect.id
    return key, action.services.replies.assessment(judgement, dialect, action.variant(tracker, key))


def asking(replies: Replies, judgement: Judgement, *, said: bool = True) -> Situation:
    """The situation after a reply: with the question in it, when it was ``said``."""
    question = replies.question(judgement) if said else None
    if question is None:
        return judgement.situation
    asked = (*judgement.situation.asked, question.ask)
    return replace(judgement.situation, asked=asked, pending=question.ask)


def stay_with_it(action: HeanAction, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """After words that tell nothing new of a story that was warned of: the warning stands, and its next step."""
    situation, replies = action.situation(tracker), action.services.replies
    standing = action.services.content.judge.standing(situation)
    said = replies.in_story(standing, action.variant(tracker, "in_story"), action.before(tracker))
    reply = replies.reminded(said, situation, standing.assessment)
    return action.hand_over(dispatcher, tracker, Outcome(reply, standing.assessment), "in_story", remember=reply)


def deed_of(action: HeanAction, tracker: Tracker, judgement: Judgement) -> str | None:
    """The answer to somebody who says, after a warning, what she will do about it: asked, refused, reported.

    Also to somebody who talks on about what shows no sign of fraud.
    """
    if judgement.called:
        return _called(judgement)
    clicked = any(piece.id == _CLICKED and not piece.negated for piece in action.heard(tracker).evidence)
    if clicked and action.situation(tracker).warned and judgement.own_stage not in LOST:
        return "did_click"
    if _saw_through(action, tracker, judgement):
        return "saw_through"
    warned = action.situation(tracker).warned
    if warned and _ASKED_AND_FALSE in judgement.told_here and judgement.situation.stage not in LOST:
        return "did_find_out"
    doubtful = action.situation(tracker).verdict is Verdict.CAUTION and not judgement.own_verdict_is_scam
    if doubtful and _NO_DEMAND in judgement.told_here and judgement.situation.stage not in LOST:
        return "no_demand"
    if judgement.news and judgement.assessment is not None:
        return None  # more was told, which has to be judged
    if judgement.assessment is None and judgement.situation.verdict is Verdict.CLEAR:
        return "still_clear"
    if action.situation(tracker).verdict not in (Verdict.SCAM, Verdict.CAUTION):
        return None
    if judgement.own_stage in LOST:
        return None
    heard = action.heard(tracker)
    told = {piece.id for piece in heard.evidence if not piece.negated}
    if (
        told.intersection(_HIS_WORDS)
        or _of_others(heard.folded.text, action.services.content.phrases)
        or sum(map(is_hanzi, heard.folded.text)) < _TELLING
    ):
        return None
    drills, spoken = action.services.content.drills.moves, Heard(heard.text, heard.mandarin.text)
    # Praise for what she did not do is worse than none: these have to stand in her words.
    outright = drills.spoken(spoken)
    moves = [move for move in drills.moves(spoken, {}) if move in outright or move not in _OUTRIGHT]
    giving = action.services.content.phrases["giving_words"].split("、")
    gives = action.situation(tracker).stage not in LOST and any(word in heard.mandarin.text for word in giving)
    answers = (_ANSWER_TO[move] for move in moves if move in _ANSWER_TO)
    return next((answer for answer in answers if gives or answer != _ABOUT_TO_GIVE), None)
