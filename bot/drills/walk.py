"""Every way through a scenario: how many there are, where they end, the shortest and the longest."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from functools import cache

from bot.drills.graph import Edge, edges, reachable
from bot.drills.scenario import Scenario
from bot.identifiers import DrillOutcome

Way = tuple[Edge, ...]


@dataclass(frozen=True)
class Walk:
    """What came of walking. A way is a sequence of moves from the first step to an outcome; no way comes to a step
    twice. Moves that stay at their step belong to none; ``staying`` counts them."""

    ways: dict[DrillOutcome, int]
    shortest: Way
    longest: Way
    to_outcome: dict[DrillOutcome, Way]
    staying: int
    moves: int
    unreached: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many ways there are."""
        return sum(self.ways.values())


def walk(scenario: Scenario) -> Walk:
    """Walk a scenario that is free of faults."""
    out: dict[str, list[Edge]] = {step.id: [] for step in scenario.steps}
    for edge in edges(scenario):
        out[edge.step].append(edge)
    seen = reachable(scenario)
    beyond = {step: _beyond(step, out) for step in out}

    # Which steps lie behind matters only where one could come back to them; else it is the same walk from here.
    @cache
    def counted(step: str, behind: frozenset[str]) -> Counter[DrillOutcome]:
        ways: Counter[DrillOutcome] = Counter()
        for edge in out[step]:
            if edge.outcome is not None:
                ways[edge.outcome] += 1
            elif edge.target is not None and edge.target not in behind | {step}:
                ways += counted(edge.target, (behind | {step}) & beyond[edge.target])
        return ways

    @cache
    def longest(step: str, behind: frozenset[str]) -> Way:
        best: Way = ()
        for edge in out[step]:
            rest: Way = ()
            if edge.target is not None and edge.outcome is None:
                if edge.target in behind | {step}:
                    continue
                rest = longest(edge.target, (behind | {step}) & beyond[edge.target])
                if not rest:
                    continue
            elif edge.outcome is None:
                continue
            if 1 + len(rest) > len(best):
                best = (edge, *rest)
        return best

    first = scenario.steps[0].id
    to_outcome = _shortest(first, out)
    ways = counted(first, frozenset())
    return Walk(
        ways={outcome: ways[outcome] for outcome in DrillOutcome if ways[outcome]},
        shortest=min(to_outcome.values(), key=len, default=()),
        longest=longest(first, frozenset()),
        to_outcome=to_outcome,
        staying=sum(edge.target in (None, edge.step) and edge.outcome is None for step in seen for edge in out[step]),
        moves=sum(len(out[step]) for step in seen),
        unreached=tuple(step.id for step in scenario.steps if step.id not in seen),
    )


def _beyond(step: str, out: dict[str, list[Edge]]) -> frozenset[str]:
    seen: set[str] = set()
    todo = [step]
    while todo:
        for edge in out[todo.pop()]:
            if edge.target is not None and edge.target not in seen:
                seen.add(edge.target)
                todo.append(edge.target)
    return frozenset(seen)


def _shortest(first: str, out: dict[str, list[Edge]]) -> dict[DrillOutcome, Way]:
    """The shortest way to every outcome that can be reached."""
    found: dict[DrillOutcome, Way] = {}
    todo: deque[tuple[str, Way]] = deque([(first, ())])
    seen = {first}
    while todo:
        step, way = todo.popleft()
        for edge in out[step]:
            if edge.outcome is not None:
                found.setdefault(edge.outcome, (*way, edge))
            elif edge.target is not None and edge.target not in seen:
                seen.add(edge.target)
                todo.append((edge.target, (*way, edge)))
    return found
