"""A scenario as a graph: what can be reached, what leads to an end, how long it gets."""

from __future__ import annotations

from dataclasses import dataclass

from bot.drills.scenario import Move, Scenario
from bot.identifiers import DrillOutcome


@dataclass(frozen=True)
class Edge:
    """At ``step`` the resident makes ``move``: on to ``target``, to ``outcome``, or it stays."""

    step: str
    move: Move
    target: str | None
    outcome: DrillOutcome | None


def edges(scenario: Scenario) -> list[Edge]:
    """Every move of every step, in the order of the file."""
    return [
        Edge(step.id, move, expectation.next, expectation.outcome)
        for step in scenario.steps
        for move, expectation in scenario.expectations(step).items()
    ]


def _following(scenario: Scenario) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {step.id: [] for step in scenario.steps}
    for edge in edges(scenario):
        if edge.target in result and edge.target not in result[edge.step]:
            result[edge.step].append(edge.target)
    return result


def reachable(scenario: Scenario) -> set[str]:
    """The ids of the steps that some sequence of moves leads to."""
    following = _following(scenario)
    seen = {scenario.steps[0].id}
    todo = [scenario.steps[0].id]
    while todo:
        for step in following[todo.pop()]:
            if step not in seen:
                seen.add(step)
                todo.append(step)
    return seen


def with_an_end(scenario: Scenario) -> set[str]:
    """The ids of the steps from which some sequence of moves leads to an outcome."""
    known = {step.id for step in scenario.steps}
    # A step that does not exist is a fault of its own, not one of the step before it.
    ending = {edge.step for edge in edges(scenario) if edge.outcome is not None or edge.target not in (None, *known)}
    following = _following(scenario)
    grown = True
    while grown:
        more = {step for step, targets in following.items() if step not in ending and ending & set(targets)}
        ending |= more
        grown = bool(more)
    return ending


def longest_paths(scenario: Scenario) -> list[tuple[str, ...]]:
    """The paths without repeated steps that cannot be made longer; at least the one of the first step."""
    following = _following(scenario)
    complete: list[tuple[str, ...]] = []
    todo: list[tuple[str, ...]] = [(scenario.steps[0].id,)]
    while todo and len(complete) < 2000:
        path = todo.pop()
        further = [step for step in following[path[-1]] if step not in path]
        if further:
            todo.extend((*path, step) for step in further)
        else:
            complete.append(path)
    return complete
