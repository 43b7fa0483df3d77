"""GET /kept-answers: what a screen can still answer when this server is gone."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from bot.turn import to_json
from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import problems
from server.schemas.answer import Assessment, Reply, assessment_json

router = APIRouter(tags=["kiosks"])


class KeptAnswer(BaseModel):
    """A question on a button, and its answer."""

    title: str = Field(description="What the button shows.")
    reply: Reply
    assessment: Assessment | None = Field(description="`null` when there is nothing to judge.")


class KeptAnswers(BaseModel):
    """The answers to keep, the most urgent first."""

    answers: list[KeptAnswer]


@router.get(
    "/kept-answers",
    response_model=KeptAnswers,
    summary="Answers for a screen to keep",
    responses=problems(s503="`answers_not_ready`: none can be made now; keep those that are there."),
)
async def kept_answers(response: Response, parts: Parts = Depends(of_request)) -> dict[str, Any]:
    """The `lookups` and `questions` of `data/knowledge/welcome.yml` with their answers. Ask again every half hour."""
    response.headers["cache-control"] = "no-cache"
    kept = await parts.kept_answers.all()
    if not kept:
        raise Problem(503, "answers_not_ready", "No answer can be made now. Keep those that are there.")
    return {
        "answers": [
            {
                "title": one.question.title,
                "reply": to_json(one.answer.reply),
                "assessment": assessment_json(one.answer.assessment, parts.conversation.scam_name),
            }
            for one in kept
        ]
    }
