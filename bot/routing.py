"""Which intent a turn ends up with: the model's guess, corrected by what the judge and the drill rules see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.identifiers import Stage, Verdict
from bot.judge.judge import Judge, Judgement
from bot.judge.situation import Situation
from bot.understanding import Understander, Understanding

SITUATION, EMERGENCY, STOP, START_DRILL = "tell_situation", "emergency", "stop", "start_drill"
HEALTH, DESPAIR = "health_emergency", "despair"
_BROKEN_OUT = (SITUATION, EMERGENCY, STOP, HEALTH, DESPAIR)
# What somebody may want while a scam is the subject; their words carry a scammer's words without being a report.
_REQUESTS = frozenset(
    [
        "ask_about_scam",
        "ask_hotline",
        "ask_human",
        "ask_capabilities",
        "ask_identity",
        "ask_teach_fraud",
        "scam_followups",
        "start_drill",
        "disbelief",
        "repeat",
        "speak_louder",
        "speak_slower",
        "speak_faster",
        "stop",
        "correct",
        "wait_for_sms",
        "abuse",
        "ask_how_to_report",
        "ask_how_to_block",
        "ask_keep_evidence",
        "ask_how_to_verify",
        "ask_app",
        "ask_get_money_back",
        "ask_anti_fraud_call",
        "ask_warning_sms",
    ]
)
_URGENT = (Stage.PAID, Stage.IN_PROGRESS, Stage.LEAKED)


@dataclass(frozen=True)
class Route:
    """An intent with its confidence, 0 to 1."""

    intent: str | None
    confidence: float


class Router:
    """Decides the intent of a turn. The callables are the drills' own word lists, whether a text names one,
    and which intent of danger to life a text means."""

    def __init__(
        self,
        judge: Judge,
        understander: Understander,
        is_stop: Callable[[str], bool],
        is_real_emergency: Callable[[str], bool],
        names_drill: Callable[[str], bool],
        danger: Callable[[str], str | None],
        *,
        sure: float = 0.5,
    ) -> None:
        self._judge = judge
        self._understander = understander
        self._is_stop = is_stop
        self._is_real_emergency = is_real_emergency
        self._names_drill = names_drill
        self._danger = danger
        self._sure = sure

    def route_text(self, text: str, intent: str | None, confidence: float) -> Route:
        """Route a text that comes without an understanding, outside any drill."""
        heard = self._understander.understand(text)
        return self.route(heard, self._judge.judge(heard, Situation()), intent, confidence, in_drill=False)

    def route(
        self,
        heard: Understanding,
        judgement: Judgement,
        intent: str | None,
        confidence: float,
        *,
        in_drill: bool,
    ) -> Route:
        """The intent to act on, given the model's guess and its confidence."""
        danger = self._danger(heard.folded.text) or self._danger(heard.mandarin.text)
        if danger is not None:
            return Route(danger, 1.0)
        if in_drill:
            return self._in_drill(heard, intent, confidence)
        if self._is_stop(heard.folded.text):
            return Route(STOP, 1.0)
        if self._names_drill(heard.text):
            return Route(START_DRILL, 1.0)  # a drill's title is full of a scammer's words
        assessment = judgement.assessment
        wants = intent in _REQUESTS and confidence >= self._sure
        if intent in (EMERGENCY, HEALTH, DESPAIR):
            return Route(SITUATION, confidence)
        if judgement.corrected:
            return Route(SITUATION, max(confidence, self._sure))
        if assessment is None:
            return Route(intent, confidence)
        if judgement.own_stage in _URGENT:
            return Route(SITUATION, max(confidence, 0.9))
        if assessment.verdict is Verdict.CLEAR:
            talks = intent != SITUATION and confidence >= self._sure
            return Route(intent, confidence) if talks else Route(SITUATION, max(confidence, self._sure))
        if wants and not judgement.own_verdict_is_scam:
            return Route(intent, confidence)
        if intent != SITUATION and confidence >= self._sure and not judgement.own_evidence:
            return Route(intent, confidence)  # thanks, goodbye: the story goes on, but not in this turn
        return Route(SITUATION, max(confidence, judgement.scores.fraud))

    def _in_drill(self, heard: Understanding, intent: str | None, confidence: float) -> Route:
        """Only a stop word or a real emergency leaves a drill; all else is a move in it."""
        if self._is_real_emergency(heard.folded.text) or self._is_real_emergency(heard.mandarin.text):
            return Route(EMERGENCY, 1.0)
        if self._is_stop(heard.folded.text):
            return Route(STOP, 1.0)
        if intent in _BROKEN_OUT:
            return Route("drill_move", confidence)
        return Route(intent, confidence)
