"""A recorded story is added whole or not at all, and nothing that was there is lost."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.yaml_source import ContentError
from server.stories.append import append_story
from server.stories.loading import load_stories

HAND_WRITTEN = "# 手写的说明\n- name: first   # 留着\n  steps:\n    - {user: 你好}\n"


def entry(name: str) -> str:
    return f"- name: {name}\n  steps:\n    - user: 有人打电话叫我转钱\n"


def test_a_new_file_and_then_another_story(tmp_path: Path) -> None:
    path = tmp_path / "recorded" / "today.yml"
    append_story(path, entry("one"))
    append_story(path, entry("two"))
    assert [loaded.story.name for loaded in load_stories(path)] == ["one", "two"]
    assert os.listdir(path.parent) == ["today.yml"], "nothing is left lying about"


def test_what_was_there_stays_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "hand.yml"
    path.write_text(HAND_WRITTEN, encoding="utf-8")
    path.chmod(0o640)
    append_story(path, entry("two"))
    assert path.read_text(encoding="utf-8").startswith(HAND_WRITTEN.rstrip())
    assert len(load_stories(path)) == 2
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "there",
    [
        "key: value\n",
        "- name: [\n",
        "  - name: a\n    steps: [{user: 你好}]\n",
        "[{name: a, steps: [{user: b}]}]\n",
    ],
)
def test_what_is_no_list_of_stories_is_left_alone(tmp_path: Path, there: str) -> None:
    path = tmp_path / "other.yml"
    path.write_text(there, encoding="utf-8")
    with pytest.raises(ContentError):
        append_story(path, entry("one"))
    assert path.read_text(encoding="utf-8") == there


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "today.yml"
    append_story(path, entry("one"))
    with pytest.raises(ContentError, match="one already"):
        append_story(path, entry("one"))
    assert len(load_stories(path)) == 1


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "today.yml"
    append_story(path, entry("one"))
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        append_story(path, entry("two"))
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["today.yml"]


def test_two_recorders_at_once_both_find_their_story(tmp_path: Path) -> None:
    path = tmp_path / "today.yml"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: append_story(path, entry(f"story {number}")), range(24)))
    assert len(load_stories(path)) == 24
