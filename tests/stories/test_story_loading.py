"""Story files that can't be read say where and why; those that can know where each step stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.yaml_source import ContentError
from server.stories.loading import load_stories

GOOD = "- name: greeting\n  steps:\n    - user: 你好\n    - user: 再见\n      expect: {intent: goodbye}\n"


def written(folder: Path, text: str, name: str = "visits.yml") -> Path:
    path = folder / "happy_path" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_stories(path)
    return [str(fault).removeprefix(str(path)) for fault in caught.value.faults]


def test_a_story_knows_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    (loaded,) = load_stories(path)
    assert loaded.id == "happy_path/visits: greeting"
    assert (loaded.line, loaded.step_lines) == (1, (3, 4))
    assert load_stories(tmp_path) == [loaded]


def test_words_of_the_name_choose(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    assert load_stories(tmp_path, "GREETING visits")
    assert not load_stories(tmp_path, "greeting goodbye")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "- name: a\n  steps: [{user: 你好, expect: {verdikt: scam}}]\n",
            ":2:31: steps.1.expect.verdikt: there is no such",
        ),
        ("- name: a\n  steps: [{user: 你好, expect: {verdict: fraud}}]\n", ":2:31: steps.1.expect.verdict:"),
        (
            "- name: a\n  steps: [{user: 你好, press: 1}]\n",
            ":2:11: steps.1: needs exactly one of user, press",
        ),
        ("- name: a\n  steps: [{expect: {}}]\n", ":2:11: steps.1: needs exactly one of"),
        ("- name: a\n  steps: []\n", ":2:3: steps:"),
        ("- steps: [{user: 你好}]\n", ":1:3: name: field required"),
        (
            "- name: a\n  steps: [{user: 你好, expect: {reply_matches: '('}}]\n",
            "reply_matches: is no regular expression",
        ),
        ("- name: a\n  steps: [{user: 你好, expect: {latency: fast}}]\n", ":2:31: steps.1.expect.latency:"),
        ("- name: a\n  name: b\n  steps: [{user: 你好}]\n", ":2:3: name is there twice"),
        ("name: a\n", ":1:1: expected a list of stories"),
        ("", ":1:1: expected a list of stories"),
        ("- just words\n", ":1:3:"),
        ("- name: [\n", ":2:1:"),
        ("- name： a\n  steps: []\n", ":2:8: mapping values are not allowed"),
    ],
)
def test_faults_have_a_place(tmp_path: Path, text: str, told: str) -> None:
    found = faults(written(tmp_path, text))
    assert any(told in fault for fault in found), found


def test_a_misspelt_key_gets_a_suggestion(tmp_path: Path) -> None:
    path = written(tmp_path, "- name: a\n  steps: [{usr: 你好}, {user: 好, expect: {drill: {outcom: quit}}}]\n")
    found = faults(path)
    assert any("did you mean 'user'" in fault for fault in found), found
    assert any("did you mean 'outcome'" in fault for fault in found), found


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, "- name: a\n  steps: []\n- name: b\n  stepps: []\n")
    written(tmp_path, "not a list\n", "other.yml")
    with pytest.raises(ContentError) as caught:
        load_stories(tmp_path)
    assert {fault.path.name for fault in caught.value.faults} == {"visits.yml", "other.yml"}
    assert len(caught.value.faults) >= 3


def test_one_name_is_not_given_twice(tmp_path: Path) -> None:
    found = faults(written(tmp_path, GOOD + GOOD))
    assert found == [":6:1: 'happy_path/visits: greeting' is also at " + str(tmp_path / "happy_path/visits.yml:1")]


def test_a_file_that_is_no_text_has_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(b"\xff\xfe- name")
    assert faults(path)
    assert faults(tmp_path / "missing.yml")
