"""Puts replies together from what staff wrote. No sentence of its own: the parts come from ``data/knowledge``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.hotlines import POLICE
from bot.identifiers import Dialect, Gesture, ScamType, Stage, Verdict
from bot.judge.judge import Judgement
from bot.knowledge import AnswerText, Knowledge, ScamKnowledge
from bot.turn import Choice, Reply

_URGENT = (Stage.PAID, Stage.IN_PROGRESS)
_SUBTITLE_FAMILY = {Dialect.WUU: "wuu", Dialect.WUU_JX: "wuu", Dialect.YUE: "yue", Dialect.CMN_SW: "cmn-sw"}
_ANSWER_OF_KIND = {
    "message": "clear_message",
    "publicity": "publicity",
    "legit_situation": "clear_situation",
    "talk": "clear_situation",
}


class Replies:
    """Makes every reply. ``variant`` counts how often the same thing was said in this visit, from 0."""

    def __init__(self, knowledge: Knowledge, phrases: Mapping[str, str], *, subtitles: bool = True) -> None:
        self._knowledge = knowledge
        self._phrases = phrases
        self._subtitles = subtitles

    def assessment(self, judgement: Judgement, dialect: Dialect, variant: int = 0) -> Reply:
        """The reply to a situation or message: verdict, why, the one next step, whom to call.

        Whoever asks again gets the same answer in other words, and is told that it is the same.
        """
        assessment = judgement.assessment
        if assessment is None or judgement.vague:
            return self.answer("ask_situation", variant)
        if assessment.verdict is Verdict.CLEAR:
            return self._clear(judgement, variant)
        scam = self._knowledge.types[assessment.scam_type or ScamType.OTHER]
        stage = assessment.stage
        if stage in (*_URGENT, Stage.LEAKED):
            return self._after_the_fact(scam, stage, assessment.verdict, dialect, variant)
        if assessment.verdict is Verdict.SCAM:
            reason = _pick(scam.reasons, variant)
            parts = [_pick(scam.say_scam, variant), self._reason(reason), scam.step[Stage.UNPAID]]
            text = self._joined([*self._again(scam, variant), *parts, self._phrases["call_anti_fraud"]])
            choices = self._choices("paid", "told", "disbelief", "practise")
            return self._reply(text, Gesture.WARN, choices, self._lines(dialect, "scam"))
        parts = [_pick(scam.say_caution, variant), scam.question, self._phrases["call_anti_fraud"]]
        choices = self._choices("paid", "unpaid", "told", "human")
        text = self._joined([*self._again(scam, variant), *parts])
        return self._reply(text, Gesture.WARN, choices, self._lines(dialect, "caution"))

    def answer(self, name: str, variant: int = 0, **values: str) -> Reply:
        """An answer of ``answers.yml`` in its ``variant``-th wording."""
        answer = self._knowledge.answers[name]
        return self._from_answer(answer, variant, values)

    def greeting(self, dialect: Dialect, variant: int = 0) -> Reply:
        """The greeting, with its dialect subtitle where one is written."""
        reply = self.answer("greet", variant)
        return self._with_subtitles(reply, self._lines(dialect, "greeting"))

    def time(self, now: datetime, variant: int = 0) -> Reply:
        """The time of day; ``now`` in the centre's own zone."""
        key = "time" if now.minute else "time_full_hour"
        spoken = self._phrases[key].replace("{hour}", str(now.hour)).replace("{minute}", str(now.minute))
        return self.answer("ask_time", variant, time=spoken)

    def explanation(self, scam_type: ScamType, variant: int = 0) -> Reply:
        """What a kind of fraud is, how to recognise it, what to do."""
        scam = self._knowledge.types[scam_type]
        parts = [scam.explain["what"], scam.explain["how"], scam.explain["do"]]
        return self._reply(self._joined(parts), Gesture.EXPLAIN, self._choices("practise", "human"), ())

    def disbelief(self, scam_type: ScamType | None, stage: Stage, variant: int = 0) -> Reply:
        """A reason and somebody to call for a resident who doesn't believe the warning."""
        scam = self._knowledge.types.get(scam_type) if scam_type else None
        if scam is None or not scam.disbelief:
            return self.answer("disbelief_general", variant)
        text = self._urgent_first(self._joined([_pick(scam.disbelief, variant)]), stage)
        return self._reply(text, Gesture.EXPLAIN, self._choices("human", "paid"), ())

    def urgent(self, reply: Reply, stage: Stage) -> Reply:
        """While money is gone or going, every reply begins with the call, whatever else was said."""
        if stage not in _URGENT:
            return reply
        return Reply(
            self._urgent_first(reply.text, stage),
            self._urgent_first(reply.speech, stage),
            reply.choices,
            reply.gesture,
            reply.lines,
            reply.subtitles,
        )

    def failure(self, variant: int = 0) -> Reply:
        """What is said when something went wrong inside."""
        text = self._joined([_pick(self._knowledge.fallbacks["failure"], variant)])
        return self._reply(text, Gesture.COMFORT, (), ())

    def _urgent_first(self, text: str, stage: Stage) -> str:
        number = self._knowledge.hotlines[POLICE].number or ""
        if stage not in _URGENT or number in text[:12]:
            return text
        return self._joined([self._phrases["urgent_reminder"]]) + text

    def _after_the_fact(
        self, scam: ScamKnowledge, stage: Stage, verdict: Verdict, dialect: Dialect, variant: int
    ) -> Reply:
        advice = self._knowledge.stages[stage]
        if scam.id is ScamType.OTHER:
            said = advice.advice[-1] if advice.advice else ""  # whose doing it was is not known; nothing is guessed
        else:
            said = _pick(scam.say_scam if verdict is Verdict.SCAM else scam.say_caution, variant)
        parts = [_pick(advice.lead, variant), self._sentence(advice.step), said]
        key = {Stage.PAID: "paid", Stage.IN_PROGRESS: "in_progress"}.get(stage, "scam")
        return self._reply(
            self._joined(parts), advice.gesture, self._choices("human", "practise"), self._lines(dialect, key)
        )

    def _again(self, scam: ScamKnowledge, variant: int) -> tuple[str, ...]:
        """Words before a repeated warning; none where the kind is not known, which may be another matter each time."""
        if variant == 0 or scam.id is ScamType.OTHER:
            return ()
        return (_pick(self._knowledge.answers["same_question_again"].texts, variant - 1),)

    def _clear(self, judgement: Judgement, variant: int) -> Reply:
        name = _ANSWER_OF_KIND.get(judgement.kind, "clear_situation")
        if any("otp" in rule for rule in judgement.rules):
            name = "otp_notice"
        elif any("publicity" in rule for rule in judgement.rules):
            name = "publicity"
        return self.answer(name, variant)

    def _reason(self, why: str) -> str:
        return self._phrases["reason"].replace("{why}", why.rstrip("。")) if why else ""

    @staticmethod
    def _sentence(text: str) -> str:
        return text if not text or text[-1] in "。！？" else text + "。"

    def _choices(self, *keys: str) -> tuple[Choice, ...]:
        return tuple(Choice(self._phrases[f"{key}_title"], self._phrases[f"{key}_text"]) for key in keys)

    def _lines(self, dialect: Dialect, key: str) -> tuple[str, ...]:
        lines = self._knowledge.subtitles.get(_SUBTITLE_FAMILY.get(dialect, ""), {})
        return (self._knowledge.fill(lines[key]),) if self._subtitles and key in lines else ()

    def _joined(self, parts: Sequence[str]) -> str:
        return self._knowledge.fill("".join(self._sentence(part) for part in parts if part))

    def _from_answer(self, answer: AnswerText, variant: int, values: Mapping[str, str]) -> Reply:
        text = self._knowledge.fill(_pick(answer.texts, variant), **values)
        return self._reply(text, answer.gesture, answer.choices, ())

    @staticmethod
    def _reply(text: str, gesture: Gesture, choices: Sequence[Choice], subtitles: tuple[str, ...]) -> Reply:
        return Reply(text, text, tuple(choices), gesture, (), subtitles)

    @staticmethod
    def _with_subtitles(reply: Reply, subtitles: tuple[str, ...]) -> Reply:
        return Reply(reply.text, reply.speech, reply.choices, reply.gesture, reply.lines, subtitles)


def _pick(texts: Sequence[str], variant: int) -> str:
    return texts[variant % len(texts)] if texts else ""
