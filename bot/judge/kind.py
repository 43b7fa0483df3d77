"""Which kind of fraud it is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evidence.items import Evidence
from bot.identifiers import ScamType, Verdict
from bot.judge.classifier import Scores
from bot.judge.rules import SURE_RULE, Rule
from bot.judge.situation import Situation
from bot.judge.stage import SHORT

# Below this probability, the type of a loss told without its story is a guess.
_GUESSED_TYPE = 0.5
_UNKNOWN_TYPE, _LIKELY_TYPE = 0.22, 0.45
# What a piece of evidence, a rule (per point of weight) and the story so far add to the classifier's probability.
_EVIDENCE_VOTE, _RULE_VOTE, _STORY_VOTE = 0.01, 0.02, 0.35


def likeliest_type(firing: Sequence[Rule], here: Sequence[Evidence], scores: Scores, situation: Situation) -> ScamType:
    """The kind of fraud by classifier, evidence, rules and what was told before."""
    votes: dict[ScamType, float] = dict(scores.types)
    for piece in here:
        for scam_type, weight in piece.item.types.items():
            votes[scam_type] = votes.get(scam_type, 0.0) + _EVIDENCE_VOTE * weight
    for rule in firing:
        if rule.type not in (None, ScamType.OTHER) and rule.verdict is Verdict.SCAM:
            votes[rule.type] = votes.get(rule.type, 0.0) + _RULE_VOTE * rule.weight
    if situation.scam_type is not None:
        votes[situation.scam_type] = votes.get(situation.scam_type, 0.0) + _STORY_VOTE
    likeliest = max(votes, key=lambda scam_type: votes[scam_type])
    named = {rule.type for rule in firing if rule.verdict is Verdict.SCAM and rule.weight >= SURE_RULE}
    if named == {ScamType.OTHER} and votes[likeliest] < _LIKELY_TYPE:
        return ScamType.OTHER
    # A kind that is only guessed would bring advice that has nothing to do with what was told.
    return likeliest if votes[likeliest] >= _UNKNOWN_TYPE else ScamType.OTHER


def only_the_loss(here: Sequence[Evidence], scores: Scores, situation: Situation, length: int) -> bool:
    """A short text that only tells that money or data are gone: whose doing it was, nobody has said."""
    groups = {piece.item.group for piece in here}
    guessed = max(scores.types.values()) < _GUESSED_TYPE
    return situation.scam_type is None and length <= SHORT and guessed and groups <= {"actions", "context"}
