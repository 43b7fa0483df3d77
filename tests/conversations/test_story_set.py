"""What the stories have to be as a whole: enough of them, of every kind, and every drill with all its ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.drills.assembly import build_drills
from bot.drills.scenario import Scenario
from server.stories.coverage import outcomes_of
from server.stories.loading import load_stories
from server.stories.story import any_of

HERE = Path(__file__).parent
STORIES = load_stories(HERE)
SCENARIOS = build_drills(HERE.parents[1] / "data").catalog.all()
KINDS = {
    *("happy_path", "clarification", "correction", "digression", "interruption", "emergency", "dialects", "drills"),
    *("abuse", "bad_input", "privacy"),
}
LEAST = 220


def test_there_are_enough_of_every_kind() -> None:
    assert len(STORIES) >= LEAST
    assert {loaded.path.parent.name for loaded in STORIES} == KINDS


def test_no_two_begin_and_go_on_alike() -> None:
    talks: dict[tuple[str, ...], str] = {}
    for loaded in STORIES:
        said = tuple(
            repr((step.said, step.press, step.body, step.raw, step.session, step.dialect))
            for step in loaded.story.steps
        )
        assert said not in talks, f"{loaded.id} is {talks[said]} again"
        talks[said] = loaded.id


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_every_drill_has_a_story_for_each_of_its_ends(scenario: Scenario) -> None:
    ends = set()
    for loaded in STORIES:
        for step in loaded.story.steps:
            drill = step.expect.drill
            if drill is not None and any_of(drill.scenario_id) == [scenario.id]:
                ends.update(any_of(drill.outcome))
    missing = {outcome.value for outcome in outcomes_of(scenario)} - ends
    assert not missing, f"write one in tests/conversations/drills/{scenario.id}.yml"
