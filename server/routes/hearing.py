"""POST /hearing: what was said in a recording."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from bot.identifiers import Dialect
from server.hearing.recogniser import HearingUnavailable
from server.hearing.wav import read_recording
from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import problems

router = APIRouter(tags=["speech"])
_log = logging.getLogger(__name__)


class Hearing(BaseModel):
    """What was understood. Let whoever spoke confirm it: recognition of dialects errs often."""

    text: str = Field(description="What was said; empty when the recording holds no speech.")
    dialect: Dialect = Field(description="What sound and words tell of the dialect.")
    confidence: float = Field(description="How sure the dialect is, 0 to 1, as in `dialect` of `/chat`.")
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
        s503="`asr_not_configured`: this installation has no recogniser. "
        "`asr_unavailable`: it has one that does not work right now.",
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
    """A transcript is never invented, no sound kept. Without a recogniser the recording is checked and refused."""
    settings = parts.settings.hearing
    recording = read_recording(await request.body(), max_seconds=settings.max_seconds)
    if settings.engine == "none":
        detail = "This installation has no speech recogniser. Type the words in instead."
        raise Problem(503, "asr_not_configured", detail)
    try:
        heard = await parts.ears.hear(recording)
    except HearingUnavailable as error:
        parts.metrics.hearing.labels("failed").inc()
        _log.warning("nothing heard: %s", error)
        detail = "Speech can't be recognised right now. Try again, or type the words in instead."
        raise Problem(503, "asr_unavailable", detail) from error
    parts.metrics.hearing.labels("heard" if heard.text else "silence").inc()
    parts.metrics.hearing_seconds.observe(heard.latency_ms / 1000)
    return Hearing(
        text=heard.text,
        dialect=heard.dialect.id,
        confidence=heard.dialect.confidence,
        engine=heard.engine,
        latency_ms=heard.latency_ms,
    )
