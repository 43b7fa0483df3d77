"""What residents are told: complete, short enough to be spoken, and free of advice that must never be given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.identifiers import Gesture, ScamType, Stage

DATA = Path(__file__).resolve().parents[2] / "data"
KNOWLEDGE = DATA / "knowledge"
SCAM_TYPES = [member.value for member in ScamType]
DIALECTS = ["wuu", "yue", "cmn-sw"]
ADVISED_STAGES = {"unpaid", "in_progress", "paid", "leaked"}
SCAM_TYPE_KEYS = {
    "id", "name", "gist", "opens", "decisive", "weaker", "looks_alike", "tell_apart", "say", "reasons", "questions",
    "disbelief", "step", "advice", "explain", "sources", "reviewed",
}  # fmt: skip
INTENTS = {
    "greet", "goodbye", "thank", "ask_capabilities", "ask_identity", "ask_time", "ask_hotline", "ask_human",
    "speak_louder", "speak_slower", "speak_faster", "repeat_nothing", "stop_ack", "small_talk",
    "feel_lonely_or_worried", "abuse", "ask_teach_fraud", "out_of_scope", "clarify_first", "clarify_second",
    "disbelief_general", "affirm_alone", "deny_alone", "wait_for_sms", "ask_situation", "clear_situation",
    "clear_message", "publicity", "otp_notice", "same_question_again", "scam_followups",
}  # fmt: skip
REPLY_KEYS = {
    "greeting", "scam", "caution", "paid", "in_progress", "hang_up", "ask_family", "drill_start", "drill_end",
}  # fmt: skip
SCAM_OPENINGS = ("这是骗子", "这是骗局", "这是骗人的")
NEVER_SAID = {
    "locking the scammer's card": re.compile(r"(输错|错误|乱输).{0,4}密码|密码.{0,4}(输错|错误)"),
    "revoking a transfer within a day": re.compile(r"(24|二十四)\s*(个)?小时|撤回转账|撤销转账"),
    "a promise that money comes back": re.compile(
        r"(钱|损失|款)(就|都|肯定|一定|可以|还)?能(追|拿|要|退|找)回|(一定|肯定|保证)(能)?(追|拿|要|退|找)回"
    ),
    "the spam hotline": re.compile("12321"),
    "safe as a verdict": re.compile("绝对安全|是安全的|很安全|放心|没问题|(?<!是)不是骗"),
}
# Lines that scammers say are quoted so as to be recognised, and what they promise stands there in their words.
QUOTED_KEYS = {"opens", "decisive", "weaker"}


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


HOTLINES: dict[str, dict[str, str | None]] = load(KNOWLEDGE / "hotlines.yml")
SPOKEN_HOTLINES = {key: entry["number"] or entry["say"] for key, entry in HOTLINES.items()}


def rendered(text: str) -> str:
    """The text as it is said; an unknown placeholder raises ``KeyError``."""
    return text.format(time="上午十点半", date="三月一日，星期天", **SPOKEN_HOTLINES)


def reason_text(reason: str | dict[str, Any]) -> str:
    """What a reason says, whether it hangs on something told or holds always."""
    return reason if isinstance(reason, str) else str(reason["say"])


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string below ``value`` with the nearest mapping key above it."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from strings(item, key if key in QUOTED_KEYS else str(name))


def scam_type(name: str) -> dict[str, Any]:
    content: dict[str, Any] = load(KNOWLEDGE / "scam_types" / f"{name}.yml")
    return content


def content_files() -> list[Path]:
    """The files that this test answers for, all but the one that holds the numbers."""
    names = [KNOWLEDGE / f"{name}.yml" for name in ("stages", "answers", "topics")]
    names += [KNOWLEDGE / "scam_types" / f"{name}.yml" for name in SCAM_TYPES]
    return names + [DATA / "dialects" / "replies" / f"{name}.yml" for name in DIALECTS]


def assert_texts(texts: Any, least: int, most: int, longest: int) -> None:
    assert isinstance(texts, list)
    assert least <= len(texts) <= most
    assert len(set(texts)) == len(texts), "one wording stands there twice"
    for text in texts:
        assert 0 < len(rendered(text)) <= longest, f"{len(rendered(text))} > {longest}: {text}"


def assert_hotlines(keys: Any) -> None:
    assert keys and len(set(keys)) == len(keys)
    assert set(keys) <= set(HOTLINES)
    assert "warning_sms" not in keys, "that number only sends messages"


def test_hotlines_say_what_to_call_and_when() -> None:
    assert {key: entry["number"] for key, entry in HOTLINES.items()} == {
        "police": "110",
        "anti_fraud": "96110",
        "consumer": "12315",
        "bank": None,
        "community": None,
        "ambulance": "120",
        "warning_sms": "12381",
    }
    for entry in HOTLINES.values():
        assert entry["name"] and entry["when"]
        assert entry["number"] or entry["say"]


def test_every_stage_has_its_answer() -> None:
    stages = load(KNOWLEDGE / "stages.yml")
    assert set(stages) == {member.value for member in Stage}
    for stage in stages.values():
        called = {"called", "lead_called", "lead_other"} if "called" in stage else set()
        assert set(stage) == {"lead", "step", "advice", "hotlines", "gesture"} | called
        for name in ("lead", *sorted(called - {"called"})):
            assert_texts(stage[name], 2, 5, 40)
        assert_texts([stage["step"]], 1, 1, 35)
        assert_texts(stage["advice"], 3, 5, 30)
        assert_hotlines(stage["hotlines"])
        Gesture(stage["gesture"])


@pytest.mark.parametrize("stage", ["paid", "in_progress"])
def test_the_call_comes_first_when_money_is_at_stake(stage: str) -> None:
    content = load(KNOWLEDGE / "stages.yml")[stage]
    assert content["hotlines"][0] == "police"
    for lead in (*content["lead"], *content["lead_other"]):
        assert rendered(lead).startswith("先打110！")
    for lead in content["lead_called"]:
        assert rendered(lead).startswith("110")


def test_paid_names_stop_payment_the_bank_and_the_courier() -> None:
    paid = load(KNOWLEDGE / "stages.yml")["paid"]
    said = rendered("".join([paid["step"], *paid["advice"]]))
    for must in ("时间", "金额", "账号", "紧急止付", "银行", "派出所", "长相", "车子", "别删"):
        assert must in said


def test_there_is_one_file_for_each_scam_type() -> None:
    assert {path.stem for path in (KNOWLEDGE / "scam_types").glob("*.yml")} == set(SCAM_TYPES)


@pytest.mark.parametrize("name", SCAM_TYPES)
def test_scam_type_is_complete(name: str) -> None:
    content = scam_type(name)
    assert SCAM_TYPE_KEYS <= set(content) <= SCAM_TYPE_KEYS | {"hotlines", "law", "answers"}
    assert content["id"] == name
    assert set(content["say"]) == {"scam", "caution"}
    assert set(content["step"]) == set(content["advice"]) == ADVISED_STAGES
    assert set(content["explain"]) == {"what", "how", "do"}
    assert isinstance(content["reviewed"], date)
    assert content["sources"]
    for stage, keys in content.get("hotlines", {}).items():
        assert stage in ADVISED_STAGES
        assert_hotlines(keys)
        if stage in ("paid", "in_progress"):
            assert keys[0] == "police"


@pytest.mark.parametrize("name", SCAM_TYPES)
def test_scam_type_is_short_enough_to_be_spoken(name: str) -> None:
    content = scam_type(name)
    assert_texts([content["gist"]], 1, 1, 45)
    assert_texts(content["opens"], 3, 6, 30)
    assert_texts(content["decisive"], 2, 6, 30)
    assert_texts(content["weaker"], 2, 6, 35)
    assert_texts([content["looks_alike"]], 1, 1, 50)
    assert_texts([content["tell_apart"]], 1, 1, 50)
    assert_texts(content["say"]["scam"], 3, 3, 40)
    assert_texts(content["say"]["caution"], 2, 3, 40)
    assert_texts([reason_text(reason) for reason in content["reasons"]], 2, 6, 25)
    assert_texts([question["ask"] for question in content["questions"]], 1, 3, 35)
    assert_texts(content["disbelief"], 2, 2, 60)
    assert_texts(list(content["step"].values()), 4, 4, 35)
    for advice in content["advice"].values():
        assert_texts(advice, 1, 4, 30)
    assert_texts(list(content["explain"].values()), 3, 3, 90)


@pytest.mark.parametrize("name", SCAM_TYPES)
def test_verdict_comes_first_and_caution_asks_to_verify(name: str) -> None:
    content = scam_type(name)
    for text in content["say"]["scam"]:
        assert text.startswith(SCAM_OPENINGS), text
    for text in content["say"]["caution"]:
        assert not text.startswith(SCAM_OPENINGS), text
        assert re.search("核实|问|查|看看|弄清", text), text
    assert content["questions"][0]["ask"].endswith("？")


@pytest.mark.parametrize("name", SCAM_TYPES)
def test_a_reason_adds_to_the_verdict(name: str) -> None:
    content = scam_type(name)
    for verdict in content["say"]["scam"]:
        for reason in map(reason_text, content["reasons"][:1]):
            match = SequenceMatcher(None, verdict, reason, autojunk=False).find_longest_match()
            assert match.size <= 4, f"{reason} repeats {verdict}"


@pytest.mark.parametrize("name", ["police", "family_emergency", "investment"])
def test_cash_and_gold_at_the_door_are_warned_of(name: str) -> None:
    said = "".join(text for _, text in strings(scam_type(name)))
    assert "上门" in said and "现金" in said and re.search("黄金|金条", said)


def test_answers_cover_every_intent() -> None:
    answers = load(KNOWLEDGE / "answers.yml")
    assert set(answers) >= INTENTS
    for answer in answers.values():
        assert {"gesture", "texts"} <= set(answer) <= {"gesture", "texts", "choices"}
        Gesture(answer["gesture"])
        assert_texts(answer["texts"], 3, 6, 60)
        choices = answer.get("choices", [])
        assert len(choices) <= 4
        for choice in choices:
            assert set(choice) == {"title", "text"}
            assert len(choice["title"]) <= 8
            assert len(choice["text"]) <= 30


def test_the_time_is_told_only_where_it_is_asked() -> None:
    answers = load(KNOWLEDGE / "answers.yml")
    assert all("{time}" in text for text in answers.pop("ask_time")["texts"])
    assert not any("{time}" in text for _, text in strings(answers))


@pytest.mark.parametrize("name", ["clear_situation", "clear_message"])
def test_clear_never_means_safe(name: str) -> None:
    for text in load(KNOWLEDGE / "answers.yml")[name]["texts"]:
        assert "没看出骗局的迹象" in text
        if name == "clear_message":
            assert "验证码" in text and "链接" in text


def test_every_scam_type_has_spoken_names_of_its_own() -> None:
    topics = load(KNOWLEDGE / "topics.yml")
    assert set(topics) == set(SCAM_TYPES)
    seen: dict[str, str] = {}
    for name, spoken in topics.items():
        assert 5 <= len(spoken) <= 16
        for word in spoken:
            assert word not in seen, f"{word} names both {seen[word]} and {name}"
            seen[word] = name


@pytest.mark.parametrize("name", DIALECTS)
def test_dialect_lines_wait_for_a_native_reader(name: str) -> None:
    replies = load(DATA / "dialects" / "replies" / f"{name}.yml")
    assert set(replies) == REPLY_KEYS
    for key, line in replies.items():
        assert set(line) == {"text", "mandarin", "checked"}
        assert line["checked"] is False
        assert line["text"] != line["mandarin"]
        if key in ("paid", "in_progress"):
            assert rendered(line["text"]).index("110") <= 2


@pytest.mark.parametrize("path", content_files(), ids=lambda path: path.stem)
def test_no_number_stands_outside_the_hotlines(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    for number in filter(None, (entry["number"] for entry in HOTLINES.values())):
        assert not re.search(rf"(?<!\d){number}(?!\d)", content)


@pytest.mark.parametrize("path", content_files(), ids=lambda path: path.stem)
def test_every_placeholder_is_known(path: Path) -> None:
    for _, text in strings(load(path)):
        rendered(text)


@pytest.mark.parametrize("path", [KNOWLEDGE / "hotlines.yml", *content_files()], ids=lambda path: path.stem)
def test_what_must_never_be_advised_is_absent(path: Path) -> None:
    for key, text in strings(load(path)):
        if key in QUOTED_KEYS:
            continue
        for what, pattern in NEVER_SAID.items():
            assert not pattern.search(text), f"{what}: {text}"


@pytest.mark.parametrize(
    "text",
    ["密码输错三次锁住他的卡", "24小时内可以撤回", "钱能追回来", "一定能拿回来", "打12321举报", "这是安全的", "您放心"],
)
def test_the_forbidden_patterns_catch_what_they_are_for(text: str) -> None:
    assert any(pattern.search(text) for pattern in NEVER_SAID.values())
