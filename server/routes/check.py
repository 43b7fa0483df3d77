"""POST /check: judge one message without a conversation."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Depends

from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import BODY, problems
from server.schemas.answer import CheckResponse, assessment_json
from server.schemas.chat import CheckRequest

router = APIRouter(tags=["judgement"])


@router.post(
    "/check",
    response_model=CheckResponse,
    summary="Judge a message or situation",
    responses=problems(**BODY, s503="`judge_unavailable`: the judge failed; ask again."),
)
async def check(request: CheckRequest, parts: Parts = Depends(of_request)) -> dict[str, Any]:
    """Nothing is remembered and nothing is recorded."""
    try:
        assessment = await asyncio.to_thread(parts.conversation.check, str(request.text))
    except Exception as error:
        detail = "The message can't be judged right now. Try again in a moment."
        raise Problem(503, "judge_unavailable", detail) from error
    return {"assessment": assessment_json(assessment, parts.conversation.scam_name, request.text.offset)}
