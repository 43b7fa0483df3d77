"""Scenarios made up at random, of any shape that the checks let through: no run gets stuck or goes on for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.drills.assembly import Drills
from bot.drills.graph import reachable, with_an_end
from bot.drills.moves import Heard
from bot.drills.scenario import Kind, Scenario
from bot.drills.state import DrillState, Status
from bot.drills.walk import walk
from bot.identifiers import DrillOutcome

# Phrases that are heard as their move wherever they stand.
PHRASES = {
    "comply": ["好的", "听你的", "我照办"],
    "disclose": ["我的验证码是三四", "我告诉你卡号"],
    "pay": ["我转给你", "我马上去取钱"],
    "refuse": ["我不相信", "我不给", "你是骗子"],
    "verify": ["我先问问儿子", "我去派出所问"],
    "ask": ["你是谁", "什么意思"],
    "stall": ["等一等", "让我想一想"],
    "hang_up": ["我挂了"],
    "report": ["我打110报警"],
}
ENDS = {"scam": ["reported", "scammed"], "legitimate": ["trusted", "misreported", "scammed"]}
SAID = st.one_of(
    st.sampled_from([phrase for phrases in PHRASES.values() for phrase in phrases]),
    st.sampled_from(
        ["红烧肉", "", "停", "我被骗了", "是演练，接着练", "/stop", "不是演练，我真的转钱了", "🙂", "\x00", "{police}"]
    ),
    st.text(max_size=20),
)


@st.composite
def expectations(draw: st.DrawFn, steps: list[str], here: int, ends: list[str], move: str) -> dict[str, Any]:
    result: dict[str, Any] = {"phrases": PHRASES[move], "pressure": draw(st.integers(-5, 5))}
    result["disclosure"] = draw(st.integers(-5, 5))
    if draw(st.booleans()):
        result["feedback"] = "做得对。"
    kind = draw(st.sampled_from(["end", "on", "on", "back", "stay"]))
    if kind == "end" or (kind == "on" and here + 1 >= len(steps)):
        return {**result, "outcome": draw(st.sampled_from(ends))}
    if kind == "stay":
        return {**result, "reply": ["再说一遍。"]}
    places = steps[here + 1 :] if kind == "on" else steps[: here + 1]
    return {**result, "next": draw(st.sampled_from(places))}


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["scam", "legitimate"]))
    ends = ENDS[kind]
    steps = [f"s{number}" for number in range(draw(st.integers(4, 7)))]
    made = []
    for here, name in enumerate(steps):
        moves = draw(st.lists(st.sampled_from(sorted(PHRASES)), min_size=2, max_size=6, unique=True))
        expects = {move: draw(expectations(steps, here, ends, move)) for move in moves}
        # A way on, so that the whole is long enough to be let through often.
        onward = {"next": steps[here + 1]} if here + 1 < len(steps) else {"outcome": ends[1]}
        expects[moves[0]] = {"phrases": PHRASES[moves[0]], **onward}
        lines = [f"第{'一二三四五六七'[here]}句话。"]
        said = {"lines": lines, "nudge": "您说呢？"}
        for key, words in (("harder", ["快点。"]), ("calmer", ["不急。"]), ("harder_nudge", "快说。")):
            if draw(st.booleans()):
                said[key] = words
        made.append({"id": name, **said, "expects": expects})
    wrong = {"phrases": ["我挂了"], "outcome": ends[0]}
    return {
        "id": "made-up", "title": "编出来的", "kind": kind, "channel": "call", "difficulty": 1, "audience": "谁都行",
        "scam_type" if kind == "scam" else "mirror_of": "other",
        "cast": [{"id": "one", "name": "来电的人"}], "intro": "演一个。", "opening": "电话响了。", "steps": made,
        "anywhere": {
            "hang_up": wrong,
            "report": {"phrases": ["我打110报警"], "outcome": ends[1] if kind == "legitimate" else ends[0]},
            "verify": {"phrases": PHRASES["verify"], "outcome": ends[0]},
            "refuse": {"phrases": PHRASES["refuse"], "outcome": ends[1] if kind == "legitimate" else ends[0]},
        },
        "clues": [{"id": "c", "text": "线索", "step": "s0", "noticed_by": ["verify", "ask"], "advice": "问。"}],
        "outcomes": {end: "就这样。" for end in [*ends, "quit"]},
        "debrief": "问一问。", "sources": ["编的"], "reviewed": "2026-01-01", "max_turns": draw(st.integers(7, 16)),
    }  # fmt: skip


def loaded(drills: Drills, document: dict[str, Any]) -> Scenario:
    """The scenario, when the checks let it through; unused outcomes are taken out first."""
    used = json.dumps(document["steps"]) + json.dumps(document["anywhere"])
    document["outcomes"] = {
        end: text for end, text in document["outcomes"].items() if end == "quit" or f'"{end}"' in used
    }
    text = yaml.safe_dump(document, allow_unicode=True)
    found = drills.loader.load_text(text, Path("made-up.yml"))
    assume(found.scenario is not None)
    assert found.scenario is not None
    return found.scenario


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(document=documents(), said=st.lists(SAID, min_size=16, max_size=16))
def test_whatever_is_said_in_whatever_is_let_through_a_run_ends_within_its_bound(
    drills: Drills, document: dict[str, Any], said: list[str]
) -> None:
    scenario = loaded(drills, document)
    assert reachable(scenario) <= with_an_end(scenario), "a dead end was let through"
    state, step = drills.engine.begin(scenario, "run-1")
    for text in said:
        assert step.lines and all(line.text.strip() and line.speech.strip() for line in step.lines)
        if not state.running:
            break
        assert step.choices and scenario.step(state.step) is not None
        assert 0 <= state.pressure <= 10 and 0 <= state.disclosure <= 10
        state = DrillState.from_dict(json.loads(json.dumps(state.to_dict())))
        turns = state.turns
        state, step = drills.engine.advance(scenario, state, Heard(text))
        assert turns < state.turns <= scenario.max_turns or not state.running
    assert not state.running and state.outcome is not None
    right = DrillOutcome.REPORTED if scenario.kind is Kind.SCAM else DrillOutcome.TRUSTED
    if state.status is Status.FINISHED:
        assert state.score is not None and (state.score >= 55) == (state.outcome is right)
    else:
        assert state.outcome is DrillOutcome.QUIT and state.score is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(document=documents())
def test_the_ways_that_a_walk_finds_are_ways_that_can_be_played(drills: Drills, document: dict[str, Any]) -> None:
    scenario = loaded(drills, document)
    walked = walk(scenario)
    assert walked.total > 0 and not walked.unreached
    for outcome, way in walked.to_outcome.items():
        state, _ = drills.engine.begin(scenario, "run-1")
        for edge in way:
            assert state.step == edge.step
            state, step = drills.engine.advance(scenario, state, Heard(PHRASES[edge.move.value][0]))
            assert step.move is edge.move
        assert state.outcome is outcome


@settings(max_examples=60)
@given(
    place=st.integers(0, 10_000),
    junk=st.one_of(
        st.text(max_size=30), st.sampled_from(["", "\t", "：", "[", "{", '"', "&a", "*a", "- -", "\x00", "#", "%"])
    ),
    cut=st.integers(0, 40),
)
def test_a_file_damaged_anywhere_never_breaks_the_checker(drills: Drills, place: int, junk: str, cut: int) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "drill-example.yml").read_text(encoding="utf-8")
    place %= len(text)
    found = drills.loader.load_text(text[:place] + junk + text[place + cut :], Path("damaged.yml"))
    assert (found.scenario is None) == bool(found.faults)
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in found.faults)
