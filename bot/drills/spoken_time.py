"""How long a scenario takes to play, at the normal speed of speech."""

from __future__ import annotations

from collections.abc import Iterable

from bot.drills.graph import longest_paths
from bot.drills.scenario import Expectation, Scenario, Step

_BY_CHARACTER = 0.3  # measured on the voice at its normal rate, pauses included: 3.3 characters a second
_BY_ANSWER = 5
_AROUND = 60  # characters: that it is a drill, how to stop it, that it is over


def longest_seconds(scenario: Scenario) -> float:
    """The longest way with the longest answer to each move, the resident's turns and what is said at the end."""
    return max(_seconds(scenario, path) for path in longest_paths(scenario))


def _seconds(scenario: Scenario, path: tuple[str, ...]) -> float:
    steps = [step for step in map(scenario.step, path) if step is not None]
    spoken = _AROUND + len(scenario.intro) + len(scenario.opening) + len(scenario.debrief)
    for step, following in zip(steps, [*path[1:], None], strict=True):
        spoken += max(sum(len(line.text) for line in said) for said in (step.lines, step.calmer, step.harder))
        spoken += max(map(_answer, _leading(scenario, step, following)), default=0)
    spoken += max(map(len, scenario.outcomes.values()), default=0)
    return spoken * _BY_CHARACTER + len(steps) * _BY_ANSWER


def _leading(scenario: Scenario, step: Step, following: str | None) -> Iterable[Expectation]:
    """What leads from a step to the next of the way, or at its end to an outcome."""
    for expectation in scenario.expectations(step).values():
        if expectation.next == following and (following is not None or expectation.outcome is not None):
            yield expectation


def _answer(expectation: Expectation) -> int:
    return len(expectation.feedback or "") + sum(len(line.text) for line in expectation.reply)
