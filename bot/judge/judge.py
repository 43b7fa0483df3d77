"""The judge: turns what one text says, and the conversation so far, into the contract's assessment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.evidence.items import Evidence
from bot.fold import is_hanzi
from bot.identifiers import ScamType, Stage, Verdict
from bot.judge.classifier import Scores
from bot.judge.rules import Rule, present_names
from bot.judge.situation import Situation, higher
from bot.knowledge import Knowledge
from bot.turn import Assessment, RedFlag
from bot.understanding import Understanding
from bot.yaml_source import load_yaml

_STRENGTH_POINTS = {"none": 0, "weak": 1, "strong": 2, "decisive": 4}
_STAGE_PREFIXES = (("paid_", Stage.PAID), ("in_progress_", Stage.IN_PROGRESS), ("leaked_", Stage.LEAKED))
_URGENT = (Stage.PAID, Stage.IN_PROGRESS, Stage.LEAKED)
_MAX_FLAGS = 6
_LEAST_HANZI, _NUMERALS = 2, frozenset("零一二三四五六七八九十百千万亿两幺元块")
# Below this probability, the type of a loss told without its story is a guess.
_GUESSED_TYPE = 0.3
# The weight of rules that leave no doubt: "安全账户", a code asked for by a stranger.
_SUREST_RULE = 5
# Evidence that only says "I said that wrong" or "not done": no sign of honest contact by itself.
_CORRECTING, _SURE_RULE = ("context_correction", "context_stopped"), 4
# What a resident says who only has a feeling: there is a situation, and nothing told of it yet.
_DOUBT = "claims_suspicious"
# A text this short (characters) that names a caller or a demand has not said enough to be called clear.
_SHORT, _BEGINNINGS = 30, ("claims", "asks", "pressure")
# What a piece of evidence and a rule add to the classifier's probability of a type, per point of weight.
_EVIDENCE_VOTE, _RULE_VOTE = 0.01, 0.02


@dataclass(frozen=True)
class Thresholds:
    """Where verdicts begin; probabilities between 0 and 1. From ``data/knowledge/judge.yml``, which explains each."""

    scam: float
    scam_with_evidence: float
    scam_message: float
    scam_message_with_evidence: float
    scam_with_rule: float
    scam_with_sure_rule: float
    scam_without_evidence: float
    caution: Mapping[str, float]
    caution_without_evidence: Mapping[str, float]
    caution_with_rule: float
    caution_with_evidence: float
    caution_when_urgent: float
    too_little: float
    talk: float
    talk_without_evidence: float
    honest_rule: float
    stage_told: float
    stage_leaked: float
    stage_asked: float


@dataclass(frozen=True)
class Judgement:
    """A verdict with what led to it. ``kind`` tells honest texts apart: talk, legit_situation, message, publicity."""

    assessment: Assessment | None
    situation: Situation
    kind: str
    reasons: tuple[str, ...]
    scores: Scores
    corrected: bool = False
    rules: tuple[str, ...] = ()
    own_stage: Stage = Stage.UNKNOWN
    own_verdict_is_scam: bool = False
    own_evidence: bool = False
    vague: bool = False


def load_thresholds(path: Path) -> Thresholds:
    """Read the thresholds; a missing or unknown key is a TypeError."""
    return Thresholds(**load_yaml(path)["thresholds"])


def told_stage(evidence: Sequence[Evidence]) -> Stage:
    """How far it has gone by the words that staff listed; ``unknown`` when none of them was said."""
    stage = Stage.UNKNOWN
    for piece in evidence:
        if not piece.negated and not piece.hypothetical:
            for prefix, value in _STAGE_PREFIXES:
                if piece.id.startswith(prefix):
                    stage = higher(stage, value)
    return stage


def stage_of(evidence: Sequence[Evidence], scores: Scores, thresholds: Thresholds) -> Stage:
    """How far it has gone by what was said; ``unknown`` when nothing has been given yet.

    Words that staff listed and the trained model decide together. Money gone weighs more than data given away:
    where both are told, 110 comes first.
    """
    weights = dict(scores.stages)
    weights[Stage.LEAKED] = weights.get(Stage.LEAKED, 0.0) * thresholds.stage_leaked
    told = told_stage(evidence)
    if told is not Stage.UNKNOWN:
        weights[told] = weights.get(told, 0.0) + thresholds.stage_told
    elif any(piece.item.group in ("asks", "pressure") and not piece.negated for piece in evidence):
        # What somebody demands is not done yet, as long as nobody says that it is.
        weights[Stage.UNPAID] = weights.get(Stage.UNPAID, 0.0) + thresholds.stage_asked
    likeliest = max(weights, key=lambda stage: weights[stage])
    return likeliest if likeliest in _URGENT else Stage.UNKNOWN


def _says_nothing(text: str) -> bool:
    """A number, an amount, a single word: whatever the classifier makes of it, nothing has been told."""
    return sum(is_hanzi(character) and character not in _NUMERALS for character in text) < _LEAST_HANZI


class Judge:
    """Judges texts. ``rules`` and ``knowledge`` are content; nothing here knows a scam by name."""

    def __init__(self, rules: Sequence[Rule], knowledge: Knowledge, thresholds: Thresholds) -> None:
        self._rules = tuple(rules)
        self._knowledge = knowledge
        self._thresholds = thresholds

    def judge(self, heard: Understanding, situation: Situation, *, joined: Scores | None = None) -> Judgement:
        """Judge one text in the light of the situation so far.

        Args:
            heard: the text understood.
            situation: what was told before; a fresh one for a single message.
            joined: scores of the whole story, this text included; ``None`` when this text stands alone.
        """
        here = [piece for piece in heard.evidence if not piece.negated]
        groups = {piece.id: piece.item.group for piece in here}
        denied = {piece.id for piece in heard.evidence if piece.negated}
        corrected = situation.active and "context_correction" in groups
        if corrected:
            situation, joined = self._corrected(situation, groups), None
        remembered = [name for name in situation.evidence if name not in denied]
        firing = self._firing(present_names(groups) | set(remembered))
        scores = heard.scores if joined is None or heard.scores.fraud >= joined.fraud else joined
        own_stage = stage_of(heard.evidence, heard.scores, self._thresholds)
        plain_talk = situation.active and not here and heard.scores.talk >= self._thresholds.talk
        length = len(heard.folded.text)
        verdict = None if plain_talk else self._verdict(firing, here, scores, situation, own_stage, length)
        if not situation.active and not here and _says_nothing(heard.folded.text):
            verdict = None
        if verdict in (None, Verdict.CLEAR):
            own_stage = Stage.UNKNOWN  # money that went where it should: nothing has happened
        stage = self._stage(situation, own_stage, denied)
        if verdict is None:
            return Judgement(None, situation, "talk", (), scores, corrected, own_stage=own_stage)
        vague = verdict is Verdict.CAUTION and heard.scores.fraud < self._thresholds.caution_with_rule
        vague = vague and situation.scam_type is None and self._too_little(here, length)
        scam_type = None if verdict is Verdict.CLEAR else self._type(firing, here, scores, situation)
        if vague or (scam_type is not None and self._only_the_loss(here, scores, situation, length)):
            scam_type = ScamType.OTHER
        if stage is Stage.UNKNOWN and verdict is not Verdict.CLEAR:
            stage = Stage.UNPAID
        kind = max(scores.honest, key=lambda name: scores.honest[name])
        assessment = Assessment(
            verdict=verdict,
            scam_type=scam_type,
            stage=stage,
            red_flags=() if verdict is Verdict.CLEAR else self._flags(here),
            hotlines=self._hotlines(scam_type, stage, verdict),
            advice=self._advice(scam_type, stage, verdict),
            confidence=round(scores.fraud, 3),
        )
        grown = replace(
            situation,
            text=situation.joined(heard.mandarin.text),
            evidence=tuple(dict.fromkeys([*remembered, *groups])),
            verdict=verdict,
            scam_type=scam_type,
            stage=stage,
            turns=situation.turns + 1,
        )
        reasons = tuple(dict.fromkeys(rule.why for rule in firing if rule.why and rule.verdict is verdict))
        return Judgement(
            assessment,
            grown,
            kind,
            reasons,
            scores,
            corrected,
            tuple(rule.id for rule in firing),
            own_stage,
            verdict is Verdict.SCAM and heard.scores.fraud >= self._thresholds.scam_with_rule,
            bool(here) or heard.scores.fraud >= self._thresholds.caution["talk"],
            vague,
        )

    def _corrected(self, situation: Situation, groups: Mapping[str, str]) -> Situation:
        """What is left after "I said that wrong": nothing where the new words tell of honest contact.

        Else only what had happened is taken back ("钱还没有转"); who called and what they want stays.
        """
        told = {name: group for name, group in groups.items() if not name.startswith(_CORRECTING)}
        honest = any(name in told for name in ("context_in_person", "context_family_ordinary")) or any(
            rule.verdict is Verdict.CLEAR and rule.weight >= _SURE_RULE for rule in self._firing(present_names(told))
        )
        return Situation() if honest else replace(situation, stage=Stage.UNPAID)

    def emergency(self, judgement: Judgement) -> Judgement:
        """The judgement of somebody who says that it is real and now: never less than urgent, 110 first."""
        found = judgement.assessment
        if found is not None and found.stage in (Stage.PAID, Stage.IN_PROGRESS):
            return judgement
        scam_type = (found.scam_type if found else None) or ScamType.OTHER
        verdict = Verdict.SCAM if found is not None and found.verdict is Verdict.SCAM else Verdict.CAUTION
        stage = Stage.IN_PROGRESS
        assessment = Assessment(
            verdict,
            scam_type,
            stage,
            found.red_flags if found else (),
            self._hotlines(scam_type, stage, verdict),
            self._advice(scam_type, stage, verdict),
            judgement.scores.fraud,
        )
        situation = replace(
            judgement.situation,
            verdict=verdict,
            scam_type=scam_type,
            stage=stage,
            turns=judgement.situation.turns + 1,
        )
        return replace(judgement, assessment=assessment, situation=situation)

    def _firing(self, present: Collection[str]) -> list[Rule]:
        return sorted((rule for rule in self._rules if rule.fires(present)), key=lambda rule: -rule.weight)

    def _verdict(
        self,
        firing: Sequence[Rule],
        here: Sequence[Evidence],
        scores: Scores,
        situation: Situation,
        own_stage: Stage,
        length: int,
    ) -> Verdict | None:
        limits = self._thresholds
        points = sum(_STRENGTH_POINTS[piece.item.strength] for piece in here)
        honest, accusing, doubting = (
            max((rule.weight for rule in firing if rule.verdict is verdict), default=0)
            for verdict in (Verdict.CLEAR, Verdict.SCAM, Verdict.CAUTION)
        )
        fraud = scores.fraud
        doubts = any(piece.id == _DOUBT for piece in here)
        kind = max(scores.honest, key=lambda name: scores.honest[name])
        if honest and honest >= accusing and fraud < limits.honest_rule:
            return Verdict.CLEAR
        if accusing and fraud >= (limits.scam_with_sure_rule if accusing >= _SUREST_RULE else limits.scam_with_rule):
            return Verdict.SCAM
        alone, supported = (limits.scam if points else limits.scam_without_evidence), limits.scam_with_evidence
        if kind == "message":
            alone, supported = max(alone, limits.scam_message), limits.scam_message_with_evidence
        if fraud >= alone or (fraud >= supported and points >= 2):
            return Verdict.SCAM
        if own_stage in _URGENT and (fraud >= limits.caution_when_urgent or accusing):
            return Verdict.SCAM if situation.verdict is Verdict.SCAM else Verdict.CAUTION
        bounds = limits.caution if points else limits.caution_without_evidence
        if fraud >= bounds[kind] or (fraud >= limits.caution_with_evidence and points >= 2):
            return Verdict.CAUTION
        if fraud >= limits.caution_with_rule and (accusing or doubting):
            return Verdict.CAUTION
        if self._too_little(here, length) and (fraud >= limits.too_little or doubts) and not honest:
            return Verdict.CAUTION
        if situation.verdict in (Verdict.SCAM, Verdict.CAUTION) and scores.talk < limits.talk:
            return situation.verdict
        if scores.talk >= (limits.talk if here else limits.talk_without_evidence):
            return None
        return Verdict.CLEAR

    @staticmethod
    def _too_little(here: Sequence[Evidence], length: int) -> bool:
        """A short text that says who came or what they want and nothing else: the deciding thing is missing."""
        return length <= _SHORT and any(piece.item.group in _BEGINNINGS for piece in here)

    @staticmethod
    def _only_the_loss(here: Sequence[Evidence], scores: Scores, situation: Situation, length: int) -> bool:
        """A short text that only tells that money or data are gone: whose doing it was, nobody has said."""
        groups = {piece.item.group for piece in here}
        guessed = max(scores.types.values()) < _GUESSED_TYPE
        return situation.scam_type is None and length <= _SHORT and guessed and groups <= {"actions", "context"}

    def _type(self, firing: Sequence[Rule], here: Sequence[Evidence], scores: Scores, situation: Situation) -> ScamType:
        votes: dict[ScamType, float] = dict(scores.types)
        for piece in here:
            for scam_type, weight in piece.item.types.items():
                votes[scam_type] = votes.get(scam_type, 0.0) + _EVIDENCE_VOTE * weight
        for rule in firing:
            if rule.type not in (None, ScamType.OTHER) and rule.verdict is Verdict.SCAM:
                votes[rule.type] = votes.get(rule.type, 0.0) + _RULE_VOTE * rule.weight
        if situation.scam_type is not None:
            votes[situation.scam_type] = votes.get(situation.scam_type, 0.0) + 0.35
        return max(votes, key=lambda scam_type: votes[scam_type])

    @staticmethod
    def _stage(situation: Situation, own: Stage, denied: Collection[str]) -> Stage:
        """The stage only rises, unless the resident takes back the very thing that was told ("没有转")."""
        denied_again = [name for name in denied if name in situation.evidence]
        taken_back = {stage for prefix, stage in _STAGE_PREFIXES if any(n.startswith(prefix) for n in denied_again)}
        if own is Stage.UNKNOWN and situation.stage in taken_back:
            return Stage.UNPAID
        return higher(situation.stage, own)

    def _flags(self, here: Sequence[Evidence]) -> tuple[RedFlag, ...]:
        shown = [piece for piece in here if piece.item.strength != "none" and piece.item.label]
        shown.sort(key=lambda piece: -_STRENGTH_POINTS[piece.item.strength])
        flags: list[RedFlag] = []
        labels: set[str] = set()
        for piece in shown:
            if piece.item.label not in labels and len(flags) < _MAX_FLAGS:
                labels.add(piece.item.label)
                flags.append(RedFlag(piece.id, piece.item.label, piece.text, piece.start, piece.end))
        return tuple(flags)

    def _hotlines(self, scam_type: ScamType | None, stage: Stage, verdict: Verdict) -> tuple[str, ...]:
        special: Mapping[Stage, tuple[str, ...]] = {}
        if scam_type is not None and stage in (Stage.UNPAID, Stage.UNKNOWN):
            special = self._knowledge.types[scam_type].hotlines
        keys = special.get(stage) or self._knowledge.stages[stage].hotlines
        return self._knowledge.numbers(tuple(keys))

    def _advice(self, scam_type: ScamType | None, stage: Stage, verdict: Verdict) -> tuple[str, ...]:
        if verdict is Verdict.CLEAR:
            texts: list[str] = list(self._knowledge.stages[Stage.UNKNOWN].advice)
        else:
            texts = []
            if scam_type is not None:
                knowledge = self._knowledge.types[scam_type]
                step = knowledge.step.get(stage)
                texts = ([step] if step else []) + list(knowledge.advice.get(stage, ()))
            if stage in (Stage.PAID, Stage.IN_PROGRESS, Stage.LEAKED):
                texts = [self._knowledge.stages[stage].step, *texts, *self._knowledge.stages[stage].advice]
        return tuple(dict.fromkeys(self._knowledge.fill(text) for text in texts))[:5]
