"""Names that must lead somewhere: steps, speakers, clues; and names that are there twice."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from bot.drills.engine import accepted
from bot.drills.faults import Problem, problem
from bot.drills.parts_of import expectations, role_lines
from bot.drills.scenario import HEAN, Scenario
from bot.drills.shape import Path


def reference_problems(scenario: Scenario) -> Iterator[Problem]:
    """Names that are there twice or lead nowhere."""
    steps = [step.id for step in scenario.steps]
    yield from _duplicates("steps", steps)
    yield from _duplicates("cast", [member.id for member in scenario.cast])
    yield from _duplicates("clues", [clue.id for clue in scenario.clues])
    for path, expectation in expectations(scenario):
        if expectation.next is not None and expectation.next not in steps:
            yield _unknown_step((*path, "next"), expectation.next, steps)
        if expectation.next is not None and expectation.outcome is not None:
            yield problem((*path, "outcome"), "next_and_outcome")
        if expectation.next is None and expectation.outcome is None and not expectation.reply:
            yield problem(path, "stays_silent")
    known = {HEAN, *(member.id for member in scenario.cast)}
    for path, line in role_lines(scenario):
        if line.speaker is not None and line.speaker not in known:
            yield problem((*path, "speaker"), "unknown_speaker", speaker=line.speaker)
    for index, clue in enumerate(scenario.clues):
        step = scenario.step(clue.step)
        if step is None:
            yield _unknown_step(("clues", index, "step"), clue.step, steps)
            continue
        listed = scenario.expectations(step)
        if not any(accepted(listed, move) for move in clue.noticed_by):
            move = clue.noticed_by[0].value
            yield problem(("clues", index, "noticed_by"), "clue_never_noticed", step=clue.step, move=move)


def with_steps_meant(scenario: Scenario) -> Scenario:
    """The scenario as if every misspelt step were spelt right, so that one slip is not reported as three."""
    ids = [step.id for step in scenario.steps]

    def meant(step_id: str | None) -> str | None:
        if step_id is None or step_id in ids:
            return step_id
        return next(iter(get_close_matches(step_id, ids, 1, 0.5)), step_id)

    steps = tuple(
        step.copy(
            update={
                "expects": {
                    move: expectation.copy(update={"next": meant(expectation.next)})
                    for move, expectation in step.expects.items()
                }
            }
        )
        for step in scenario.steps
    )
    anywhere = {move: value.copy(update={"next": meant(value.next)}) for move, value in scenario.anywhere.items()}
    return scenario.copy(update={"steps": steps, "anywhere": anywhere})


def _duplicates(name: str, ids: list[str]) -> Iterator[Problem]:
    for index, item in enumerate(ids):
        if item in ids[:index]:
            yield problem((name, index, "id"), "duplicate_part", id=item)


def _unknown_step(path: Path, step: str, steps: list[str]) -> Problem:
    near = get_close_matches(step, steps, 1, 0.5)
    code = "unknown_step_near" if near else "unknown_step"
    return problem(path, code, step=step, near=near[0] if near else "", known="、".join(steps))
