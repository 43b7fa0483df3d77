"""Puts replies together from what staff wrote. No sentence of its own: the parts come from ``data/knowledge``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.hotlines import POLICE
from bot.identifiers import Dialect, Gesture, ScamType, Stage, Verdict
from bot.judge.judge import Judgement
from bot.judge.situation import CALLED_BANK, CALLED_POLICE, SOMEONE_ELSE, Situation
from bot.knowledge import AnswerText, Knowledge, MinuteStep, Question, ScamKnowledge
from bot.turn import Assessment, Choice, Reply

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
            return self._after_the_fact(scam, judgement, dialect, variant)
        say = scam.say_scam if assessment.verdict is Verdict.SCAM else scam.say_caution
        parts = [*self._before(scam, judgement, variant), _pick(say, variant)]
        if assessment.verdict is Verdict.SCAM:
            told = set(judgement.situation.evidence)
            general = [reason.say for reason in scam.reasons if not reason.told or told.intersection(reason.told)]
            parts += [self._reason(judgement, general, variant), scam.step[Stage.UNPAID]]
            choices, line = self._choices("paid", "told", "disbelief", "practise"), "scam"
        else:
            question = self.question(judgement)
            parts += [self._reason(judgement, (), variant), question.ask if question else scam.step[Stage.UNPAID]]
            choices, line = self._choices("paid", "unpaid", "told", "human"), "caution"
        text = self._joined([*parts, self._phrases["call_anti_fraud"]])
        return self._reply(text, Gesture.WARN, choices, self._lines(dialect, line))

    def picture(self, judgement: Judgement | None) -> Reply:
        """The reply to what was read on a picture; ``None``: nothing was."""
        if judgement is None:
            return self.answer("picture_blank")
        if judgement.assessment is None or judgement.vague:
            return self.answer("picture_nothing")
        return self.assessment(judgement, Dialect.CMN)

    def answer(self, name: str, variant: int = 0, *, about: ScamType | None = None, **values: str) -> Reply:
        """An answer of ``answers.yml`` in its ``variant``-th wording; that of the kind ``about``, where it has one."""
        answer = self._knowledge.answers[name]
        special = self._knowledge.types[about].answers.get(name) if about is not None else None
        if special:
            answer = replace(answer, texts=special)
        return self._from_answer(answer, variant, values)

    def next_step(self, standing: Judgement, variant: int = 0, before: str = "") -> Reply:
        """What to do now, to somebody who asks for it after a warning: the next piece of advice each time, and none
        that she has heard in the reply ``before``."""
        assessment = standing.assessment
        assert assessment is not None
        stage = assessment.stage
        late = stage in (*_URGENT, Stage.LEAKED)
        lead = _pick(_fresh(self._leads(standing), before), variant) if late else ""
        said = _pick(_fresh(self._steps(standing), before), variant)
        ask = self._phrases["call_anti_fraud"] if not lead and variant == 0 else ""
        answer = self._knowledge.answers["scam_followups"]
        return self._reply(self._joined([lead, said, ask]), self._knowledge.stages[stage].gesture, answer.choices, ())

    def in_story(self, standing: Judgement, variant: int = 0, before: str = "") -> Reply:
        """After words that tell nothing, in the middle of a story that was warned of: what to do stays, in other
        words than ``before``."""
        assessment = standing.assessment
        assert assessment is not None
        late = assessment.stage in (*_URGENT, Stage.LEAKED)
        lead = _fresh(self._leads(standing), before)[0] if late else ""
        scam = self._knowledge.types[assessment.scam_type or ScamType.OTHER]
        step = _pick(_fresh(self._steps(standing), before), 0) if late else scam.step[Stage.UNPAID]
        said = _pick(self._knowledge.answers["clarify_in_story"].texts, variant)
        if assessment.stage in _URGENT:
            parts = [lead, said, step]
        else:
            parts = [said, lead, step] if late else [said, step, self._phrases["call_anti_fraud"]]
        return self._reply(self._joined(parts), Gesture.LISTEN, self._choices("paid", "unpaid", "told", "human"), ())

    def greeting(self, dialect: Dialect, variant: int = 0) -> Reply:
        """The greeting, with its dialect subtitle where one is written."""
        reply = self.answer("greet", variant)
        return self._with_subtitles(reply, self._lines(dialect, "greeting"))

    def time(self, now: datetime, variant: int = 0) -> Reply:
        """Date and time of day; ``now`` in the centre's own zone."""
        key = "time" if now.minute else "time_full_hour"
        spoken = self._phrases[key].replace("{hour}", str(now.hour)).replace("{minute}", str(now.minute))
        day = self._phrases["date"].replace("{month}", str(now.month)).replace("{day}", str(now.day))
        weekday = self._phrases["weekdays"][now.weekday()]
        return self.answer("ask_time", variant, time=spoken, date=day.replace("{weekday}", weekday))

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

    def reminded(self, reply: Reply, situation: Situation, assessment: Assessment | None = None) -> Reply:
        """The reply with the call first, as :meth:`urgent`; who has called is not told to call once more."""
        if not situation.called_police:
            return self.urgent(reply, situation.urgent_stage)
        if assessment is None or assessment.stage not in _URGENT:
            return reply
        text, speech = (self._urgent_first(said, assessment.stage, called=True) for said in (reply.text, reply.speech))
        return replace(reply, text=text, speech=speech)

    def failure(self, variant: int = 0) -> Reply:
        """What is said when something went wrong inside."""
        text = self._joined([_pick(self._knowledge.fallbacks["failure"], variant)])
        return self._reply(text, Gesture.COMFORT, (), ())

    def _urgent_first(self, text: str, stage: Stage, *, called: bool = False) -> str:
        number = self._knowledge.hotlines[POLICE].number or ""
        if stage not in _URGENT or number in text[:12]:
            return text
        reminder = self._phrases["called_reminder"] if called else self._phrases["urgent_reminder"]
        return self._joined([reminder]) + text

    def _after_the_fact(self, scam: ScamKnowledge, judgement: Judgement, dialect: Dialect, variant: int) -> Reply:
        assessment = judgement.assessment
        assert assessment is not None
        stage = assessment.stage
        advice = self._knowledge.stages[stage]
        known = scam.id is not ScamType.OTHER
        if assessment.verdict is Verdict.SCAM and (known or stage is Stage.IN_PROGRESS):
            said = _pick(scam.say_scam, variant)
        elif known:
            # "Take your time and check first" has no place beside "call at once".
            said = self._phrases["doubt_after"].replace("{name}", scam.name)
        else:
            said = advice.advice[-1] if stage is not Stage.IN_PROGRESS else ""  # whose doing it was is not guessed
        steps = self._steps(judgement)
        step = steps[0] if stage is Stage.IN_PROGRESS else _pick(steps, variant)
        parts = [_pick(self._leads(judgement), variant), step, said]
        key = {Stage.PAID: "paid", Stage.IN_PROGRESS: "in_progress"}.get(stage, "scam")
        return self._reply(
            self._joined(parts), advice.gesture, self._choices("human", "practise"), self._lines(dialect, key)
        )

    def _step_now(self, judgement: Judgement) -> str:
        """The one thing to do once something has happened, by what was told last of how."""
        assessment, minute = judgement.assessment, self._this_minute(judgement)
        assert assessment is not None
        return self._sentence(minute.say if minute else self._knowledge.stages[assessment.stage].step)

    def _this_minute(self, judgement: Judgement) -> MinuteStep | None:
        assessment, told = judgement.assessment, judgement.situation.evidence
        assert assessment is not None
        steps = [step for step in self._knowledge.this_minute if step.stage is assessment.stage]
        steps = [step for step in steps if not set(step.unless).intersection({*told, *judgement.told_here})]
        another = (SOMEONE_ELSE,) if judgement.situation.of_another else ()  # who stands by can only stop it
        for name in (*another, *judgement.told_here, *reversed(told)):
            step = next((step for step in steps if name in step.told), None)
            if step is not None:
                return step
        return None

    def _leads(self, judgement: Judgement) -> tuple[str, ...]:
        """The first words once something has happened: whom to call, unless that was done; for whom, if another."""
        assessment, situation = judgement.assessment, judgement.situation
        assert assessment is not None
        stage = self._knowledge.stages[assessment.stage]
        minute = self._this_minute(judgement)
        if stage.lead_called and stage.called in situation.evidence:
            leads = stage.lead_called
        elif minute is not None and minute.lead:
            leads = (minute.lead,)
        else:
            leads = stage.lead_other if stage.lead_other and situation.of_another else stage.lead
        return tuple(self._knowledge.fill(lead) for lead in leads)

    def _steps(self, judgement: Judgement) -> list[str]:
        """What to do, one thing each, the most urgent first; no call that has been made."""
        assessment, made = judgement.assessment, judgement.situation.evidence
        assert assessment is not None
        late = assessment.stage in (*_URGENT, Stage.LEAKED)
        first = [self._step_now(judgement)] if late else []
        advice = [self._knowledge.fill(text) for text in assessment.advice]
        minute = self._this_minute(judgement)
        if minute is not None and minute.lead:  # something else was given than the stage's own advice speaks of
            stage = self._knowledge.stages[assessment.stage]
            general = {self._knowledge.fill(text) for text in (stage.step, *stage.advice)}
            advice = [text for text in advice if text not in general]
        steps = [self._knowledge.fill(text) for text in (*first, *advice)]
        calls = {CALLED_POLICE: "{police}", CALLED_BANK: "{bank}"}
        done = [self._knowledge.fill(words) for name, words in calls.items() if name in made]
        left = [text for text in steps if not any(words in text for words in done)]
        return list(dict.fromkeys(self._sentence(text) for text in left or steps))

    def _before(self, scam: ScamKnowledge, judgement: Judgement, variant: int) -> tuple[str, ...]:
        """Words before a warning: that nothing is lost yet, or that it is the same answer as before.

        None where the kind is not known, which may be another matter each time.
        """
        if judgement.nothing_given:
            return (_pick(self._knowledge.answers["nothing_given"].texts, variant),)
        if variant == 0 or scam.id is ScamType.OTHER:
            return ()
        name = "same_after_more" if judgement.news else "same_question_again"
        return (_pick(self._knowledge.answers[name].texts, variant - 1),)

    def _reason(self, judgement: Judgement, general: Sequence[str], variant: int) -> str:
        """Why: what a rule found in the resident's own words; where none did, or all was said, what always holds."""
        if variant < len(judgement.reasons):
            return self._phrases["reason_told"].replace("{why}", judgement.reasons[variant].rstrip("。"))
        why = _pick(general, variant - len(judgement.reasons))
        return self._phrases["reason"].replace("{why}", why.rstrip("。")) if why else ""

    def question(self, judgement: Judgement) -> Question | None:
        """The one question that decides a caution: not asked yet, and not told already."""
        assessment = judgement.assessment
        if assessment is None or assessment.verdict is not Verdict.CAUTION or assessment.scam_type is None:
            return None
        if assessment.stage in (*_URGENT, Stage.LEAKED) or judgement.vague:
            return None
        told, asked = set(judgement.situation.evidence), judgement.situation.asked
        questions = self._knowledge.types[assessment.scam_type].questions
        return next((q for q in questions if not told.intersection(q.unless) and q.ask not in asked), None)

    def not_so(self, judgement: Judgement) -> Reply:
        """After a no to a question: the next question, or the one next step."""
        question = self.question(judgement)
        scam = self._knowledge.types[judgement.situation.scam_type or ScamType.OTHER]
        said = _pick(self._knowledge.answers["question_no"].texts, len(judgement.situation.asked))
        text = self._joined(
            [said, question.ask if question else scam.step[Stage.UNPAID], self._phrases["call_anti_fraud"]]
        )
        return self._reply(text, Gesture.LISTEN, self._choices("paid", "unpaid", "told", "human"), ())

    def _clear(self, judgement: Judgement, variant: int) -> Reply:
        name = _ANSWER_OF_KIND.get(judgement.kind, "clear_situation")
        if any("otp" in rule for rule in judgement.rules):
            name = "otp_notice"
        elif any("publicity" in rule for rule in judgement.rules):
            name = "publicity"
        elif any("news" in rule for rule in judgement.rules):
            name = "news_retold"
        return self.answer(name, variant)

    @staticmethod
    def _sentence(text: str) -> str:
        return text if not text or text[-1] in "。！？" else text + "。"

    def _choices(self, *keys: str) -> tuple[Choice, ...]:
        return tuple(Choice(self._phrases[f"{key}_title"], self._phrases[f"{key}_text"]) for key in keys)

    def _lines(self, dialect: Dialect, key: str) -> tuple[str, ...]:
        lines = self._knowledge.subtitles.get(_SUBTITLE_FAMILY.get(dialect, ""), {})
        return (self._knowledge.fill(lines[key]),) if self._subtitles and key in lines else ()

    def _joined(self, parts: Sequence[str]) -> str:
        """The parts as sentences, none of them twice."""
        sentences = dict.fromkeys(self._sentence(part) for part in parts if part)
        return self._knowledge.fill("".join(sentences))

    def _from_answer(self, answer: AnswerText, variant: int, values: Mapping[str, str]) -> Reply:
        text = self._knowledge.fill(_pick(answer.texts, variant), **values)
        return self._reply(text, answer.gesture, answer.choices, ())

    @staticmethod
    def _reply(text: str, gesture: Gesture, choices: Sequence[Choice], subtitles: tuple[str, ...]) -> Reply:
        return Reply(text, text, tuple(choices), gesture, (), subtitles)

    @staticmethod
    def _with_subtitles(reply: Reply, subtitles: tuple[str, ...]) -> Reply:
        return Reply(reply.text, reply.speech, reply.choices, reply.gesture, reply.lines, subtitles)


def _fresh(texts: Sequence[str], before: str) -> Sequence[str]:
    """Those that were not said in the reply before, all when each was."""
    return [text for text in texts if text.rstrip("。") not in before] or texts


def _pick(texts: Sequence[str], variant: int) -> str:
    return texts[variant % len(texts)] if texts else ""
