"""One turn of a conversation as typed values: what came in, what was made of it, what goes out.

All are plain frozen dataclasses that turn into the contract's JSON with :func:`to_json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from typing import Any

from bot.identifiers import Dialect, DrillOutcome, Gesture, ScamType, Stage, Verdict


@dataclass(frozen=True)
class Turn:
    """What one resident said, as it enters the conversation.

    ``text`` is 1 to 500 characters after trimming; ``dialect`` is ``None`` for detection or an identifier that
    wins over it.
    """

    session_id: str
    text: str
    kiosk_id: str | None = None
    dialect: Dialect | None = None


@dataclass(frozen=True)
class Choice:
    """A button: ``title`` is shown, ``text`` is sent as if the resident had said it."""

    title: str
    text: str


@dataclass(frozen=True)
class Line:
    """One thing said aloud by one speaker: ``hean`` (the digital human) or ``role`` (somebody she plays).

    ``voice`` is how somebody she plays sounds; empty is the speaker's usual voice.
    """

    speaker: str
    text: str
    speech: str
    voice: str = ""


@dataclass(frozen=True)
class Reply:
    """What is shown and what is spoken. ``lines`` says who speaks which part when more than one voice does."""

    text: str
    speech: str
    choices: tuple[Choice, ...] = ()
    gesture: Gesture = Gesture.EXPLAIN
    lines: tuple[Line, ...] = ()
    subtitles: tuple[str, ...] = ()


@dataclass(frozen=True)
class DialectGuess:
    """``confidence`` is between 0 and 1."""

    id: Dialect
    confidence: float


@dataclass(frozen=True)
class IntentGuess:
    """The Rasa intent of a turn, ``confidence`` between 0 and 1."""

    name: str
    confidence: float


@dataclass(frozen=True)
class RedFlag:
    """One piece of evidence. ``start`` and ``end`` count characters of the text as it was sent."""

    id: str
    label: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Assessment:
    """The judgement of a situation. ``hotlines`` stand in the order in which to call them."""

    verdict: Verdict
    scam_type: ScamType | None
    stage: Stage
    red_flags: tuple[RedFlag, ...]
    hotlines: tuple[str, ...]
    advice: tuple[str, ...]
    confidence: float = 0.0


@dataclass(frozen=True)
class DebriefItem:
    """One clue of a finished drill and whether the resident noticed it."""

    clue: str
    noticed: bool
    advice: str


@dataclass(frozen=True)
class DrillFacts:
    """What results count of a run beside its outcome; clients do not see it.

    ``kind`` and ``channel`` are the scenario's; ``scam_type`` is what is played, or what a genuine contact
    resembles. ``first_verification`` is the turn, from 1, in which the resident first verified, reported or hung
    up; ``disclosures`` the gauge of what was given away, 0 to 10.
    """

    version: str
    kind: str
    scam_type: ScamType | None
    difficulty: int
    channel: str
    turns: int
    first_verification: int | None
    disclosures: int


@dataclass(frozen=True)
class DrillView:
    """A drill as a client sees it. ``score`` is 0 to 100 once finished."""

    run_id: str
    scenario_id: str
    title: str
    step: str
    status: str
    outcome: DrillOutcome | None = None
    score: int | None = None
    debrief: tuple[DebriefItem, ...] = ()
    facts: DrillFacts | None = None


@dataclass(frozen=True)
class Practised:
    """An ended run that is to be noted on a practice card; clients do not see it. ``card`` is the hash of a number."""

    card: str
    scenario_id: str
    outcome: DrillOutcome
    difficulty: int


@dataclass(frozen=True)
class Answer:
    """Everything that one turn leads to. Without the audio, which the server adds."""

    session_id: str
    turn_id: str
    reply: Reply
    dialect: DialectGuess
    intent: IntentGuess
    assessment: Assessment | None = None
    drill: DrillView | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    practised: tuple[Practised, ...] = ()


def to_json(value: Any) -> Any:
    """Turn a value of this module into what ``json.dumps`` takes: enumerations to strings, tuples to lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value
