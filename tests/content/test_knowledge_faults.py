"""Staff files that lack something: found when they are read, all at once, each fault with its place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.identifiers import ScamType
from bot.knowledge import load_knowledge
from bot.knowledge_checks import PHRASES, needed_answers
from bot.welcome import load_words
from bot.yaml_source import ContentError, Fault

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in ("knowledge", "dialects/replies", "rules"):
        shutil.copytree(ROOT / "data" / folder, tmp_path / folder)
    return tmp_path


def faults(data: Path) -> list[Fault]:
    with pytest.raises(ContentError) as caught:
        load_knowledge(data)
    return caught.value.faults


def edit(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.replace(old, new, 1)


def test_the_shipped_files_lack_nothing_and_hold_nothing_unused() -> None:
    knowledge = load_knowledge(ROOT / "data")
    assert set(knowledge.types) == set(ScamType)
    assert set(knowledge.answers) == set(needed_answers(ROOT / "data" / "rules"))
    assert set(knowledge.phrases) == set(PHRASES)


def test_every_phrase_and_answer_named_in_code_is_checked() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for folder in ("bot", "actions") for path in (ROOT / folder).rglob("*.py")
    )
    phrases = set(re.findall(r"phrases\[\"(\w+)\"\]", code))
    answers = set(re.findall(r"\.answer\(\"(\w+)\"", code)) | set(re.findall(r"answers\[\"(\w+)\"\]", code))
    assert "urgent_reminder" in phrases and "ask_situation" in answers
    assert phrases <= set(PHRASES)
    assert answers <= set(needed_answers(ROOT / "data" / "rules"))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("answers.yml", "clarify_first:", "clarify_frist:", "clarify_first"),
        ("answers.yml", "ask_how_to_report:", "ask_how_to_reprot:", "ask_how_to_report"),
        ("answers.yml", "deny_alone:", "deny:", "deny_alone"),
        ("stages.yml", "in_progress:", "inprogress:", "in_progress"),
        ("fallbacks.yml", "failure:", "failures:", "failure"),
        ("phrases.yml", "human_title:", "human_titel:", "human_title"),
    ],
)
def test_what_is_missing_is_named(data: Path, file: str, old: str, new: str, said: str) -> None:
    path = data / "knowledge" / file
    edit(path, old, new)
    assert any(fault.path == path and re.search(rf"missing: .*\b{said}\b", fault.message) for fault in faults(data))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("answers.yml", "  gesture: wave", "  gesture: waev", "waev"),
        ("answers.yml", "{police}", "{polcie}", "polcie"),
        ("stages.yml", "hotlines: [anti_fraud]", "hotlines: [antifraud]", "antifraud"),
        ("stages.yml", "  step: 先挂断", "  stpe: 先挂断", "step"),
        ("scam_types/police.yml", "id: police", "id: prize", "police"),
        ("scam_types/police.yml", "    - 这是骗子。公安不会", "    - 打{polcie}。公安不会", "polcie"),
        ("scam_types/police.yml", "questions:", "qestions:", "questions"),
        ("topics.yml", "brushing:", "brushnig:", "brushnig"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(data: Path, file: str, old: str, new: str, said: str) -> None:
    path = data / "knowledge" / file
    text = edit(path, old, new)
    found = [fault for fault in faults(data) if fault.path == path and said in fault.message]
    assert found
    # At the very line, or at the entry that it belongs to.
    changed = text[: text.index(new)].count("\n") + 1
    assert all(0 <= changed - fault.line < 60 and fault.column >= 1 for fault in found)


def test_an_unknown_placeholder_is_found_at_its_line(data: Path) -> None:
    path = data / "knowledge" / "scam_types" / "police.yml"
    text = edit(path, "    - 这是骗子。公安不会", "    - 打{polcie}。公安不会")
    (fault,) = faults(data)
    assert (fault.line, fault.column) == (text[: text.index("{polcie}")].count("\n") + 1, 7)


def test_a_scam_type_without_its_file_and_one_that_is_none(data: Path) -> None:
    folder = data / "knowledge" / "scam_types"
    (folder / "police.yml").rename(folder / "policeman.yml")
    assert {fault.path.name for fault in faults(data)} == {"police.yml", "policeman.yml"}


def test_all_files_faults_are_told_at_once(data: Path) -> None:
    knowledge = data / "knowledge"
    for name in ("stages", "answers", "topics", "fallbacks", "phrases"):
        (knowledge / f"{name}.yml").write_text("a: [1", encoding="utf-8")
    (knowledge / "scam_types" / "police.yml").write_text("- a", encoding="utf-8")
    assert len(faults(data)) == 6


@pytest.mark.parametrize("content", ["", "5", "- a", "a: 1", "failure: []", "failure: text"])
@pytest.mark.parametrize("name", ["fallbacks", "welcome"])
def test_the_servers_own_words_are_checked(data: Path, name: str, content: str) -> None:
    path = data / "knowledge" / f"{name}.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_words(data)
    assert [fault.path for fault in caught.value.faults] == [path]


def test_a_screen_never_shows_an_unfilled_placeholder(data: Path) -> None:
    path = data / "knowledge" / "welcome.yml"
    text = edit(path, "打{anti_fraud}问。", "打{antifraud}问。")
    with pytest.raises(ContentError) as caught:
        load_words(data)
    (fault,) = caught.value.faults
    assert fault.line == text[: text.index("{antifraud}")].count("\n") + 1
    assert all("{" not in tip for tip in load_words(ROOT / "data").tips)
