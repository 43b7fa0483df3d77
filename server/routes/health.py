"""Whether the program lives, whether it is ready, and its figures."""

from __future__ import annotations

import asyncio
from typing import Literal

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field

from server.parts import Parts, of_request

router = APIRouter(tags=["operation"])


class Health(BaseModel):
    """The process lives."""

    status: Literal["alive"]


class Readiness(BaseModel):
    """Whether residents can be served, part by part."""

    status: Literal["ready", "not_ready"]
    parts: dict[str, Literal["ready", "not_ready"]] = Field(
        description="`conversation` (the model), `voice`, `records`."
    )


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
    body = {
        "status": "ready" if ready else "not_ready",
        "parts": {name: "ready" if state else "not_ready" for name, state in states.items()},
    }
    return JSONResponse(body, 200 if ready else 503, {"cache-control": "no-store"})


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    summary="Figures for Prometheus",
)
async def metrics(parts: Parts = Depends(of_request)) -> Response:
    """In Prometheus' text format. None of them can tell who said what."""
    parts.metrics.sessions.set(len(parts.sessions))
    parts.metrics.screens.set(len(parts.hub))
    return Response(parts.metrics.text(), media_type=CONTENT_TYPE_LATEST)
