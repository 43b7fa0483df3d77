"""A file with every sort of fault at once: none hides another, each is named at its line, none is said twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.drills.assembly import Drills
from bot.yaml_source import Fault

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "drill-example.yml"
ISLAND = """  - id: island
    lines: [你好]
    nudge: 你好
    expects: {verify: {phrases: [我先问问], outcome: reported}}

anywhere:"""
# What stands in the example, what is planted, a part of it at which the fault is to be named, what it says.
PLANTED = [
    ("difficulty: 1 ", "dificulty: 1 ", "dificulty", "difficulty"),  # an unknown key
    ("next: sell}", "next: sel}", "next: sel}", "你是不是想写“sell”"),  # a step that does not exist
    ("phrases: [我打自来水公司电话问问], ", "", "verify: {feedback: 自己打", "还没有居民会说的话"),
    ("phrases: [不要测了，你出去]", "phrases: [好，我转给你]", "好，我转给你]", "会听成“pay”"),  # a clash
    ('["五百块给我就行', '["打13800138000，五百块给我就行', '"打138', "“13800138000”"),  # a number that works
    ("先问社区，做得对。", "先问社区，做得对。" * 12, "feedback: " + "先问社区，做得对。" * 12, "太长了"),
    ("  scammed: 这回", "  scamed: 这回", "scamed", "你是不是想写“scammed”"),
    ("anywhere:", ISLAND, "id: island", "走不到"),
]


def planted(text: str) -> str:
    for old, new, _, _ in PLANTED:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def place(text: str, part: str) -> tuple[int, int]:
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def faults(drills: Drills, text: str) -> tuple[Fault, ...]:
    return drills.loader.load_text(text, Path("plan.yml")).faults


def test_eight_planted_faults_are_all_named_by_line_and_column(drills: Drills) -> None:
    text = planted(EXAMPLE.read_text(encoding="utf-8"))
    found = faults(drills, text)
    for _, _, part, said in PLANTED:
        at = place(text, part)
        assert any((f.line, f.column) == at and said in f.message for f in found), (at, part, [str(f) for f in found])
    assert len(found) == len(PLANTED), [str(fault) for fault in found]


@pytest.mark.parametrize("number", range(len(PLANTED)))
def test_one_slip_is_one_fault(drills: Drills, number: int) -> None:
    old, new, part, said = PLANTED[number]
    text = EXAMPLE.read_text(encoding="utf-8").replace(old, new, 1)
    (fault,) = faults(drills, text)
    assert (fault.line, fault.column) == place(text, part) and said in fault.message


# Faults of form of every kind, each with what must be said: a wrong value never hides what is wrong elsewhere.
FORM = [
    ("kind: scam  ", "kind: scamm  ", "你是不是想写“scam”"),
    ("kind: scam  ", "kind: 5  ", "可以写：scam、legitimate"),
    ("scam_type: doorstep", "scam_type: door_step", "你是不是想写“doorstep”"),
    ("scam_type: doorstep", "mirror_of: doorstep", "要写 scam_type"),
    ("channel: doorstep", "channel: letter", "call、sms"),
    ("difficulty: 1 ", "difficulty: 9 ", "不大于 3"),
    ("difficulty: 1 ", "difficulty: 很难 ", "一个整数"),
    ("audience: 白天一个人在家的老人\n", "", "少了“audience”"),
    ("audience: 白天一个人在家的老人", "audience:", "不能空着"),
    ("reviewed: 2026-11-23", "reviewed: 去年春天", "日期"),
    ("{id: seller, name", "{id: 卖家, name", "小写英文字母"),
    ("voice: man}", "voice: uncle}", "young_man"),
    ("    nudge: 不收您钱的", "    nugde: 不收您钱的", "你是不是想写“nudge”"),
    ("    expects:                   #", "    expect:                   #", "你是不是想写“expects”"),
    ("      stall: {phrases: [我在烧菜", "      stal: {phrases: [我在烧菜", "你是不是想写“stall”"),
    ("phrases: [免费的，那你进来]", "phrases: 免费的", "一列"),
    ("phrases: [免费的，那你进来]", "phrase: [免费的，那你进来]", "你是不是想写“phrases”"),
    ("outcome: reported}", "outcome: report}", "你是不是想写“reported”"),
    ("pressure: 1, next: sell", "pressure: 9, next: sell", "不大于 5"),
    ("noticed_by: [ask, verify, refuse]", "noticed_by: []", "不能空着"),
    ("step: knock,", "step: nowhere,", "可以写：knock"),
    ("debrief: 上门", "debreif: 上门", "你是不是想写“debrief”"),
    ("  quit: 好，先练到这里。上门推销的，钱先不给。\n", "", "加一行 quit"),
    ("id: drill-example ", "id: Drill Example ", "短横线"),
    ("id: drill-example ", "id: drill-example\nversion: abc ", "没有“version”"),
]


@pytest.mark.parametrize(("old", "new", "said"), FORM, ids=lambda value: str(value)[:24])
def test_a_fault_of_form_is_said_once_and_hides_no_other(drills: Drills, old: str, new: str, said: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    alone = faults(drills, text.replace(old, new, 1))
    assert len(alone) == 1 and said in alone[0].message, [str(fault) for fault in alone]
    more = text.replace(old, new, 1).replace("给不给，您说一句。", "打13800138000。", 1)
    assert any("13800138000" in fault.message for fault in faults(drills, more))
    assert any(said in fault.message for fault in faults(drills, more))


@pytest.mark.parametrize(
    ("old", "new", "part", "said"),
    [
        ("kind: scam", "kind：scam", "：scam", "英文的冒号"),
        ("kind: scam", "kind:scam", "scam ", "空一格"),
        ("  quit: 好", "\tquit: 好", "\tquit", "Tab"),
        ("feedback: 先问社区", "feedback：先问社区", "feedback：", "英文的冒号"),
        ("      ask: {phrases: [有没有", "     ask: {phrases: [有没有", "     ask: {phrases: [有没有", "同一层"),
        ("先打电话问社区。}", "先打{police}问问。}", "{police}", "整句前后加"),
        ('lines: ["您好', 'lines: ["您好"', "", "读不懂"),
    ],
)
def test_slips_of_beginners_are_named_where_they_are(drills: Drills, old: str, new: str, part: str, said: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace(old, new, 1)
    found = faults(drills, text)
    assert any(said in fault.message and (not part or fault.line == place(text, part)[0]) for fault in found), found


def test_both_of_two_slips_are_named(drills: Drills) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("kind: scam", "kind：scam").replace("channel: d", "channel：d")
    assert [fault.line for fault in faults(drills, text)] == [place(text, "kind：")[0], place(text, "channel：")[0]]


@pytest.mark.parametrize(
    "spoken",
    [
        "打400-820-8888",
        "打138 0013 8000",
        "打一三八零零一三八零零零",
        "打１３８００１３８０００",
        "加0573-82222222",
        "看a.cn",
    ],
)
def test_numbers_are_found_however_they_are_written_and_wherever(drills: Drills, spoken: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in (
        ("您自己看，这水还能喝吗？", spoken),
        ("[我家水好得很，不用测]", f"[我家水好得很，不用测, 不要，{spoken}]"),
        ("name: 门口的人", f"name: {spoken}"),
        ("opening: 下午", f"opening: {spoken}，下午"),
    ):
        assert old in text
        found = faults(drills, text.replace(old, new, 1))
        assert any("能打通的号码" in fault.message for fault in found), new
