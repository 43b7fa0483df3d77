"""Every expectation can fail: what came is changed, and the difference is told."""

from __future__ import annotations

from typing import Any

import pytest

from server.stories.always import Always, load_never_said
from server.stories.compare import of_answer, of_latency
from server.stories.latency import LatencyClass, class_of, usual_slack, within
from server.stories.story import Expectation

ANSWER: dict[str, Any] = {
    "session_id": "s",
    "reply": {
        "text": "先打110。这是骗子。",
        "speech": "先打幺幺零。",
        "choices": [{"title": "钱转了", "text": "钱转了"}, {"title": "练一练", "text": "我想练一练"}],
        "lines": [],
        "subtitles": [],
    },
    "dialect": {"id": "wuu", "confidence": 0.9},
    "intent": {"name": "tell_situation", "confidence": 0.9},
    "assessment": {
        "verdict": "scam",
        "scam_type": "police",
        "stage": "paid",
        "red_flags": [{"id": "x", "label": "安全账户", "text": "安全账户", "start": 0, "end": 4}],
        "hotlines": ["110", "96110"],
        "advice": [],
    },
    "drill": {
        "scenario_id": "police-cash-pickup",
        "step": "who",
        "status": "finished",
        "outcome": "reported",
        "score": 80,
        "debrief": [{"clue": "c", "noticed": True, "advice": "a"}],
    },
}
RIGHT: dict[str, Any] = {
    "verdict": "scam",
    "scam_type": ["police", None],
    "stage": ["paid", "leaked"],
    "first_hotline": "110",
    "hotlines": ["110", "96110"],
    "red_flags": ["安全账户"],
    "dialect": ["wuu", "wuu-jx"],
    "intent": "tell_situation",
    "reply_contains": ["骗子"],
    "reply_contains_one_of": ["骗局", "骗子"],
    "reply_not_contains": ["放心"],
    "reply_matches": "^先打1",
    "speech_matches": "幺{2}",
    "choices": ["练一练"],
    "drill": {"status": "finished", "outcome": ["reported"], "scenario_id": "police-cash-pickup", "step": "who"},
}
WRONG: dict[str, Any] = {
    "verdict": "clear",
    "scam_type": None,
    "stage": "unpaid",
    "first_hotline": "96110",
    "hotlines": ["110"],
    "red_flags": ["验证码"],
    "assessment": None,
    "dialect": "cmn",
    "intent": ["greet", "thank"],
    "reply_contains": ["骗局"],
    "reply_contains_one_of": ["骗局", "陷阱"],
    "reply_not_contains": ["骗子"],
    "reply_matches": "^这是",
    "speech_matches": "110",
    "choices": ["再说一遍"],
    "drill": {"status": "running", "outcome": "quit", "scenario_id": "other", "step": "last"},
}


def test_what_is_right_has_no_difference() -> None:
    assert of_answer(ANSWER, Expectation.parse_obj(RIGHT), None) == []
    assert of_answer(ANSWER, Expectation.parse_obj({}), None) == []
    assert of_answer(ANSWER, Expectation.parse_obj({"choices": 2}), None) == []


@pytest.mark.parametrize("name", sorted(WRONG))
def test_what_is_wrong_has_one(name: str) -> None:
    found = of_answer(ANSWER, Expectation.parse_obj({name: WRONG[name]}), None)
    assert len(found) == (4 if name == "drill" else 1)
    assert all(wrong.what.startswith(name) for wrong in found)
    assert all(wrong.expected and wrong.got for wrong in found)


def test_words_beside_those_of_the_step_before() -> None:
    again, other = (
        Expectation.parse_obj({"repeats_previous": True}),
        Expectation.parse_obj({"differs_from_previous": True}),
    )
    before = {**ANSWER, "reply": {**ANSWER["reply"], "text": "另一句"}}
    assert of_answer(ANSWER, again, ANSWER) == [] and of_answer(ANSWER, other, before) == []
    assert of_answer(ANSWER, again, before) and of_answer(ANSWER, other, ANSWER)


def test_no_drill_where_one_is_expected_and_the_other_way_round() -> None:
    without = {**ANSWER, "drill": None}
    assert of_answer(without, Expectation.parse_obj({"drill": {"status": "running"}}), None)
    assert of_answer(ANSWER, Expectation.parse_obj({"drill": None}), None)
    assert not of_answer(without, Expectation.parse_obj({"drill": None}), None)


def test_latency_classes() -> None:
    assert [class_of(ms) for ms in (200, 201, 750, 1850, 1851)] == ["instant", "quick", "quick", "slow", None]
    assert within(LatencyClass.INSTANT, 1500, 8) and not within(LatencyClass.INSTANT, 1601, 8)
    assert (usual_slack({}), usual_slack({"CI": "true"})) == (1.0, 8.0)
    quick = Expectation.parse_obj({"latency": "quick"})
    assert of_latency(750, quick, 1) == []
    (slow,) = of_latency(900, quick, 1)
    assert (slow.what, slow.got) == ("latency", "900 ms")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reply": {"text": "您放心"}}, "taken for a verdict"),
        ({"reply": {"text": "  "}}, "reply.text is empty"),
        ({"reply": {"text": "先打110，钱一定能追回来"}}, "a promise that money comes back"),
        ({"reply": {"text": "先打96110，再打110"}}, "110 is not the first number"),
        ({"reply": {"text": "先打110，再说13957312345"}}, "repeats the resident's number"),
        ({"assessment": {"hotlines": ["96110", "110"]}}, "the hotlines are"),
        ({"assessment": {"red_flags": [{"id": "x", "text": "转钱", "start": 0, "end": 2}]}}, "red flag x marks"),
    ],
)
def test_what_never_may_be_is_found(change: dict[str, Any], told: str) -> None:
    answer = {**ANSWER, "drill": None, **{key: {**ANSWER[key], **value} for key, value in change.items()}}
    found = Always(load_never_said()).faults(answer, "安全账户，我的电话13957312345", [])
    assert any(told in fault for fault in found), found


def test_a_played_line_without_its_mark_is_found() -> None:
    line = {"speaker": "role", "text": "我是公安局的", "speech": "我是公安局的"}
    drill = {**ANSWER["drill"], "status": "running", "outcome": None, "score": None}
    answer = {**ANSWER, "assessment": None, "drill": drill, "reply": {**ANSWER["reply"], "lines": [line]}}
    always = Always(load_never_said())
    assert "a line that is played does not say that it is a drill" in always.faults(answer, "你好", [])
    line["text"] = "【演练】我是公安局的"
    assert not always.faults(answer, "你好", [])
