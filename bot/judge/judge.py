"""The judge: turns what one text says, and the conversation so far, into the contract's assessment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.evidence.items import Evidence
from bot.fold import is_hanzi
from bot.identifiers import ScamType, Stage, Verdict
from bot.judge.classifier import Scores
from bot.judge.deeds import DEMANDED, DISSUADED, GIVEN, WANTS_BACK
from bot.judge.kind import likeliest_type, only_the_loss
from bot.judge.rules import SURE_RULE, Rule, present_names
from bot.judge.situation import CALLS, Situation, higher
from bot.judge.stage import LOST, SHORT, grown_stage, stage_of, stages_named, told_stage
from bot.judge.thresholds import Thresholds
from bot.judge.topic import is_another_matter
from bot.judge.verdict import MESSAGES, SINGLE_WORD, STRENGTH_POINTS, is_vague, verdict_of
from bot.knowledge import Knowledge
from bot.turn import Assessment, RedFlag
from bot.understanding import Understanding

_MAX_FLAGS = 6
_LEAST_HANZI, _NUMERALS = 2, frozenset("零一二三四五六七八九十百千万亿两幺元块")
# Evidence that only says "I said that wrong" or "not done": no sign of honest contact by itself.
_AROUND = ("context_", "channel_")
_UNDONE = "context_stopped"
_NOT_GIVEN = "context_nothing_given"
# What may turn a fraud that was told into an honest matter: somebody was asked, or stands there.
_CHECKED = (
    "context_verified_official",
    "context_called_back_known",
    "context_in_person",
    "context_negated_scam",
    "context_real_agency_visit",
    "context_another_matter",
)
_CORRECTING = ("context_correction", "context_stopped")
# What may stand beside "I have called 110" without telling anything else of the matter: "the officers come at once".
_BESIDE_A_CALL = ("context", "channels", "claims")
_HASTE = "pressure_urgent"


@dataclass(frozen=True)
class Judgement:
    """A verdict with what led to it.

    ``kind`` tells honest texts apart: talk, legit_situation, message, publicity. ``reasons`` are those of the rules
    that fired, the weightiest first. ``news``: the text told something that had not been told before;
    ``nothing_given``: it said that what he wants was not given. ``told_here`` are the ids of its own evidence.
    ``called``: it said that 110 or the bank was called, and nothing else of the matter.
    """

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
    news: bool = True
    nothing_given: bool = False
    told_here: tuple[str, ...] = ()
    called: bool = False


def _says_nothing(text: str) -> bool:
    """A number, an amount, a single word: whatever the classifier makes of it, nothing has been told."""
    return sum(is_hanzi(character) and character not in _NUMERALS for character in text) < _LEAST_HANZI


def _made_herself(piece: Evidence, text: str) -> bool:
    """Whether a call was made, and not received: 96110打过来 holds 110打过."""
    before, after = text[: piece.start][-1:], text[piece.end :][:1]
    return not piece.hypothetical and not before.isdigit() and after != "来"


def _beside_a_call(piece: Evidence) -> bool:
    return piece.item.group in _BESIDE_A_CALL or piece.id == _HASTE


def _reasons(firing: Sequence[Rule], verdict: Verdict) -> tuple[str, ...]:
    """Why, by the rules that speak for the verdict, the weightiest first."""
    return tuple(dict.fromkeys(rule.why for rule in firing if rule.why and rule.verdict is verdict))


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
        told = [piece for piece in heard.evidence if not piece.negated]
        here = [piece for piece in told if piece.item.judged]
        groups = {piece.id: piece.item.group for piece in here}
        denied = {piece.id for piece in heard.evidence if piece.negated}
        if is_another_matter(situation, groups, heard.scores, self._firing(present_names(groups))):
            situation, joined = situation.left_behind(), None
        corrected = situation.active and "context_correction" in groups
        if corrected:
            left = self._corrected(situation, groups, denied)
            situation, joined = left, (joined if left is situation else None)
        made = {piece.id for piece in told if piece.id in CALLS and _made_herself(piece, heard.text)}
        situation = situation.with_calls(made)
        if made and not corrected and GIVEN not in heard.deeds and all(map(_beside_a_call, here)):
            return self._called(situation, heard, tuple(piece.id for piece in told))
        remembered = [name for name in situation.evidence if name not in denied]
        firing = self._firing(present_names(groups) | set(remembered))
        scores = heard.scores if joined is None or heard.scores.fraud >= joined.fraud else joined
        undone = corrected and joined is None
        own_stage = self._own_stage(heard, firing, groups, undone=undone)
        length = len(heard.folded.text)
        verdict: Verdict | None = None
        if not (situation.active and not here and heard.scores.talk >= self._thresholds.talk):  # else plain talk
            bereft = WANTS_BACK in heard.deeds or DISSUADED in heard.deeds
            verdict = verdict_of(
                firing, here, scores, situation, own_stage, length, self._thresholds,
                bereft=bereft, demanded=DEMANDED in heard.deeds,
            )  # fmt: skip
        nothing_given = own_stage not in LOST and (_NOT_GIVEN in groups or bool(stages_named(denied)))
        verdict = self._settled(verdict, here, situation, undone or nothing_given, corrected, heard.folded.text)
        if verdict in (None, Verdict.CLEAR):
            own_stage = Stage.UNKNOWN  # money that went where it should: nothing has happened
        stage = grown_stage(situation, own_stage, denied, nothing_given)
        if verdict is None:
            return Judgement(None, situation, "talk", (), scores, corrected, own_stage=own_stage)
        vague = verdict is Verdict.CAUTION and situation.scam_type in (None, ScamType.OTHER) and is_vague(here, length)
        untold = situation.scam_type is None and heard.scores.fraud < self._thresholds.caution_with_rule
        vague = vague and (length <= SINGLE_WORD or untold) and own_stage not in LOST
        scam_type = None if verdict is Verdict.CLEAR else likeliest_type(firing, here, scores, situation)
        if vague or (scam_type is not None and only_the_loss(here, scores, situation, length)):
            scam_type = ScamType.OTHER
        if stage is Stage.UNKNOWN and verdict is not Verdict.CLEAR:
            stage = Stage.UNPAID
        kind = max(scores.honest, key=lambda name: scores.honest[name])
        grown = replace(
            situation,
            text=situation.joined(heard.mandarin.text),
            evidence=tuple(dict.fromkeys([*remembered, *(piece.id for piece in told)])),
            verdict=verdict,
            scam_type=scam_type,
            stage=stage,
            turns=situation.turns + 1,
            pending="",
        )
        flags = () if verdict is Verdict.CLEAR else self._flags(here)
        return Judgement(
            self._assessment(grown, verdict, flags, scores.fraud),
            grown,
            kind,
            _reasons(firing, verdict),
            scores,
            corrected,
            tuple(rule.id for rule in firing),
            own_stage,
            verdict is Verdict.SCAM and heard.scores.fraud >= self._thresholds.scam_with_rule,
            bool(here) or heard.scores.fraud >= self._thresholds.own_situation,
            vague,
            not situation.active or self._is_new(heard, groups, situation),
            nothing_given,
            tuple(piece.id for piece in told),
        )

    def _called(self, situation: Situation, heard: Understanding, told: tuple[str, ...]) -> Judgement:
        """The judgement as it stood before, once a call was made; nothing to judge where nothing was told."""
        assessment = None
        if situation.warned:
            assessment = self._assessment(situation, situation.verdict or Verdict.CAUTION, (), heard.scores.fraud)
        return Judgement(assessment, situation, "talk", (), heard.scores, news=False, told_here=told, called=True)

    def _own_stage(
        self, heard: Understanding, firing: Sequence[Rule], groups: Mapping[str, str], *, undone: bool
    ) -> Stage:
        """How far it has gone by this text alone, and by the rules that it completes."""
        if _says_nothing(heard.folded.text):
            return Stage.UNKNOWN  # an amount alone may be what he asks for
        # Who takes a deed back has not just done another one, unless he says so in listed words.
        stage = (
            told_stage(heard.evidence)
            if undone
            else stage_of(heard.mandarin.text, heard.evidence, heard.deeds, heard.scores, self._thresholds)
        )
        for rule in firing:
            if rule.stage is not None and groups.keys() & set(rule.names()):
                stage = higher(stage, rule.stage)
        return stage

    @staticmethod
    def _settled(
        verdict: Verdict | None,
        here: Sequence[Evidence],
        situation: Situation,
        taken_back: bool,
        corrected: bool,
        text: str,
    ) -> Verdict | None:
        """The verdict on this text in the light of that on the story before."""
        if taken_back and situation.active and verdict in (None, Verdict.CLEAR):
            verdict = situation.verdict
        if verdict is Verdict.CAUTION and situation.verdict is Verdict.SCAM and not corrected:
            verdict = Verdict.SCAM  # more of the same story makes it no less of a fraud
        checked = corrected or any(piece.id in _CHECKED for piece in here)
        if verdict is Verdict.CLEAR and situation.verdict is Verdict.SCAM and not checked:
            verdict = Verdict.SCAM  # who bought the ticket says nothing about who rang
        if not situation.active and not here and _says_nothing(text):
            verdict = None
        if verdict is None and any(piece.item.group == MESSAGES for piece in here):
            verdict = Verdict.CLEAR  # whatever it talks of, it was written to her and read out
        return verdict

    def _is_new(self, heard: Understanding, groups: Mapping[str, str], situation: Situation) -> bool:
        """Whether a text tells what was not told before, and does not only ask again or say how it came about."""
        if not {name for name in groups if not name.startswith(_AROUND)} <= set(situation.evidence):
            return True
        suspicious = heard.scores.fraud >= self._thresholds.caution_with_evidence
        return suspicious and heard.mandarin.text not in situation.text

    def _corrected(self, situation: Situation, groups: Mapping[str, str], denied: Collection[str]) -> Situation:
        """What is left after "I said that wrong": nothing where the new words tell of honest contact.

        Where a deed is denied ("钱还没有转"), only what had happened is taken back; who called and what they want
        stays. Anything else ("讲错了，是两千块") corrects a detail and takes nothing back.
        """
        told = {name: group for name, group in groups.items() if not name.startswith(_CORRECTING)}
        honest = any(name in told for name in ("context_in_person", "context_family_ordinary")) or any(
            rule.verdict is Verdict.CLEAR and rule.weight >= SURE_RULE for rule in self._firing(present_names(told))
        )
        if honest:
            return Situation(open_stage=situation.open_stage)
        undone = _UNDONE in groups or bool(stages_named(denied))
        return replace(situation, stage=Stage.UNPAID) if undone else situation

    def answered(self, situation: Situation, told: str, group: str, scores: Scores) -> Judgement:
        """The judgement once a question was answered with yes.

        Args:
            situation: the story so far.
            told: the evidence that the yes gives, and its ``group``.
            scores: of the story with that evidence.
        """
        evidence = tuple(dict.fromkeys([*situation.evidence, told]))
        firing = self._firing(frozenset(evidence) | {group})
        own = next(iter(stages_named([told])), Stage.UNKNOWN)
        verdict = verdict_of(firing, (), scores, situation, own, SHORT + 1, self._thresholds)
        verdict = Verdict.SCAM if verdict is Verdict.SCAM else Verdict.CAUTION  # a yes makes it no better
        if situation.verdict is Verdict.SCAM:
            verdict = Verdict.SCAM
        scam_type = likeliest_type(firing, (), scores, situation)
        stage = higher(higher(situation.stage, own), Stage.UNPAID)
        grown = replace(
            situation, evidence=evidence, verdict=verdict, scam_type=scam_type, stage=stage,
            turns=situation.turns + 1, pending="",
        )  # fmt: skip
        assessment = self._assessment(grown, verdict, (), scores.fraud)
        return Judgement(assessment, grown, "legit_situation", _reasons(firing, verdict), scores, own_stage=own)

    def standing(self, situation: Situation) -> Judgement:
        """The judgement as it stands, when an answer changed nothing; its question has been answered."""
        left = replace(situation, pending="")
        assessment = self._assessment(left, situation.verdict or Verdict.CAUTION, (), 0.0)
        scores = Scores(0.0, {}, {"talk": 0.0}, {})
        return Judgement(assessment, left, "legit_situation", (), scores, news=False)

    def emergency(self, judgement: Judgement) -> Judgement:
        """The judgement of somebody who says that it is real and now: never less than urgent, 110 first."""
        found = judgement.assessment
        if found is not None and found.stage in (Stage.PAID, Stage.IN_PROGRESS):
            return judgement
        scam_type = (found.scam_type if found else None) or ScamType.OTHER
        verdict = Verdict.SCAM if found is not None and found.verdict is Verdict.SCAM else Verdict.CAUTION
        situation = replace(
            judgement.situation,
            verdict=verdict,
            scam_type=scam_type,
            stage=Stage.PAID if Stage.PAID in stages_named(judgement.told_here) else Stage.IN_PROGRESS,
            turns=judgement.situation.turns + 1,
        )
        flags = found.red_flags if found else ()
        assessment = self._assessment(situation, verdict, flags, judgement.scores.fraud)
        return replace(judgement, assessment=assessment, situation=situation)

    def _assessment(
        self, situation: Situation, verdict: Verdict, flags: tuple[RedFlag, ...], fraud: float
    ) -> Assessment:
        """What the public interface tells of a situation."""
        scam_type, stage = situation.scam_type, situation.stage
        return Assessment(
            verdict=verdict,
            scam_type=scam_type,
            stage=stage,
            red_flags=flags,
            hotlines=self._hotlines(scam_type, stage, situation.open_stage),
            advice=self._advice(scam_type, stage, verdict),
            confidence=round(fraud, 3),
        )

    def _firing(self, present: Collection[str]) -> list[Rule]:
        return sorted((rule for rule in self._rules if rule.fires(present)), key=lambda rule: -rule.weight)

    def _flags(self, here: Sequence[Evidence]) -> tuple[RedFlag, ...]:
        shown = [piece for piece in here if piece.item.strength != "none" and piece.item.label]
        shown.sort(key=lambda piece: -STRENGTH_POINTS[piece.item.strength])
        flags: list[RedFlag] = []
        labels: set[str] = set()
        for piece in shown:
            if piece.item.label not in labels and len(flags) < _MAX_FLAGS:
                labels.add(piece.item.label)
                flags.append(RedFlag(piece.id, piece.item.label, piece.text, piece.start, piece.end))
        return tuple(flags)

    def _hotlines(self, scam_type: ScamType | None, stage: Stage, open_stage: Stage = Stage.UNKNOWN) -> tuple[str, ...]:
        """In the order in which to call: the police first while money of this story or of one before is at stake."""
        special: Mapping[Stage, tuple[str, ...]] = {}
        if scam_type is not None and stage in (Stage.UNPAID, Stage.UNKNOWN):
            special = self._knowledge.types[scam_type].hotlines
        keys = special.get(stage) or self._knowledge.stages[stage].hotlines
        urgent = self._knowledge.stages[open_stage].hotlines if open_stage is not Stage.UNKNOWN else ()
        return tuple(dict.fromkeys(self._knowledge.numbers((*urgent, *keys))))

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
