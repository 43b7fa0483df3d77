"""The state machine: marks, feedback, nudges, stops, bounds, and that no input leads astray."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.drills.assembly import Drills
from bot.drills.moves import Heard
from bot.drills.scenario import Kind, Move, Scenario
from bot.drills.score import score
from bot.drills.state import DrillState, DrillStep, Status
from bot.identifiers import Dialect, DrillOutcome, Gesture

MARK = "【演练】"


def scenario_of(drills: Drills, scenario_id: str) -> Scenario:
    scenario = drills.catalog.get(scenario_id)
    assert scenario is not None
    return scenario


@pytest.fixture
def police(drills: Drills) -> Scenario:
    return scenario_of(drills, "police-cash-pickup")


@pytest.fixture
def bank(drills: Drills) -> Scenario:
    return scenario_of(drills, "bank-suspicious-transfer")


def play(drills: Drills, scenario: Scenario, *said: str) -> tuple[DrillState, DrillStep]:
    state, step = drills.engine.begin(scenario, "run-1")
    for text in said:
        state, step = drills.engine.advance(scenario, state, Heard(text))
    return state, step


def test_the_opening_says_that_it_is_a_drill(drills: Drills, police: Scenario) -> None:
    state, step = drills.engine.begin(police, "run-1")
    assert step.speech.startswith("现在是演练")
    assert "停" in step.lines[0].speech
    assert step.gesture is Gesture.ROLEPLAY
    assert step.view.status == "running" and step.view.outcome is None and step.view.debrief == ()
    assert state.running


def test_role_lines_carry_the_mark_on_screen_but_not_in_speech(drills: Drills, police: Scenario) -> None:
    _, step = drills.engine.begin(police, "run-1")
    role = [line for line in step.lines if line.speaker == "role"]
    assert role and all(line.text.startswith(MARK) and MARK not in line.speech for line in role)
    assert all(MARK not in line.text for line in step.lines if line.speaker == "hean")


def test_the_end_says_that_it_was_not_real_and_debriefs(drills: Drills, police: Scenario) -> None:
    state, step = play(drills, police, "好的", "我不相信", "我先问问儿子")
    assert "演练结束，刚才都是假的" in step.speech
    assert state.status is Status.FINISHED and step.view.outcome is DrillOutcome.REPORTED
    assert {item.clue for item in step.view.debrief if item.noticed} and not step.view.debrief[0].noticed
    assert len(step.view.debrief) == 3  # the clues of the steps that were played, no others
    assert police.debrief.split("，")[0] in step.speech and "{police}" not in step.speech
    assert step.gesture is Gesture.PRAISE


def test_paying_ends_as_taken_in_and_kindly(drills: Drills, police: Scenario) -> None:
    _, step = play(drills, police, "好的", "那怎么办", "好的我不告诉儿子", "我马上去取钱", "好，我交给他")
    assert step.view.outcome is DrillOutcome.SCAMMED
    assert step.gesture is Gesture.COMFORT
    assert step.view.score is not None and step.view.score < 30
    assert "110" in step.speech


def test_refusing_a_genuine_contact_for_good_is_a_misreport(drills: Drills, bank: Scenario) -> None:
    _, step = play(drills, bank, "我打110抓你这个骗子")
    assert step.view.outcome is DrillOutcome.MISREPORTED


def test_unclear_speech_is_nudged_in_role_then_helped(drills: Drills, police: Scenario) -> None:
    state, first = play(drills, police, "红烧肉")
    assert [line.speaker for line in first.lines] == ["role"] and first.move is None
    assert police.steps[0].nudge in first.speech
    _, second = drills.engine.advance(police, state, Heard("红烧肉"))
    assert second.lines[-1].speaker == "hean" and second.choices


def test_choices_can_wait_for_unclear_speech(drills: Drills, police: Scenario, data_dir: object) -> None:
    from bot.drills.engine import DrillEngine
    from bot.drills.phrases import DrillPhrases

    engine = DrillEngine(DrillPhrases.from_file(data_dir / "knowledge" / "drill.yml"), choices_at_once=False)  # type: ignore[operator]
    state, step = engine.begin(police, "run-1")
    assert step.choices == ()
    state, step = engine.advance(police, state, Heard("红烧肉"))
    assert step.choices == ()
    state, step = engine.advance(police, state, Heard("红烧肉"))
    assert 2 <= len(step.choices) <= 4


def test_stop_leaves_at_any_time(drills: Drills, police: Scenario) -> None:
    for said in ((), ("好的",), ("红烧肉", "红烧肉")):
        state, step = play(drills, police, *said, "停")
        assert state.outcome is DrillOutcome.QUIT and step.view.status == "quit" and step.view.score is None
        assert "演练结束" in step.speech


def test_a_real_emergency_leaves_at_once(drills: Drills, police: Scenario) -> None:
    state, step = play(drills, police, "好的", "不是演练，我真的转钱了")
    assert step.emergency and not state.running and step.choices == ()
    assert "110" in step.speech


def test_what_may_be_real_is_asked_and_both_answers_work(drills: Drills, police: Scenario) -> None:
    state, step = play(drills, police, "好的", "我被骗了")
    assert state.asking_reality and "真事" in step.speech
    really, back = step.choices[0], step.choices[1]
    _, left = drills.engine.advance(police, state, Heard(really.text))
    assert left.emergency
    resumed, again = drills.engine.advance(police, state, Heard(back.text))
    assert resumed.running and not resumed.asking_reality and not again.emergency
    assert resumed.step == state.step
    _, insisted = drills.engine.advance(police, state, Heard("我被骗了呀"))
    assert insisted.emergency


def test_a_finished_run_stays_finished(drills: Drills, police: Scenario) -> None:
    state, _ = play(drills, police, "我挂了")
    after, step = drills.engine.advance(police, state, Heard("我转给你"))
    assert after == state and step.view.status == "finished"
    again, _ = drills.engine.leave(police, state)
    assert again == state


def test_a_run_survives_its_step_being_edited_away(drills: Drills, police: Scenario) -> None:
    state, _ = play(drills, police)
    after, step = drills.engine.advance(police, replace(state, step="gone"), Heard("好的"))
    assert not after.running and step.lines


def test_state_goes_through_json(drills: Drills, police: Scenario) -> None:
    for said in ((), ("好的", "我不相信"), ("我挂了",), ("停",)):
        state, _ = play(drills, police, *said)
        assert DrillState.from_dict(json.loads(json.dumps(state.to_dict()))) == state


def test_lines_vary_by_dialect_and_fall_back_to_the_family(drills: Drills) -> None:
    scenario = scenario_of(drills, "grandchild-ai-voice")
    _, wu = drills.engine.begin(scenario, "run-1", Dialect.WUU_JX)
    _, mandarin = drills.engine.begin(scenario, "run-1", Dialect.CMN)
    assert wu.speech != mandarin.speech


def test_score_misreporting_costs_as_much_as_being_taken_in() -> None:
    run = DrillState("r", "s", "v", "one", turns=3)
    taken_in = score(replace(run, outcome=DrillOutcome.SCAMMED), Kind.SCAM)
    misreported = score(replace(run, outcome=DrillOutcome.MISREPORTED), Kind.LEGITIMATE)
    assert taken_in == misreported
    assert score(replace(run, outcome=DrillOutcome.QUIT), Kind.SCAM) is None


def test_score_rewards_early_verification_and_silence() -> None:
    run = DrillState("r", "s", "v", "one", turns=4, outcome=DrillOutcome.REPORTED, shown=("a", "b"))
    early = score(replace(run, first_guarded=1, noticed=("a", "b")), Kind.SCAM)
    late = score(replace(run, first_guarded=4), Kind.SCAM)
    loose = score(replace(run, first_guarded=1, noticed=("a", "b"), disclosure=4), Kind.SCAM)
    assert early == 100
    assert late is not None and loose is not None and early > late and early > loose


WORDS = st.one_of(
    st.sampled_from(
        [
            "好的",
            "我不信",
            "我转给你",
            "你是谁",
            "等一等",
            "红烧肉",
            "我问问儿子",
            "我被骗了",
            "我挂了",
            "是演练，接着练",
            "",
            "/stop",
            "我的密码是",
        ]
    ),
    st.text(max_size=12),
)


@settings(max_examples=120)
@given(said=st.lists(WORDS, min_size=16, max_size=18), pick=st.integers(0, 10_000))
def test_no_sequence_of_inputs_leads_to_a_dead_end_or_past_the_bound(
    drills: Drills, said: list[str], pick: int
) -> None:
    scenarios = drills.catalog.all()
    scenario = scenarios[pick % len(scenarios)]
    state, step = drills.engine.begin(scenario, "run-1")
    for text in said:
        assert step.lines and all(line.text and line.speech for line in step.lines)
        assert len(step.choices) <= 4
        if not state.running:
            break
        assert step.choices, "a running drill always offers a way on"
        assert scenario.step(state.step) is not None
        state = DrillState.from_dict(json.loads(json.dumps(state.to_dict())))
        before = state
        state, step = drills.engine.advance(scenario, state, Heard(text))
        assert state.turns <= scenario.max_turns
        assert state.turns == before.turns + 1 or not state.running
    assert not state.running and state.outcome is not None
    assert state.score is None or 0 <= state.score <= 100


@settings(max_examples=60)
@given(moves=st.lists(st.integers(0, 3), min_size=16, max_size=16), pick=st.integers(0, 10_000))
def test_buttons_alone_lead_every_drill_to_an_end(drills: Drills, moves: list[int], pick: int) -> None:
    scenarios = drills.catalog.all()
    scenario = scenarios[pick % len(scenarios)]
    state, step = drills.engine.begin(scenario, f"run-{pick}")
    for number in moves:
        if not state.running:
            break
        choice = step.choices[number % len(step.choices)]
        state, step = drills.engine.advance(scenario, state, Heard(choice.text))
        assert step.move is not None or not state.running or state.asking_reality, choice.text
    assert not state.running


def test_every_move_is_something_a_resident_can_choose(drills: Drills, phrases: object) -> None:
    assert set(phrases.choices.moves) == set(Move)  # type: ignore[attr-defined]
