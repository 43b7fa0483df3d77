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


class Broadcast(Message):
    """To every screen: the fields of a reply and of its speech. ``url`` is ``None`` without sound."""

    type: Literal["broadcast", "say"] = "broadcast"
    text: str
    speech: str
    choices: list[Choice]
    gesture: str
    lines: list[Line]
    subtitles: list[str]
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


class Say(Broadcast):
    """To one screen: the answer to a turn, or a greeting, which judges nothing."""

    type: Literal["say"] = "say"
    turn_id: str
    dialect: DialectGuess | None = None
    intent: IntentGuess | None = None
    assessment: Assessment | None = None
    drill: Drill | None = None


class Played(Message):
    """From the screen: so many milliseconds of a turn's speech were played."""

    type: Literal["played"]
    turn_id: str = Field(regex=r"^[A-Za-z0-9_-]{1,64}\Z")
    ms: float = Field(ge=0, le=3_600_000)


def _fields(reply: Reply, speech: Speech | None) -> dict[str, Any]:
    fields: dict[str, Any] = to_json(reply)
    return {**fields, **(speech.dict() if speech else {})}


def broadcast(reply: Reply, speech: Speech | None) -> Broadcast:
    """A reply to nobody in particular."""
    return Broadcast(**_fields(reply, speech))


def say_reply(turn_id: str, reply: Reply, speech: Speech | None) -> Say:
    """A reply that answers no turn."""
    return Say(turn_id=turn_id, **_fields(reply, speech))


def say_answer(answer: Answer, speech: Speech | None, scam_name: ScamName, offset: int) -> Say:
    """An answer; ``offset`` characters were trimmed in front of the turn's text."""
    turn = {name: to_json(getattr(answer, name)) for name in ("dialect", "intent", "drill")}
    assessment: Any = assessment_json(answer.assessment, scam_name, offset)
    return Say(turn_id=answer.turn_id, assessment=assessment, **turn, **_fields(answer.reply, speech))
