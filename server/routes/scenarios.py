"""GET /scenarios: the drills that can be played. Their course is told to nobody before it is played."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from bot.drills.scenario import Channel, Kind, Scenario
from bot.identifiers import ScamType
from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import problems

router = APIRouter(tags=["drills"])


class ScenarioSummary(BaseModel):
    """One drill."""

    id: str
    title: str
    kind: Kind = Field(description="Whether a fraud or a genuine contact is played.")
    scam_type: ScamType | None = Field(description="What fraud is played; `null` for a genuine contact.")
    mirror_of: ScamType | None = Field(description="What fraud a genuine contact resembles.")
    channel: Channel = Field(description="How the contact reaches the resident.")
    difficulty: int = Field(description="1 easy to 3 hard.")
    audience: str = Field(description="For whom it was written.")
    intro: str = Field(description="What is said before it starts.")
    max_turns: int = Field(description="Turns after which it ends.")
    reviewed: date = Field(description="When its facts were last checked.")
    version: str = Field(description="Changes with its content.")


class ScenarioDetail(ScenarioSummary):
    """One drill with its sources."""

    cast: list[str] = Field(description="Whom the digital human plays.")
    steps: int = Field(description="How many steps it has.")
    clues: int = Field(description="How many clues there are to notice.")
    sources: list[str] = Field(description="What it is based on.")


class ScenarioList(BaseModel):
    """All drills."""

    scenarios: list[ScenarioSummary]


def _summary(scenario: Scenario) -> ScenarioSummary:
    return ScenarioSummary(**{name: getattr(scenario, name) for name in ScenarioSummary.__fields__})


def _detail(scenario: Scenario) -> ScenarioDetail:
    return ScenarioDetail(
        **_summary(scenario).dict(),
        cast=[member.name for member in scenario.cast],
        steps=len(scenario.steps),
        clues=len(scenario.clues),
        sources=list(scenario.sources),
    )


@router.get("/scenarios", response_model=ScenarioList, summary="List the drills")
def scenarios(parts: Parts = Depends(of_request)) -> ScenarioList:
    """Sorted by id."""
    return ScenarioList(scenarios=[_summary(scenario) for scenario in parts.conversation.scenarios.all()])


@router.get(
    "/scenarios/{scenario_id}",
    response_model=ScenarioDetail,
    summary="Show one drill",
    responses=problems(s404="`unknown_scenario`: there is no drill of this id."),
)
def scenario(
    scenario_id: str = Path(description="As in the list."), parts: Parts = Depends(of_request)
) -> ScenarioDetail:
    """Without its course, so that it can still be played."""
    found = parts.conversation.scenarios.get(scenario_id)
    if found is None:
        raise Problem(404, "unknown_scenario", "There is no drill of this id. GET /api/v1/scenarios lists all.")
    return _detail(found)
