"""Fraud, doubt, no sign of it, or plain talk: rules and classifier weighed against each other."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evidence.items import Evidence
from bot.identifiers import Stage, Verdict
from bot.judge.classifier import Scores
from bot.judge.rules import Rule
from bot.judge.situation import Situation
from bot.judge.stage import LOST, SHORT
from bot.judge.thresholds import Thresholds

STRENGTH_POINTS = {"none": 0, "weak": 1, "strong": 2, "decisive": 4}
# Evidence of a message that was written to the resident.
MESSAGES = "messages"
# The weight of rules that leave no doubt: "安全账户", a code asked for by a stranger.
_SUREST_RULE = 5
_FEW = 18
# In a text this long small talk outweighs a fraud told in it; the classifier's doubts count for less than a sure rule.
_LONG = 60
# A text this short (characters) names a thing and tells nothing of it: "电话", "公安局".
SINGLE_WORD = 4
# In a text this short that reads like talk and shows no sign of anything, a few n-grams are no story: "手机号换了".
_BARE = 14
# What a resident says who only has a feeling: there is a situation, and nothing told of it yet.
_DOUBT = "claims_suspicious"
_BEGINNINGS = ("claims", "asks", "pressure")
_PRESSURE = "pressure"
_DEMANDING = ("asks", _PRESSURE, "actions", MESSAGES)


def verdict_of(
    firing: Sequence[Rule],
    here: Sequence[Evidence],
    scores: Scores,
    situation: Situation,
    own_stage: Stage,
    length: int,
    limits: Thresholds,
    *,
    bereft: bool = False,
    demanded: bool = False,
) -> Verdict | None:
    """The verdict; ``None`` for plain talk.

    Args:
        firing: the rules that fire on the story.
        here: the text's own evidence, nothing denied.
        scores: of the text or of the story, whichever is more like fraud.
        situation: the story so far.
        own_stage: how far it has gone by this text.
        length: of the text, in characters.
        limits: where verdicts begin.
        bereft: whether the text asks how to get it back, or tells that others advised against it.
        demanded: whether it tells that somebody wants something done, in whatever words.
    """
    points = sum(STRENGTH_POINTS[piece.item.strength] for piece in here)
    honest, accusing, doubting = (
        max((rule.weight for rule in firing if rule.verdict is verdict), default=0)
        for verdict in (Verdict.CLEAR, Verdict.SCAM, Verdict.CAUTION)
    )
    fraud = scores.fraud
    kind = max(scores.honest, key=lambda name: scores.honest[name])
    bare = length <= _BARE and not here and not demanded and not situation.active
    if bare and kind == "talk" and own_stage not in LOST:
        return None
    doubts = any(piece.id == _DOUBT for piece in here)
    lost_by_own_words = own_stage is Stage.PAID and bereft and any(piece.item.group == "actions" for piece in here)
    if honest and not lost_by_own_words and honest >= accusing and fraud < limits.honest_rule:
        return Verdict.CLEAR
    if accusing and fraud >= (limits.scam_with_sure_rule if accusing >= _SUREST_RULE else limits.scam_with_rule):
        return Verdict.SCAM
    alone, supported = (limits.scam if points else limits.scam_without_evidence), limits.scam_with_evidence
    if kind == "message":
        alone, supported = max(alone, limits.scam_message), limits.scam_message_with_evidence
    if fraud >= alone or (fraud >= supported and points >= 2):
        # Who only got to know somebody has not been asked for anything yet.
        told_more = length > SHORT or accusing or any(_demands(piece) for piece in here)
        return Verdict.SCAM if told_more else Verdict.CAUTION
    if own_stage in LOST and (
        fraud >= limits.caution_when_urgent or accusing or lost_by_own_words or only_a_loss(here, length)
    ):
        return Verdict.SCAM if situation.verdict is Verdict.SCAM else Verdict.CAUTION
    bounds = limits.caution if points else limits.caution_without_evidence
    if fraud >= bounds[kind] or (fraud >= limits.caution_with_evidence and points >= 2):
        return Verdict.CAUTION
    if fraud >= limits.caution_with_rule and (accusing or doubting):
        return Verdict.CAUTION
    if accusing >= _SUREST_RULE and not honest and length >= _LONG:
        return Verdict.CAUTION
    decisive = any(piece.item.strength == "decisive" for piece in here)
    if too_little(here, length) and (fraud >= limits.too_little or doubts or decisive) and not honest:
        return Verdict.CAUTION
    if situation.verdict in (Verdict.SCAM, Verdict.CAUTION) and scores.talk < limits.talk:
        return situation.verdict
    if scores.talk >= (limits.talk if here else limits.talk_without_evidence):
        return None
    return Verdict.CLEAR


def _demands(piece: Evidence) -> bool:
    """Whether it tells of something wanted or done: "your card has a problem" is no demand yet."""
    group = piece.item.group
    return group in _DEMANDING and not (group == _PRESSURE and piece.item.strength == "weak")


def too_little(here: Sequence[Evidence], length: int) -> bool:
    """A short text that says who came or what they want and nothing else: the deciding thing is missing."""
    return length <= SHORT and any(piece.item.group in _BEGINNINGS for piece in here)


def is_vague(here: Sequence[Evidence], length: int) -> bool:
    """Whether it has yet to be asked what somebody wants: nobody's demand was told, nor anything done."""
    if any(piece.item.group in _DEMANDING for piece in here):
        return False
    return length <= SINGLE_WORD or too_little(here, length)


def only_a_loss(here: Sequence[Evidence], length: int) -> bool:
    """A few words that say no more than that something was given away: who says that here has not paid a bill."""
    groups = {piece.item.group for piece in here}
    return length <= _FEW and "actions" in groups and groups <= {"actions", "context"}
