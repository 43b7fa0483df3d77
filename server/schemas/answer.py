"""What a turn leads to, in the contract's shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from pydantic import BaseModel, Field

from bot.identifiers import Dialect, DrillOutcome, Gesture, ScamType, Stage, Verdict
from bot.turn import Answer, to_json
from bot.turn import Assessment as Judgement
from server.schemas.speech import Speech

# What residents call a kind of fraud; nothing for none.
ScamName = Callable[[ScamType | None], str | None]


class Choice(BaseModel):
    """A button."""

    title: str = Field(description="What is shown.")
    text: str = Field(description="What is sent when it is chosen.")


class Line(BaseModel):
    """One thing said by one speaker."""

    speaker: str = Field(description="`hean`, or `role` for somebody she plays.")
    text: str = Field(description="As shown.")
    speech: str = Field(description="As spoken.")
    voice: str = Field(default="", description="How somebody she plays sounds; empty is the speaker's usual voice.")


class Reply(BaseModel):
    """What is shown and spoken."""

    text: str = Field(description="As shown.")
    speech: str = Field(description="As spoken.")
    choices: list[Choice] = Field(description="Buttons to offer.")
    gesture: Gesture = Field(description="What the digital human does meanwhile.")
    lines: list[Line] = Field(description="Who says which part, when more than one voice speaks.")
    subtitles: list[str] = Field(description="The same in dialect, to be shown below.")


class DialectGuess(BaseModel):
    """What the resident speaks."""

    id: Dialect
    confidence: float = Field(description="0 to 1.")


class IntentGuess(BaseModel):
    """What the resident wants."""

    name: str = Field(description="Intent of the model; empty when there was none.")
    confidence: float = Field(description="0 to 1.")


class RedFlag(BaseModel):
    """One sign of fraud."""

    id: str
    label: str = Field(description="What it is, in words for residents.")
    text: str = Field(description="The words that show it.")
    start: int = Field(description="First character, counted in the text as it was sent.")
    end: int = Field(description="One past the last character.")


class Assessment(BaseModel):
    """The judgement of a situation. `clear` means that no sign was found, never that it is safe."""

    verdict: Verdict
    scam_type: ScamType | None
    scam_name: str | None = Field(
        default=None, description="What residents call this kind of fraud; `null` without one and for `other`."
    )
    stage: Stage = Field(description="How far it has gone.")
    red_flags: list[RedFlag]
    hotlines: list[str] = Field(description="Numbers in the order in which to call them.")
    advice: list[str] = Field(description="What to do, most important first.")
    confidence: float = Field(description="0 to 1.")


class DebriefItem(BaseModel):
    """One clue of a drill."""

    clue: str
    noticed: bool
    advice: str


class Drill(BaseModel):
    """A drill that is running or has just ended."""

    run_id: str
    scenario_id: str
    title: str
    step: str
    status: Literal["running", "finished", "quit"]
    outcome: DrillOutcome | None = Field(description="`null` while it runs.")
    score: int | None = Field(description="0 to 100 once finished.")
    debrief: list[DebriefItem]


class ChatResponse(BaseModel):
    """The answer to one turn."""

    session_id: str = Field(description="Send it with the next turn.")
    turn_id: str
    reply: Reply
    dialect: DialectGuess
    intent: IntentGuess
    assessment: Assessment | None = Field(description="`null` when there is nothing to judge.")
    drill: Drill | None = Field(description="`null` outside a drill.")
    audio: Speech | None = Field(description="What `/speech` returns; `null` unless asked for and available.")
    timings_ms: dict[str, float] = Field(description="Where the time went, in ms.")


class CheckResponse(BaseModel):
    """The judgement of one message."""

    assessment: Assessment | None = Field(description="`null` when there is nothing to judge.")


def assessment_json(judgement: Judgement | None, scam_name: ScamName, offset: int = 0) -> dict[str, Any] | None:
    """A judgement as JSON. Red flags count the text as it was sent: ``offset`` characters were trimmed in front."""
    if judgement is None:
        return None
    body: dict[str, Any] = to_json(judgement)
    body["scam_name"] = scam_name(judgement.scam_type)
    for flag in body["red_flags"]:
        flag["start"] += offset
        flag["end"] += offset
    return body


def chat_json(answer: Answer, audio: Speech | None, scam_name: ScamName, offset: int = 0) -> dict[str, Any]:
    """An answer with its speech as JSON."""
    body: dict[str, Any] = to_json(answer)
    body["assessment"] = assessment_json(answer.assessment, scam_name, offset)
    body["audio"] = audio.dict() if audio else None
    return body
