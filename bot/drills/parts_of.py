"""Every part of a scenario together with the path that leads to it in its file."""

from __future__ import annotations

from collections.abc import Iterator

from bot.drills.scenario import Expectation, Scenario, ScenarioLine
from bot.drills.shape import Path


def expectations(scenario: Scenario) -> Iterator[tuple[Path, Expectation]]:
    """What happens on a move, step by step, then what counts everywhere."""
    for index, step in enumerate(scenario.steps):
        for move, expectation in step.expects.items():
            yield ("steps", index, "expects", move.value), expectation
    for move, expectation in scenario.anywhere.items():
        yield ("anywhere", move.value), expectation


def role_lines(scenario: Scenario) -> Iterator[tuple[Path, ScenarioLine]]:
    """What is said by the cast, or by the digital human where she is named as speaker."""
    for index, step in enumerate(scenario.steps):
        for name in ("lines", "calmer", "harder"):
            for number, line in enumerate(getattr(step, name)):
                yield ("steps", index, name, number), line
        yield ("steps", index, "nudge"), ScenarioLine(text=step.nudge)
        if step.harder_nudge is not None:
            yield ("steps", index, "harder_nudge"), ScenarioLine(text=step.harder_nudge)
    for path, expectation in expectations(scenario):
        for number, line in enumerate(expectation.reply):
            yield (*path, "reply", number), line


def narration(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """What the digital human says as herself."""
    for name in ("intro", "opening", "debrief"):
        yield (name,), getattr(scenario, name)
    for outcome, text in scenario.outcomes.items():
        yield ("outcomes", outcome.value), text
    for path, expectation in expectations(scenario):
        if expectation.feedback:
            yield (*path, "feedback"), expectation.feedback
    for index, clue in enumerate(scenario.clues):
        yield ("clues", index, "advice"), clue.advice


def phrases(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """What residents say, and what their buttons show."""
    for path, expectation in expectations(scenario):
        for number, phrase in enumerate(expectation.phrases):
            yield (*path, "phrases", number), phrase


def labels(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Short texts that are shown."""
    yield ("title",), scenario.title
    yield ("audience",), scenario.audience
    for index, member in enumerate(scenario.cast):
        yield ("cast", index, "name"), member.name
    for index, clue in enumerate(scenario.clues):
        yield ("clues", index, "text"), clue.text
