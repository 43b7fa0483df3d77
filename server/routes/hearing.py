"""POST /hearing: what was said in a recording."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from bot.identifiers import Dialect
from server.parts import Parts, of_request
from server.problems import Problem
from server.recording import read_recording
from server.routes.problem_responses import problems

router = APIRouter(tags=["speech"])


class Hearing(BaseModel):
    """What was understood."""

    text: str
    dialect: Dialect
    confidence: float = Field(description="0 to 1.")
    engine: str = Field(description="The recogniser.")
    latency_ms: float = Field(description="Time it took, in ms.")


@router.post(
    "/hearing",
    response_model=Hearing,
    summary="Recognise speech",
    responses=problems(
        s413="`body_too_large`, `sound_too_long`: more than 15 seconds.",
        s415="`unsupported_sound`: not 16 kHz mono 16-bit PCM.",
        s422="`unusable_sound`: no WAV, cut off, or empty.",
        s503="`asr_not_configured`: this installation has no recogniser.",
    ),
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A WAV file: 16 kHz, mono, 16-bit PCM, at most 15 seconds.",
            "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def hearing(request: Request, parts: Parts = Depends(of_request)) -> Hearing:
    """A transcript is never invented: without a recogniser the recording is checked and refused."""
    read_recording(await request.body(), max_seconds=parts.settings.hearing.max_seconds)
    detail = "This installation has no speech recogniser. Type the words in instead."
    raise Problem(503, "asr_not_configured", detail)
