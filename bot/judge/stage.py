"""How far a fraud has gone: by one text, and by the story so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.evidence.items import Evidence
from bot.identifiers import Stage
from bot.judge.classifier import Scores
from bot.judge.deeds import DENIALS, GIVEN, GOING_ON, OFFERS_BACK, ONLY_DENIED, PAST_DEED, WANTS_BACK
from bot.judge.situation import Situation, higher
from bot.judge.thresholds import Thresholds

_PREFIXES = (("paid_", Stage.PAID), ("in_progress_", Stage.IN_PROGRESS), ("leaked_", Stage.LEAKED))
LOST = (Stage.PAID, Stage.IN_PROGRESS, Stage.LEAKED)
# A text this short (characters) that names a caller or a demand has not said enough to be called clear.
SHORT = 30
# Evidence that money came in: nobody has lost it.
_RECEIVED = "context_money_received"
_DOUBTED = 0.6


def stages_named(names: Iterable[str]) -> frozenset[Stage]:
    """The stages that evidence with these ids tells of; none for evidence of another kind."""
    return frozenset(stage for name in names for prefix, stage in _PREFIXES if name.startswith(prefix))


def told_stage(evidence: Sequence[Evidence]) -> Stage:
    """How far it has gone by the words that staff listed; ``unknown`` when none of them was said."""
    stage = Stage.UNKNOWN
    for told in _told_stages(evidence):
        stage = higher(stage, told)
    return stage


def _told_stages(evidence: Sequence[Evidence]) -> frozenset[Stage]:
    return stages_named(piece.id for piece in evidence if not piece.negated and not piece.hypothetical)


def stage_of(
    text: str, evidence: Sequence[Evidence], deeds: Collection[str], scores: Scores, thresholds: Thresholds
) -> Stage:
    """How far it has gone by what was said in ``text``; ``unknown`` when nothing has been given yet.

    Words that staff listed and the trained model decide together. Money gone weighs more than data given away:
    where both are told, 110 comes first.
    """
    weights = dict(scores.stages)
    weights[Stage.LEAKED] = weights.get(Stage.LEAKED, 0.0) * thresholds.stage_leaked
    told = told_stage(evidence)
    if told is not Stage.UNKNOWN:
        # "卡号密码都给他了，一分没转": the model tells which of the two was done.
        also = {Stage.LEAKED} if DENIALS & set(deeds) else set()
        for stage in _told_stages(evidence) & {told, *also}:
            weights[stage] = weights.get(stage, 0.0) + thresholds.stage_told
        # What was said in so many words outweighs a model that only knows how such stories go on.
        weights[Stage.UNPAID] = weights.get(Stage.UNPAID, 0.0) * _DOUBTED
    elif any(piece.item.group in ("asks", "pressure") and not piece.negated for piece in evidence):
        # What somebody demands is not done yet, least of all in a short text without a word for "done".
        only_asked = len(text) <= SHORT and not any(mark in text for mark in thresholds.deed_marks)
        only_asked = only_asked and GOING_ON not in deeds
        added = thresholds.stage_only_asked if only_asked else thresholds.stage_asked
        weights[Stage.UNPAID] = weights.get(Stage.UNPAID, 0.0) + added
    if told is Stage.UNKNOWN and any(piece.id == _RECEIVED for piece in evidence):
        weights[Stage.UNPAID] = weights.get(Stage.UNPAID, 0.0) + thresholds.stage_only_asked
    # Who is offered to get an old loss back has not lost anything to that offer yet.
    nothing_new = ONLY_DENIED in deeds or (OFFERS_BACK in deeds and GIVEN not in deeds)
    if told is Stage.UNKNOWN and nothing_new:
        weights[Stage.UNPAID] = weights.get(Stage.UNPAID, 0.0) + thresholds.stage_denied
    wanted = thresholds.stage_wants_back if {PAST_DEED, WANTS_BACK} <= set(deeds) else 0.0
    weights[Stage.PAID] = weights.get(Stage.PAID, 0.0) + thresholds.stage_in_doubt + wanted
    likeliest = max(weights, key=lambda stage: weights[stage])
    return likeliest if likeliest in LOST else Stage.UNKNOWN


def grown_stage(situation: Situation, own: Stage, denied: Collection[str], nothing_given: bool) -> Stage:
    """The stage only rises, unless the resident takes back the very thing that was told ("没有转").

    What was told in no listed words but guessed from the whole gives way to anybody who says that nothing was
    given.
    """
    if nothing_given and not stages_named(situation.evidence):
        return Stage.UNPAID
    taken_back = stages_named(name for name in denied if name in situation.evidence)
    if own is Stage.UNKNOWN and situation.stage in taken_back:
        return Stage.UNPAID
    return higher(situation.stage, own)
