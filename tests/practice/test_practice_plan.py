"""The practice plan: whatever was practised, there is something fitting to go on with."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from played import DATA

from bot.drills.assembly import build_drills
from bot.drills.practice import AFTER_A_MISTAKE, AFTER_SUCCESS, REFRESH, PastRun, Reason, level, plan
from bot.drills.scenario import Kind, Scenario
from bot.identifiers import DrillOutcome

TODAY = date(2026, 11, 26)
SCENARIOS = build_drills(DATA).catalog.all()
RUNS = st.builds(
    PastRun,
    st.sampled_from([*(scenario.id for scenario in SCENARIOS), "no-longer-published"]),
    st.integers(0, 400).map(lambda days: TODAY - timedelta(days=days)),
    st.sampled_from(list(DrillOutcome)),
    st.integers(1, 3),
)


def run(scenario: Scenario, ago: timedelta, *, right: bool) -> PastRun:
    good = DrillOutcome.REPORTED if scenario.kind is Kind.SCAM else DrillOutcome.TRUSTED
    return PastRun(scenario.id, TODAY - ago, good if right else DrillOutcome.SCAMMED, scenario.difficulty)


@given(st.lists(RUNS, max_size=40), st.integers(1, 6))
@settings(max_examples=40)
def test_there_is_always_something_different_to_go_on_with(history: list[PastRun], most: int) -> None:
    ids = [proposal.scenario.id for proposal in plan(history, SCENARIOS, TODAY, most=most)]
    assert len(set(ids)) == len(ids) == min(most, len(SCENARIOS))
    assert 1 <= level(history) <= 3


@given(st.integers(1, 12))
@settings(max_examples=10)
def test_frauds_and_genuine_contacts_stay_half_and_half_before_repeats(days: int) -> None:
    history: list[PastRun] = []
    for day in range(days, 0, -1):
        chosen = plan(history, SCENARIOS, TODAY - timedelta(days=day), most=1)[0].scenario
        history.append(run(chosen, timedelta(days=day), right=True))
    kinds = {scenario.id: scenario.kind for scenario in SCENARIOS}
    scams = sum(kinds[past.scenario_id] is Kind.SCAM for past in history)
    assert abs(2 * scams - len(history)) <= 1


@pytest.mark.parametrize(
    ("right", "times", "wait", "reason"),
    [
        (False, 1, AFTER_A_MISTAKE, Reason.AGAIN_AFTER_MISTAKE),
        (True, 1, AFTER_SUCCESS, Reason.AGAIN_AFTER_SUCCESS),
        (True, 2, REFRESH, Reason.REFRESH),
    ],
)
def test_repeats_come_when_they_are_due_and_not_before(
    right: bool, times: int, wait: timedelta, reason: Reason
) -> None:
    first = SCENARIOS[0]
    due = plan([run(first, wait, right=right)] * times, SCENARIOS, TODAY)
    early = plan([run(first, wait - timedelta(days=1), right=right)] * times, SCENARIOS, TODAY)
    assert (due[0].scenario.id, due[0].reason) == (first.id, reason)
    assert first.id not in [proposal.scenario.id for proposal in early]


def test_difficulty_follows_results() -> None:
    good = [PastRun("a", TODAY, DrillOutcome.REPORTED, 1)] * 3
    bad = [PastRun("a", TODAY + timedelta(days=1), DrillOutcome.SCAMMED, 1)] * 2
    assert (level([]), level(good), level([*good, *bad])) == (1, 2, 1)
    assert level([PastRun("a", TODAY, DrillOutcome.QUIT, 1)] * 9) == 1


def test_a_beginner_begins_easily() -> None:
    proposal = plan([], SCENARIOS, TODAY)[0]
    assert (proposal.reason, proposal.scenario.difficulty) == (Reason.FIRST, 1)
    assert plan([], [], TODAY) == []
