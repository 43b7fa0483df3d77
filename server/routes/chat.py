"""POST /chat: one turn of a conversation."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from fastapi import APIRouter, Depends

from bot.identifiers import Dialect
from bot.turn import Turn
from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import BODY, problems
from server.schemas.answer import ChatResponse, chat_json
from server.schemas.chat import ChatRequest
from server.speaker import spoken_dialect
from server.turns import TooManyTurns

router = APIRouter(tags=["conversation"])


@router.post(
    "/chat",
    response_model=ChatResponse,
    summary="Say something and get an answer",
    responses=problems(
        **BODY,
        s404="`unknown_session`: the session is not open, or no longer.",
        s429="`too_many_turns`: too many turns of this session wait already.",
    ),
)
async def chat(request: ChatRequest, parts: Parts = Depends(of_request)) -> dict[str, Any]:
    """Turns of one session are answered in the order they came in. A failure inside is answered in words."""
    desk = parts.desk(request.kiosk_id, request.session_id)
    if request.session_id is not None and not desk.sessions.knows(request.session_id):
        raise unknown_session()
    session_id = request.session_id or desk.sessions.open(request.kiosk_id)
    dialect = None if request.dialect == "auto" else Dialect(request.dialect)
    try:
        answer = await desk.turns.take(Turn(session_id, str(request.text), request.kiosk_id, dialect))
    except TooManyTurns:
        detail = "Wait for the answers to what was said before."
        raise Problem(429, "too_many_turns", detail, headers={"retry-after": "1"}) from None
    rate = desk.sessions.pace(session_id).after(request.rate, answer.intent.name)
    audio = None
    if request.speak:
        started = perf_counter()
        audio = await parts.speaker.reply(answer.reply, dialect=spoken_dialect(answer), rate=rate)
        answer.timings_ms["speech"] = round((perf_counter() - started) * 1000, 1)
    return chat_json(answer, audio, parts.conversation.scam_name, request.text.offset)


def unknown_session() -> Problem:
    """The problem for a session that is not open."""
    detail = "This session is not open, or no longer. Send session_id null to start a new one."
    return Problem(404, "unknown_session", detail)
