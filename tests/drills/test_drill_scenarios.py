"""Every shipped scenario: free of faults, and each of its outcomes reached by a resident's real words."""

from __future__ import annotations

import re
from collections import deque
from pathlib import Path

import pytest

from bot.drills.assembly import Drills
from bot.drills.graph import Edge, edges
from bot.drills.moves import Heard
from bot.drills.parts_of import role_lines
from bot.drills.scenario import Channel, Kind, Scenario
from bot.drills.spoken_time import longest_seconds
from bot.drills.walk import walk
from bot.identifiers import DrillOutcome, ScamType

FILES = sorted((Path(__file__).resolve().parents[2] / "data" / "scenarios").glob("*.yml"))


def load(drills: Drills, path: Path) -> Scenario:
    loaded = drills.loader.load_file(path)
    assert not loaded.faults, "\n".join(str(fault) for fault in loaded.faults)
    assert loaded.scenario is not None
    return loaded.scenario


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_has_no_faults_and_is_named_after_its_id(drills: Drills, path: Path) -> None:
    assert load(drills, path).id == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_outcome_is_reached_by_real_words(drills: Drills, path: Path) -> None:
    scenario = load(drills, path)
    expected = {edge.outcome for edge in edges(scenario) if edge.outcome is not None}
    right = DrillOutcome.REPORTED if scenario.kind is Kind.SCAM else DrillOutcome.TRUSTED
    wrong = DrillOutcome.SCAMMED if scenario.kind is Kind.SCAM else DrillOutcome.MISREPORTED
    assert {right, wrong} <= expected <= set(scenario.outcomes)
    for outcome in expected:
        state, step = drills.engine.begin(scenario, "run-1")
        for edge in ways_to(scenario, outcome):
            here = scenario.step(edge.step)
            assert here is not None and state.step == edge.step
            words = scenario.expectations(here)[edge.move].phrases or (drills_words(drills, edge.move.value),)
            state, step = drills.engine.advance(scenario, state, Heard(words[0]))
            assert step.move is edge.move
        assert state.outcome is outcome
        assert step.view.score is not None
    state, step = drills.engine.leave(scenario, drills.engine.begin(scenario, "run-1")[0])
    assert state.outcome is DrillOutcome.QUIT


def ways_to(scenario: Scenario, outcome: DrillOutcome) -> list[Edge]:
    """The shortest sequence of moves to an outcome; empty when there is none."""
    out: dict[str, list[Edge]] = {}
    for edge in edges(scenario):
        out.setdefault(edge.step, []).append(edge)
    todo: deque[tuple[str, list[Edge]]] = deque([(scenario.steps[0].id, [])])
    seen = {scenario.steps[0].id}
    while todo:
        step, way = todo.popleft()
        for edge in out.get(step, []):
            if edge.outcome is outcome:
                return [*way, edge]
            if edge.target is not None and edge.target not in seen:
                seen.add(edge.target)
                todo.append((edge.target, [*way, edge]))
    return []


def drills_words(drills: Drills, move: str) -> str:
    return {"refuse": "我不要", "verify": "我先问问", "ask": "你是谁", "stall": "等一等"}.get(move, "好的")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_move_of_every_step_is_heard_from_each_of_its_phrases(drills: Drills, path: Path) -> None:
    scenario = load(drills, path)
    for step in scenario.steps:
        listed = scenario.expectations(step)
        phrases = {move: expectation.phrases for move, expectation in listed.items()}
        for move, expectation in listed.items():
            for phrase in expectation.phrases:
                made = drills.engine.moves.moves(Heard(phrase + "。"), phrases, scenario.kind)
                assert made and made[0] is move, (step.id, phrase)


def test_titles_and_names_do_not_tell_what_is_a_scam(drills: Drills) -> None:
    for scenario in drills.catalog.all():
        for shown in (scenario.title, *(member.name for member in scenario.cast)):
            assert not any(word in shown for word in ("骗", "假", "自称", "冒充", "“", "真")), shown


# What costs local elders most, each as a fraud that can be practised.
COSTLY = {
    *(ScamType.POLICE, ScamType.FAMILY_EMERGENCY, ScamType.CUSTOMER_SERVICE, ScamType.INVESTMENT),
    *(ScamType.HEALTH_PRODUCT, ScamType.ELDER_SERVICES, ScamType.PHISHING_NOTICE, ScamType.BRUSHING, ScamType.LOAN),
    *(ScamType.LEADER_ACQUAINTANCE, ScamType.PRIZE, ScamType.DOORSTEP, ScamType.RECOVERY, ScamType.MONEY_MULE),
}
# Nobody honest pays for clicks, or rents cards.
WITHOUT_MIRROR = {ScamType.BRUSHING, ScamType.MONEY_MULE}
# What is special about some of them, and a word of it that the cast says.
SPECIAL = {
    "police-cash-pickup": "上门来拿",
    "grandchild-ai-voice": "我是|是我呀",
    "screen-share-service-fee": "屏幕",
    "gold-by-courier": "金",
    "health-lecture-miracle": "课|讲座|老师",
    "pension-bed-deposit": "床位",
    "medicare-stopped-sms": "医保",
    "gas-check-parts": "燃气|煤气",
    "rent-bank-card": "卡",
    "recovery-officer": "追",
}


def test_the_collection_holds_both_kinds_over_all_channels_and_costly_types(drills: Drills) -> None:
    scenarios = drills.catalog.all()
    kinds = [scenario.kind for scenario in scenarios]
    assert len(scenarios) >= 28 and kinds.count(Kind.LEGITIMATE) >= 13
    for kind in Kind:
        assert {scenario.channel for scenario in scenarios if scenario.kind is kind} == set(Channel)
    assert {scenario.difficulty for scenario in scenarios} == {1, 2, 3}
    assert {scenario.scam_type for scenario in scenarios if scenario.scam_type} >= COSTLY
    assert {scenario.mirror_of for scenario in scenarios if scenario.mirror_of} >= COSTLY - WITHOUT_MIRROR


@pytest.mark.parametrize("scenario_id", SPECIAL)
def test_what_is_special_about_a_fraud_is_played(drills: Drills, scenario_id: str) -> None:
    scenario = drills.catalog.get(scenario_id)
    assert scenario is not None and scenario.kind is Kind.SCAM
    assert re.search(SPECIAL[scenario_id], "".join(line.text for _, line in role_lines(scenario)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_drill_takes_four_to_eight_exchanges_and_less_than_three_minutes(drills: Drills, path: Path) -> None:
    scenario = load(drills, path)
    assert 4 <= len(walk(scenario).longest) <= 8
    assert longest_seconds(scenario) <= 180
