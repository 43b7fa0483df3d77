"""What was read on a picture and what it means, in the contract's shape."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from bot.turn import Assessment as Judgement
from bot.turn import Reply as Said
from bot.turn import to_json
from server.schemas.answer import Assessment, RedFlag, Reply, ScamName, assessment_json
from server.schemas.speech import Speech
from server.sight.sheet import Sheet, Speaker

_CORNERS = "Four corners, each x and y in pixels of the upright picture, from the top left one clockwise."


class UprightPicture(BaseModel):
    """The picture as it is to be shown; boxes count its pixels."""

    width: int = Field(description="In pixels.")
    height: int = Field(description="In pixels.")
    turned: int = Field(
        description="How far the picture that was sent has to be turned clockwise: 0, 90, 180 or 270 degrees, after "
        "what its EXIF says."
    )


class ReadLine(BaseModel):
    """One line that was read."""

    text: str
    confidence: float = Field(description="0 to 1.")
    box: list[list[float]] = Field(description=_CORNERS)
    start: int = Field(description="Its first character in `text`.")
    end: int = Field(description="One past the last.")
    block: int = Field(description="Lines of one bubble or paragraph have the same number.")
    speaker: Speaker | None = Field(
        description="In a chat: `own` for the bubbles of the phone's owner, `other` for the others'."
    )


class Place(BaseModel):
    """Where something stands on the picture."""

    line: int = Field(description="Which one of `lines`, from 0.")
    box: list[list[float]] = Field(description=_CORNERS)


class SeenFlag(RedFlag):
    """One sign of fraud and where it can be seen. `start` and `end` count characters of `text`."""

    places: list[Place] = Field(description="One for each line that it stands on.")


class SeenAssessment(Assessment):
    """The judgement of what was read."""

    red_flags: list[SeenFlag]  # type: ignore[assignment]


class Seen(BaseModel):
    """A photographed screen, read and judged."""

    text: str = Field(
        description="Everything that was read, in the order of reading. What a screen broke over lines is joined; "
        "bubbles and paragraphs stand on lines of their own. Empty when no writing was found."
    )
    lines: list[ReadLine]
    picture: UprightPicture
    assessment: SeenAssessment | None = Field(description="`null` when there is nothing to judge.")
    reply: Reply = Field(description="What the digital human says to it.")
    audio: Speech | None = Field(description="What `/speech` returns; `null` unless asked for and available.")
    timings_ms: dict[str, float] = Field(description="Where the time went, in ms.")


def seen_json(
    sheet: Sheet,
    judgement: Judgement | None,
    said: Said,
    audio: Speech | None,
    scam_name: ScamName,
    timings_ms: dict[str, float],
) -> dict[str, Any]:
    """What was read and what it means as JSON; each red flag with its places."""
    assessment = assessment_json(judgement, scam_name)
    for flag in assessment["red_flags"] if assessment else ():
        parts = [(number, line.part(flag["start"], flag["end"])) for number, line in enumerate(sheet.lines)]
        flag["places"] = [{"line": number, "box": box} for number, box in parts if box is not None]
    return {
        "text": sheet.text,
        "lines": [
            {
                "text": line.text,
                "confidence": line.confidence,
                "box": line.box,
                "start": line.start,
                "end": line.end,
                "block": line.block,
                "speaker": line.speaker,
            }
            for line in sheet.lines
        ],
        "picture": {"width": sheet.width, "height": sheet.height, "turned": sheet.turned},
        "assessment": assessment,
        "reply": to_json(said),
        "audio": audio.dict() if audio else None,
        "timings_ms": timings_ms,
    }
