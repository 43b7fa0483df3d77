"""What the digital human says, and how much of it was heard."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from bot.turn import Answer, Reply, to_json
from server.kiosks.messages.message import Message
from server.schemas.answer import (
    Assessment,
    Choice,
    DialectGuess,
    Drill,
    IntentGuess,
    Line,
    ScamName,
    assessment_json,
)
from server.schemas.speech import Speech
from server.speaker import Part


class _Sounding(Message):
    """The fields of a speech. ``url`` is ``None`` without sound."""

    url: str | None = None
    duration_ms: float = 0
    engine: str = ""
    voice: str = ""
    sample_rate_hz: int = 0
    visemes: list[str] = Field(default_factory=list)
    vtimes: list[float] = Field(default_factory=list)
    vdurations: list[float] = Field(default_factory=list)
    words: list[str] = Field(default_factory=list)
    wtimes: list[float] = Field(default_factory=list)
    wdurations: list[float] = Field(default_factory=list)


class Broadcast(_Sounding):
    """To every screen: the fields of a reply and of its speech.

    ``urgent``: it is for whoever stands there, too; everything else has been stopped for it.
    """

    type: Literal["broadcast", "say"] = "broadcast"
    urgent: bool = False
    text: str
    speech: str
    choices: list[Choice]
    gesture: str
    lines: list[Line]
    subtitles: list[str]


class Say(Broadcast):
    """To one screen: the answer to a turn, or a greeting, which judges nothing.

    Its speech is whole, unless it is not the ``last`` part: then ``more`` follows, after ``pause_ms`` of silence.
    """

    type: Literal["say"] = "say"
    turn_id: str
    part: int = 1
    last: bool = True
    pause_ms: float = 0
    dialect: DialectGuess | None = None
    intent: IntentGuess | None = None
    assessment: Assessment | None = None
    drill: Drill | None = None


class More(_Sounding):
    """To a screen that takes speech in parts: the part after that of the ``say``, or of the ``more``, before it.

    Without sound, what is left of the text can only be read.
    """

    type: Literal["more"] = "more"
    turn_id: str
    part: int
    last: bool
    pause_ms: float


class Played(Message):
    """From the screen: so many milliseconds of a turn's speech were played, over all its parts."""

    type: Literal["played"]
    turn_id: str = Field(regex=r"^[A-Za-z0-9_-]{1,64}\Z")
    ms: float = Field(ge=0, le=3_600_000)


def broadcast(reply: Reply, speech: Speech | None, *, urgent: bool = False) -> Broadcast:
    """A reply to nobody in particular."""
    return Broadcast(urgent=urgent, **to_json(reply), **_sound(speech))


def say_reply(turn_id: str, reply: Reply, spoken: Part) -> Say:
    """A reply that answers no turn."""
    return Say(turn_id=turn_id, **to_json(reply), **_part(spoken))


def say_more(turn_id: str, number: int, spoken: Part) -> More:
    """A later part of what is said; the first one, which comes with the text, is number 1."""
    return More(turn_id=turn_id, part=number, **_part(spoken))


def say_answer(answer: Answer, scam_name: ScamName, offset: int, spoken: Part) -> Say:
    """An answer; ``offset`` characters were trimmed in front of the turn's text."""
    turn = {name: to_json(getattr(answer, name)) for name in ("dialect", "intent", "drill")}
    assessment: Any = assessment_json(answer.assessment, scam_name, offset)
    return Say(turn_id=answer.turn_id, assessment=assessment, **turn, **to_json(answer.reply), **_part(spoken))


def _part(spoken: Part) -> dict[str, Any]:
    return {"last": spoken.last, "pause_ms": spoken.pause_ms, **_sound(spoken.speech)}


def _sound(speech: Speech | None) -> dict[str, Any]:
    return speech.dict() if speech else {}
