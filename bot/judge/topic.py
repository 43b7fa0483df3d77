"""Whether a text goes on with the story so far or tells of another matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.identifiers import ScamType, Verdict
from bot.judge.classifier import Scores
from bot.judge.rules import SURE_RULE, Rule
from bot.judge.situation import Situation

# "另外一件事": evidence by which the resident says so herself.
_SAYS_SO = "context_another_matter"
# "他又说…": who was told of goes on.
_GOES_ON = "context_goes_on"
_SURELY_FRAUD, _HARDLY_FRAUD = 0.8, 0.2
_OTHER_TYPE = 0.5
_INTRODUCES = ("channel_", "claims_", "msg_")


def is_another_matter(situation: Situation, groups: Mapping[str, str], scores: Scores, firing: Sequence[Rule]) -> bool:
    """Whether a text, seen by itself, belongs to no part of the story.

    It does not when the resident says so, when it is an honest message read out from beginning to end, or when
    it brings in a caller or channel of its own and is surely a fraud of another type.

    Args:
        situation: the story so far.
        groups: the text's own evidence (id → group).
        scores: the text's own.
        firing: the rules that fire on the text's own evidence.
    """
    if not situation.active or _GOES_ON in groups:
        return False
    if _SAYS_SO in groups:
        return True
    new = [name for name in groups if name.startswith(_INTRODUCES) and name not in situation.evidence]
    if not new:
        return False
    honest = max(scores.honest, key=lambda name: scores.honest[name])
    if honest == "message" and scores.fraud < _HARDLY_FRAUD:
        return any(rule.verdict is Verdict.CLEAR and rule.weight >= SURE_RULE for rule in firing)
    likeliest: ScamType = max(scores.types, key=lambda scam_type: scores.types[scam_type])
    return (
        situation.scam_type not in (None, ScamType.OTHER, likeliest)
        and scores.fraud >= _SURELY_FRAUD
        and scores.types[likeliest] >= _OTHER_TYPE
        and any(rule.verdict is Verdict.SCAM and rule.type is likeliest for rule in firing)
    )
