"""Pressure and disclosure: they rise and fall, change what the role says, and are told at the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.drills.assembly import Drills
from bot.drills.moves import Heard
from bot.drills.phrases import DrillPhrases
from bot.drills.scenario import HIGH_PRESSURE, Scenario
from bot.drills.score import score
from bot.drills.state import DrillState, Status
from bot.identifiers import DrillOutcome

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "drill-example.yml"


def pressing(drills: Drills, **words: Any) -> tuple[Scenario, str, str]:
    """The example of the docs with such words at its second step; the ids of its first and second step."""
    document = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    first, second = document["steps"][0], document["steps"][1]
    second.update({"lines": ["平常的话。"], "nudge": "平常再问。", **words})
    first["expects"]["comply"] = {"phrases": ["好吧，听你的"], "pressure": 1, "next": second["id"]}
    first["expects"]["stall"] = {"phrases": ["等一等"], "pressure": -2, "next": second["id"]}
    found = drills.loader.load_text(yaml.safe_dump(document, allow_unicode=True), EXAMPLE)
    assert found.scenario is not None, [str(fault) for fault in found.faults]
    return found.scenario, first["id"], second["id"]


def roles(lines: Any) -> list[str]:
    return [line.speech for line in lines if line.speaker == "role"]


@pytest.mark.parametrize(
    ("pressure", "said", "expected"),
    [
        (0, "好吧，听你的", "平常的话。"),
        (HIGH_PRESSURE - 1, "好吧，听你的", "凶的话。"),
        (10, "好吧，听你的", "凶的话。"),
        (4, "等一等", "软的话。"),
        (10, "等一等", "凶的话。"),
    ],
)
def test_pressure_chooses_what_the_role_says(drills: Drills, pressure: int, said: str, expected: str) -> None:
    scenario, _, second = pressing(drills, harder=["凶的话。"], calmer=["软的话。"])
    state, _ = drills.engine.begin(scenario, "run")
    state, step = drills.engine.advance(scenario, replace(state, pressure=pressure), Heard(said))
    assert state.step == second and roles(step.lines)[-1] == expected


@pytest.mark.parametrize(("pressure", "expected"), [(0, "平常再问。"), (HIGH_PRESSURE, "凶着再问。")])
def test_pressure_chooses_the_nudge(drills: Drills, pressure: int, expected: str) -> None:
    scenario, _, second = pressing(drills, harder_nudge="凶着再问。")
    state, _ = drills.engine.begin(scenario, "run")
    _, step = drills.engine.advance(scenario, replace(state.at(second), pressure=pressure), Heard("红烧肉"))
    assert roles(step.lines) == [expected]


def test_a_step_without_variants_says_its_words_whatever_the_pressure(drills: Drills) -> None:
    scenario, _, second = pressing(drills)
    step = scenario.step(second)
    assert step is not None
    for pressure in range(11):
        for eased in (False, True):
            assert step.lines_under(pressure, eased=eased) == step.lines
        assert step.nudge_under(pressure).text == step.nudge


def test_words_for_high_pressure_are_checked_like_all_others(drills: Drills) -> None:
    document = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    document["steps"][0]["harder"] = ["打13800138000。"]
    found = drills.loader.load_text(yaml.safe_dump(document, allow_unicode=True), EXAMPLE)
    assert any("13800138000" in str(fault) for fault in found.faults)


@pytest.mark.parametrize(("disclosure", "word"), [(0, None), (1, "told_some"), (2, "told_some"), (3, "told_much")])
def test_what_was_told_is_said_at_the_end_and_costs_points(
    drills: Drills, phrases: DrillPhrases, disclosure: int, word: str | None
) -> None:
    scenario, _, _ = pressing(drills)
    state, _ = drills.engine.begin(scenario, "run")
    state, step = drills.engine.advance(scenario, replace(state, disclosure=disclosure), Heard("我打110报警"))
    assert state.outcome is DrillOutcome.REPORTED
    told = [line.text for line in step.lines if line.text in (phrases.say.told_some, phrases.say.told_much)]
    assert told == ([getattr(phrases.say, word)] if word else [])
    clean = replace(state, disclosure=0)
    assert (score(clean, scenario.kind) or 0) >= (score(state, scenario.kind) or 0)


def test_each_point_of_disclosure_costs_the_same(drills: Drills) -> None:
    scenario, first, _ = pressing(drills)
    ended = DrillState("r", scenario.id, "", first, status=Status.FINISHED, outcome=DrillOutcome.REPORTED, turns=2)
    points = [score(replace(ended, disclosure=told, first_guarded=2), scenario.kind) or 0 for told in range(4)]
    assert points == sorted(points, reverse=True) and len(set(points)) == 4
