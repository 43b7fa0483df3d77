"""POST /broadcasts: staff say something on every screen."""

from __future__ import annotations

import asyncio
import secrets

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel, Field, StrictBool

from bot.hotlines import load_hotlines
from bot.identifiers import Gesture
from bot.turn import Reply
from bot.yaml_source import ContentError
from server.announcement import Announcement, foreign_numbers
from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import BODY, problems

router = APIRouter(tags=["kiosks"])


class BroadcastRequest(BaseModel):
    """An announcement."""

    text: Announcement = Field(
        description="What to say, 1 to 120 characters: plain words, and no number to call but the hotlines'.",
        example="今天有人冒充社区上门收钱。不要开门，不要给钱。",
    )
    urgent: StrictBool = Field(
        default=False,
        description="Break into every visit, with the full-screen card and 110. Otherwise each screen waits until "
        "nobody is there.",
    )


class BroadcastSent(BaseModel):
    """How far it went."""

    screens: int = Field(description="How many connected screens were told.")


async def allowed(
    parts: Parts = Depends(of_request),
    authorization: str = Header("", description="`Bearer` and the token of the setting kiosk.broadcast_token."),
) -> Parts:
    """The parts of the application, for whoever knows the token.

    Raises:
        Problem: no token is set, or another one was sent.
    """
    token = parts.settings.kiosk.broadcast_token.get_secret_value()
    if not token:
        detail = "Announcements are switched off. Set kiosk.broadcast_token to allow them."
        raise Problem(403, "broadcasts_off", detail)
    scheme, _, sent = authorization.partition(" ")
    right = secrets.compare_digest(sent.strip().encode(), token.encode())
    if scheme.lower() != "bearer" or not right:
        detail = "Send the header Authorization: Bearer with the token of this installation."
        raise Problem(401, "wrong_token", detail, headers={"www-authenticate": "Bearer"})
    return parts


@router.post(
    "/broadcasts",
    response_model=BroadcastSent,
    summary="Say something on every screen",
    responses=problems(
        **{
            **BODY,
            "s422": "`invalid_request`: fields can't be used; `foreign_number`: the text has a number to call that is "
            "none of the hotlines.",
        },
        s401="`wrong_token`: no token, or not the one of this installation.",
        s403="`broadcasts_off`: this installation has no token, so nobody can announce anything.",
        s503="`hotlines_unreadable`: the file of hotlines is broken.",
    ),
)
async def broadcast(request: BroadcastRequest, parts: Parts = Depends(allowed)) -> BroadcastSent:
    """Nothing of it is kept. Screens that are not connected now never hear of it."""
    text = str(request.text)
    try:
        hotlines = await asyncio.to_thread(load_hotlines, parts.settings.bot.data_dir / "knowledge" / "hotlines.yml")
    except ContentError as error:
        detail = "The file of hotlines can't be read, so no number can be checked. Mend data/knowledge/hotlines.yml."
        raise Problem(503, "hotlines_unreadable", detail) from error
    if foreign_numbers(text, hotlines.numbers(tuple(hotlines))):
        detail = "Leave out numbers that are none of the hotlines in data/knowledge/hotlines.yml."
        raise Problem(422, "foreign_number", detail)
    gesture = Gesture.WARN if request.urgent else Gesture.EXPLAIN
    screens = await parts.hub.broadcast(Reply(text, text, gesture=gesture), urgent=request.urgent)
    return BroadcastSent(screens=screens)
