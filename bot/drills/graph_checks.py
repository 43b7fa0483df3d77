"""The course of a scenario: every step is reached, ends somewhere, and takes neither too long nor too short."""

from __future__ import annotations

from collections.abc import Iterator

from bot.drills.engine import GUARDING, accepted
from bot.drills.faults import Problem, problem
from bot.drills.graph import longest_paths, reachable, with_an_end
from bot.drills.parts_of import expectations
from bot.drills.scenario import Kind, Move, Scenario
from bot.drills.spoken_time import longest_seconds
from bot.identifiers import DrillOutcome

FEWEST, MOST = 4, 8
LONGEST_SECONDS = 180
_ALLOWED = {
    Kind.SCAM: (DrillOutcome.REPORTED, DrillOutcome.SCAMMED, DrillOutcome.QUIT),
    Kind.LEGITIMATE: (DrillOutcome.TRUSTED, DrillOutcome.MISREPORTED, DrillOutcome.SCAMMED, DrillOutcome.QUIT),
}
# Without both, nothing could be learned: one is what is right, one what a mistake leads to.
_NEEDED = {
    Kind.SCAM: (DrillOutcome.REPORTED, DrillOutcome.SCAMMED),
    Kind.LEGITIMATE: (DrillOutcome.TRUSTED, DrillOutcome.MISREPORTED),
}


def graph_problems(scenario: Scenario) -> Iterator[Problem]:
    """What is wrong with the course, its outcomes and its length."""
    yield from _steps(scenario)
    yield from _outcomes(scenario)
    exchanges = max(len(path) for path in longest_paths(scenario))
    if not FEWEST <= exchanges <= MOST:
        yield problem(("steps",), "wrong_steps", count=exchanges)
    seconds = longest_seconds(scenario)
    if seconds > LONGEST_SECONDS:
        yield problem(("steps",), "too_slow", seconds=round(seconds))
    if scenario.max_turns < exchanges:
        yield problem(("max_turns",), "too_few_turns", turns=scenario.max_turns, count=exchanges)


def _steps(scenario: Scenario) -> Iterator[Problem]:
    seen = reachable(scenario)
    ending = with_an_end(scenario)
    for index, step in enumerate(scenario.steps):
        if step.id not in seen:
            yield problem(("steps", index, "id"), "unreachable_step", step=step.id)
        elif step.id not in ending:
            yield problem(("steps", index, "id"), "dead_end", step=step.id)
        listed = scenario.expectations(step)
        open_moves = [move.value for move in Move if move in GUARDING and accepted(listed, move) is None]
        if open_moves:
            yield problem(("steps", index, "id"), "unguarded", step=step.id, moves="、".join(open_moves))


def _outcomes(scenario: Scenario) -> Iterator[Problem]:
    reached: set[DrillOutcome] = set()
    for path, expectation in expectations(scenario):
        outcome = expectation.outcome
        if outcome is None:
            continue
        reached.add(outcome)
        allowed = _ALLOWED[scenario.kind]
        if outcome not in allowed:
            names = "、".join(item.value for item in allowed)
            where = (*path, "outcome")
            yield problem(where, "wrong_outcome", kind=scenario.kind.value, outcome=outcome.value, allowed=names)
    for outcome in DrillOutcome:
        needed = outcome in _NEEDED[scenario.kind]
        if outcome in scenario.outcomes:
            if outcome not in reached and outcome is not DrillOutcome.QUIT:
                yield problem(("outcomes", outcome.value), "unused_outcome", outcome=outcome.value)
        elif outcome in reached or outcome is DrillOutcome.QUIT:
            yield problem(("outcomes",), "missing_outcome_text", outcome=outcome.value)
        elif needed:
            yield problem(("outcomes",), "missing_outcome", outcome=outcome.value)
