"""Every published drill, chosen by its title or id and played over HTTP by buttons alone."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bot.drills.assembly import build_drills
from bot.drills.scenario import Kind, Move, Scenario
from server.stories.always import Always
from server.stories.talk import Talk

DATA = Path(__file__).parents[2] / "data"
SCENARIOS = build_drills(DATA).catalog.all()
MOST_TURNS = 30
PLAYED = {
    "gives in": (Move.PAY, Move.DISCLOSE, Move.COMPLY),
    "protects": (Move.HANG_UP, Move.REFUSE, Move.REPORT),
    "asks": (Move.VERIFY, Move.ASK, Move.STALL),
}


def test_the_api_lists_what_is_published(client: httpx.Client) -> None:
    listed = client.get("/api/v1/scenarios").json()
    entries = listed["scenarios"] if isinstance(listed, dict) else listed
    assert sorted(entry["id"] for entry in entries) == sorted(scenario.id for scenario in SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_drill_is_chosen_by_its_title(scenario: Scenario, client: httpx.Client) -> None:
    drill = Talk(client).say(f"我想做一次防骗演练：{scenario.title}")["drill"]
    assert drill is not None, "its title was taken for something that happened"
    assert drill["scenario_id"] == scenario.id


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
@pytest.mark.parametrize("which", PLAYED)
def test_a_drill_is_played_to_its_debrief(scenario: Scenario, which: str, client: httpx.Client, always: Always) -> None:
    talk = Talk(client)
    answer = talk.say(f"我想做一次防骗演练 {scenario.id}")
    assert answer["drill"] is not None, answer["reply"]["text"]
    assert answer["drill"]["scenario_id"] == scenario.id
    assert "不是真的" in answer["reply"]["text"], "a drill begins by saying that it is one"
    for _ in range(MOST_TURNS):
        if answer["drill"]["status"] != "running":
            break
        wanted = _phrases(scenario, answer["drill"]["step"], which)
        offered = [choice["text"] for choice in answer["reply"]["choices"]]
        said = next((text for text in offered if text in wanted), offered[0])
        answer = talk.say(said)
        assert not (wrong := always.faults(answer, said, talk.said)), wrong
        assert answer["drill"] is not None, f"{said!r} left the drill without a word"
    drill = answer["drill"]
    assert drill["status"] == "finished", "it does not come to an end"
    assert drill["debrief"], "nothing is said of what could have been noticed"
    assert 0 <= drill["score"] <= 100
    assert "演练结束" in answer["reply"]["text"]
    assert answer["assessment"] is None, "what was played is no situation to judge"
    right, wrong_end = ("reported", "scammed") if scenario.kind is Kind.SCAM else ("trusted", "misreported")
    assert drill["outcome"] in (right, wrong_end)
    assert talk.say("谢谢")["drill"] is None, "life goes on after it"


def _phrases(scenario: Scenario, step_id: str, which: str) -> set[str]:
    """What somebody says who plays in this way, at this step."""
    step = scenario.step(step_id)
    assert step is not None
    moves = scenario.expectations(step)
    return {phrase for move, expected in moves.items() if move in PLAYED[which] for phrase in expected.phrases}
