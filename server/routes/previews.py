"""POST /previews: a screen on which one drill is tried out."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from bot.drills.scenario import Scenario
from server.parts import Parts, of_request
from server.problems import FieldProblem, Problem
from server.routes.problem_responses import BODY, problems

router = APIRouter(tags=["drills"])


class PreviewRequest(BaseModel):
    """A published drill by its id, or the text of a scenario file."""

    scenario_id: str | None = Field(None, max_length=100, description="A published drill.", example="gas-check-parts")
    text: str | None = Field(None, description="A whole scenario file, published or not.")


class Preview(BaseModel):
    """Where the drill can be played."""

    scenario_id: str
    title: str
    kiosk_id: str = Field(description="The screen that plays it; its visits are neither recorded nor counted.")
    path: str = Field(description="The page of that screen on this server.", example="/?kiosk=preview-0a1b2c3d4e5f")


@router.post(
    "/previews",
    response_model=Preview,
    status_code=201,
    summary="Try a drill out",
    responses=problems(
        **{
            **BODY,
            "s422": "`invalid_request`: fields can't be used. `invalid_scenario`: the text has faults; `errors` names "
            "each as `text:line:column` with what to write instead, in Chinese, for whoever wrote it.",
        },
        s404="`unknown_scenario`: there is no drill of this id.",
    ),
)
async def preview(request: PreviewRequest, parts: Parts = Depends(of_request)) -> Preview:
    """The screen begins with the drill as soon as somebody is there. The latest fifty previews are kept."""
    scenario = _scenario(request, parts)
    kiosk_id = parts.previews.show(scenario)
    return Preview(scenario_id=scenario.id, title=scenario.title, kiosk_id=kiosk_id, path=f"/?kiosk={kiosk_id}")


def _scenario(request: PreviewRequest, parts: Parts) -> Scenario:
    scenarios = parts.conversation.scenarios
    if (request.scenario_id is None) == (request.text is None):
        raise Problem(422, "invalid_request", "Send either scenario_id or text.")
    if request.scenario_id is not None:
        scenario = scenarios.get(request.scenario_id)
        if scenario is None:
            raise Problem(404, "unknown_scenario", "There is no drill of this id. GET /api/v1/scenarios lists all.")
        return scenario
    loaded = scenarios.read(request.text or "")
    if loaded.scenario is None:
        errors = [
            FieldProblem(field=f"text:{fault.line}:{fault.column}", detail=fault.message) for fault in loaded.faults
        ]
        raise Problem(422, "invalid_scenario", "The scenario has faults; see errors.", errors=errors)
    return loaded.scenario
