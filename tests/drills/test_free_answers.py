"""Free speech in drills, said to the real model: what residents might answer is taken for what it means."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from bot.drills.move_model import load_move_examples
from bot.drills.moves import Heard
from bot.drills.scenario import Move
from bot.settings import BotSettings
from server.evaluation.drill_answers import AnswerPlayer, Understood, answer_player, read_answers

ANSWERS = Path(__file__).resolve().parent / "free_answers"


@pytest.fixture(scope="module")
def player(model: Path) -> AnswerPlayer:
    return answer_player(model, BotSettings())


@pytest.fixture(scope="module")
def understood(player: AnswerPlayer) -> Understood:
    result = Understood(tuple(player.play(read_answers(ANSWERS))))
    print(*result.lines(), *result.missed(), sep="\n")
    return result


def test_there_are_answers_of_every_meaning_in_every_drill(understood: Understood) -> None:
    scenarios = {one.answer.scenario for one in understood.played}
    assert scenarios == {path.stem for path in Path("data/scenarios").glob("*.yml")}
    assert len(understood.played) >= 500
    assert set(Counter(one.answer.meaning for one in understood.played)) >= {move.value for move in Move}


def test_nine_in_ten_are_understood(understood: Understood) -> None:
    assert understood.right >= 0.9


def test_hardly_any_is_turned_round(understood: Understood) -> None:
    assert understood.not_turned_round >= 0.97


def test_nothing_real_and_no_wish_to_stop_is_swallowed(understood: Understood) -> None:
    assert [one.answer.text for one in understood.played if one.swallowed] == []


def test_dealing_rightly_with_a_genuine_contact_is_hardly_ever_scored_as_misreporting(understood: Understood) -> None:
    assert len([one for one in understood.played if one.wronged]) <= 5


def test_no_example_is_one_of_the_answers_that_measure() -> None:
    said = {_pairs(answer.text): answer.text for answer in read_answers(ANSWERS)}
    for example in load_move_examples(Path("data/examples")):
        pairs = _pairs(example.text)
        near = [text for other, text in said.items() if len(pairs & other) > 0.8 * len(pairs | other)]
        assert not (near and len(pairs) > 3), (example.text, near)


def test_what_says_nothing_is_answered_in_the_role_and_then_with_choices(player: AnswerPlayer) -> None:
    engine, scenario = player.engine, player.scenario("police-cash-pickup")
    state, _ = engine.begin(scenario, "run")
    first = scenario.steps[0]
    state, once = engine.advance(scenario, state, Heard("呃呃呃"))
    assert state.step == first.id and [line.speech for line in once.lines] == [first.nudge]
    state, twice = engine.advance(scenario, state, Heard("呃呃呃"))
    assert [line.speaker for line in twice.lines] == ["role", "hean"] and len(twice.choices) > 2


def _pairs(text: str) -> frozenset[str]:
    letters = [character for character in text if character.isalnum()]
    return frozenset(map("".join, pairwise(letters)))
