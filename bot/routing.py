"""Which intent a turn ends up with: the model's guess, corrected by what the judge and the drill rules see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.identifiers import Stage, Verdict
from bot.judge.judge import Judge, Judgement
from bot.judge.situation import Situation
from bot.judge.stage import SHORT
from bot.practice.talk import CardTalk, Wish
from bot.understanding import Understander, Understanding

SITUATION, EMERGENCY, STOP, START_DRILL = "tell_situation", "emergency", "stop", "start_drill"
FALLBACK = "nlu_fallback"
HEALTH, DESPAIR, DISBELIEF = "health_emergency", "despair", "disbelief"
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
        "ask_if_punished",
        "ask_tell_family",
        "ask_if_he_comes_back",
        "ask_if_right",
        "in_panic",
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
        "ask_how_to_persuade",
        "ask_warning_sms",
    ]
)
# What is said beside the number of a practice card without wanting anything else.
_BESIDE_A_CARD = frozenset(
    [START_DRILL, "greet", "affirm", "thank", "small_talk", "ask_capabilities", "out_of_scope", FALLBACK]
)
# Questions after official warnings, which swindlers imitate: told like a fraud it is one, not a question.
_OF_WARNINGS, _TOLD = ("ask_anti_fraud_call", "ask_warning_sms"), 0.7
# What leads away from a story, and how sure of it one has to be in the middle of one.
_OTHER_SUBJECTS, _ANOTHER_SUBJECT = ("small_talk", "out_of_scope", "abuse", "greet", "goodbye"), 0.7
_SURE_IN_A_STORY = 0.85
_TO_A_QUESTION = ("affirm", "deny", "unsure")
_URGENT = (Stage.PAID, Stage.IN_PROGRESS, Stage.LEAKED)


@dataclass(frozen=True)
class Route:
    """An intent with its confidence, 0 to 1."""

    intent: str | None
    confidence: float


class Router:
    """Decides the intent of a turn. The callables are the drills' own word lists, whether a text names a drill,
    which intent of danger to life it means, and whether it has a word for practising."""

    def __init__(
        self,
        judge: Judge,
        understander: Understander,
        is_stop: Callable[[str], bool],
        is_real_emergency: Callable[[str], bool],
        names_drill: Callable[[str], bool],
        danger: Callable[[str, bool], str | None],
        asks_for_drill: Callable[[str], bool],
        *,
        sure: float = 0.5,
    ) -> None:
        self._judge = judge
        self._understander = understander
        self._is_stop = is_stop
        self._is_real_emergency = is_real_emergency
        self._names_drill = names_drill
        self._danger = danger
        self._asks_for_drill = asks_for_drill
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
        suspicious = judgement.assessment is not None and judgement.situation.warned and judgement.own_evidence
        danger = self._danger(heard.folded.text, suspicious) or self._danger(heard.mandarin.text, suspicious)
        if danger is not None:
            return Route(danger, 1.0)
        if in_drill:
            return self._in_drill(heard, intent, confidence)
        if self._is_stop(heard.folded.text):
            return Route(STOP, 1.0)
        if self._names_drill(heard.text):
            return Route(START_DRILL, 1.0)  # a drill's title is full of a scammer's words
        if intent == START_DRILL and judgement.situation.warned and not self._asks_for_drill(heard.text):
            return Route(SITUATION, confidence)  # "let me try a little first" is meant in earnest
        assessment = judgement.assessment
        # A long story with red flags of its own has words in common with all kinds of requests.
        long_story = judgement.own_evidence and judgement.situation.warned and len(heard.folded.text) > SHORT
        wants = intent in _REQUESTS and confidence >= (_SURE_IN_A_STORY if long_story else self._sure)
        if intent in (EMERGENCY, HEALTH, DESPAIR):
            return Route(SITUATION, confidence)
        if judgement.corrected or judgement.nothing_given or judgement.called:
            return Route(SITUATION, max(confidence, self._sure))
        if intent == DISBELIEF and judgement.situation.verdict is Verdict.CLEAR:
            return Route(SITUATION, confidence)  # nobody was called a swindler
        if assessment is None:
            enough = _ANOTHER_SUBJECT if intent in _OTHER_SUBJECTS else self._sure
            answers = _TO_A_QUESTION if judgement.situation.pending else ()
            guessed = confidence < enough and intent not in (SITUATION, *answers)
            if guessed and judgement.situation.warned:
                return Route(FALLBACK, self._sure)  # a poor guess: what she was warned of is not to be talked away
            return Route(intent, confidence)
        if judgement.own_stage in _URGENT:
            return Route(SITUATION, max(confidence, 0.9))
        # A message was read out, whatever its words seem to ask for.
        read_out = judgement.kind == "message" and judgement.own_evidence
        if assessment.verdict is Verdict.CLEAR:
            talks = intent != SITUATION and confidence >= self._sure and not read_out
            return Route(intent, confidence) if talks else Route(SITUATION, max(confidence, self._sure))
        if (
            wants
            and not judgement.own_verdict_is_scam
            and not read_out
            and not (intent in _OF_WARNINGS and judgement.own_evidence and judgement.scores.fraud >= _TOLD)
        ):
            return Route(intent, confidence)
        if intent != SITUATION and confidence >= self._sure and not judgement.own_evidence:
            return Route(intent, confidence)  # thanks, goodbye: the story goes on, but not in this turn
        return Route(SITUATION, max(confidence, judgement.scores.fraud))

    def with_card(self, route: Route, talk: CardTalk, judgement: Judgement) -> Route:
        """The intent when a practice card is spoken of, outside drills: to practise, unless something else is told."""
        if talk.wish is Wish.NUMBER and talk.alone:
            return Route(START_DRILL, 1.0)
        told = judgement.assessment is not None or judgement.corrected
        if told or route.intent in (STOP, EMERGENCY, HEALTH, DESPAIR):
            return route
        beside = route.intent is None or route.intent in _BESIDE_A_CARD or route.confidence < self._sure
        return Route(START_DRILL, 1.0) if beside or talk.wish is not Wish.NUMBER else route

    def _in_drill(self, heard: Understanding, intent: str | None, confidence: float) -> Route:
        """Only a stop word or a real emergency leaves a drill; all else is a move in it."""
        if self._is_real_emergency(heard.folded.text) or self._is_real_emergency(heard.mandarin.text):
            return Route(EMERGENCY, 1.0)
        if self._is_stop(heard.folded.text):
            return Route(STOP, 1.0)
        if intent in _BROKEN_OUT:
            return Route("drill_move", confidence)
        return Route(intent, confidence)
