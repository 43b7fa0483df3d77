"""Whether the program lives, whether it is ready, and its figures."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Depends, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field

from bot.live.state import ContentState
from server.parts import Parts, of_request

router = APIRouter(tags=["operation"])
_MOST_FAULTS = 50


class Health(BaseModel):
    """The process lives."""

    status: Literal["alive"]


class Content(BaseModel):
    """What staff edit."""

    live_since: datetime = Field(description="When what is said now was taken over.")
    publication: int = Field(description="Number of the newest publication; 0 without any.")
    faults: list[str] = Field(
        description="What is wrong with the files, `file:line:column: sentence`; their last good version serves."
    )
    retraining: bool = Field(description="Small models are being trained for an edit.")
    needs_training: bool = Field(description="An edit waits for `hean train`.")


class Readiness(BaseModel):
    """Whether residents can be served, part by part."""

    status: Literal["ready", "not_ready"]
    parts: dict[str, Literal["ready", "not_ready"]] = Field(
        description="`conversation` (the model), `voice`, `records`; `hearing` where a recogniser is set up."
    )
    content: Content = Field(description="How the content stands. What is refused keeps nobody from being served.")


@router.get("/healthz", response_model=Health, summary="The process lives")
async def healthz() -> Health:
    """Says nothing of its parts."""
    return Health(status="alive")


@router.get(
    "/readyz",
    response_model=Readiness,
    summary="Model, voice and store are ready",
    responses={503: {"model": Readiness, "description": "At least one part is not ready."}},
)
async def readyz(parts: Parts = Depends(of_request)) -> JSONResponse:
    """A part that is not ready keeps no other from working: without voice, replies are only shown."""
    states = {
        "conversation": parts.conversation.ready(),
        "voice": parts.voice.ready(),
        "records": await asyncio.to_thread(parts.records.ready),
    }
    ready = all(states.values())
    if parts.settings.hearing.engine != "none":
        states["hearing"] = parts.ears.ready()  # told, but whoever can't be heard can type
    body = {
        "status": "ready" if ready else "not_ready",
        "parts": {name: "ready" if state else "not_ready" for name, state in states.items()},
        "content": jsonable_encoder(_content(parts.conversation.content_state())),
    }
    return JSONResponse(body, 200 if ready else 503, {"cache-control": "no-store"})


def _content(state: ContentState) -> Content:
    return Content(
        live_since=state.live_since,
        publication=state.publication,
        faults=[str(fault) for fault in state.faults[:_MOST_FAULTS]],
        retraining=state.retraining,
        needs_training=state.needs_training,
    )


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    summary="Figures for Prometheus",
)
async def metrics(parts: Parts = Depends(of_request)) -> Response:
    """In Prometheus' text format. None of them can tell who said what."""
    parts.metrics.sessions.set(len(parts.sessions))
    parts.metrics.screens.set(len(parts.hub))
    parts.metrics.note_content(parts.conversation.content_state())
    return Response(parts.metrics.text(), media_type=CONTENT_TYPE_LATEST)
