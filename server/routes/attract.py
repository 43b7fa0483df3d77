"""GET /attract: what a screen does while nobody is there."""

from __future__ import annotations

import logging
from datetime import datetime

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from bot.yaml_source import ContentError
from server.faults import describe
from server.parts import Parts, of_request

router = APIRouter(tags=["kiosks"])
_log = logging.getLogger(__name__)


class Attract(BaseModel):
    """The attract loop of today. Ask again every half hour."""

    tips: list[str] = Field(description="Reminders of this day, in order; none in quiet hours.")
    quiet: bool = Field(description="Nothing moves or speaks by itself now.")
    watch: bool = Field(description="Whether the page may use its camera to notice that somebody comes.")
    greet_every_seconds: float = Field(description="Time between two greetings of people who only pass by.")


@router.get("/attract", response_model=Attract, summary="What a screen shows while nobody is there")
def attract(response: Response, parts: Parts = Depends(of_request)) -> Attract:
    """`data/tips.yml` as it stands; while it is broken, as it last was right."""
    response.headers["cache-control"] = "no-cache"
    try:
        parts.tips.refresh()
    except ContentError as error:
        _log.error("tips: %s", describe(error))
    now, kiosk = datetime.now(), parts.settings.kiosk
    quiet = parts.tips.current.is_quiet(now)
    return Attract(
        tips=[] if quiet else list(parts.tips.current.today(now)),
        quiet=quiet,
        watch=kiosk.watch_for_visitors and not quiet,
        greet_every_seconds=kiosk.greet_every_seconds,
    )
