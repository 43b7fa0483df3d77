"""The staff's own files around the drills: whatever is wrong in them is one sentence with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.drills.assembly import build_drills
from bot.yaml_source import ContentError, Fault


@pytest.fixture
def data(data_dir: Path, tmp_path: Path) -> Path:
    (tmp_path / "knowledge").mkdir()
    for name in ("drill", "scenario_faults", "hotlines"):
        shutil.copy(data_dir / "knowledge" / f"{name}.yml", tmp_path / "knowledge")
    return tmp_path


def faults(data: Path) -> list[Fault]:
    with pytest.raises(ContentError) as caught:
        build_drills(data)
    return caught.value.faults


@pytest.mark.parametrize("name", ["drill", "scenario_faults", "hotlines"])
@pytest.mark.parametrize("content", ["", "just words", "- a\n- b", "a: [1", "police: 5", "\x00", "a: 2026-13-01"])
def test_whatever_stands_there_is_a_fault_of_that_file(data: Path, name: str, content: str) -> None:
    path = data / "knowledge" / f"{name}.yml"
    path.write_text(content, encoding="utf-8")
    assert {fault.path for fault in faults(data)} == {path}


@pytest.mark.parametrize("name", ["drill", "scenario_faults", "hotlines"])
def test_a_missing_file_is_a_fault(data: Path, name: str) -> None:
    path = data / "knowledge" / f"{name}.yml"
    path.unlink()
    assert [fault.path for fault in faults(data)] == [path]


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "said"),
    [
        ("drill", "  unclear:", "  unclaer:", "  unclaer:", "unclaer"),
        ("drill", "  unclear:", "  unclaer:", "say:", "unclear"),
        ("drill", "    report: {title:", "    reprot: {title:", "  moves:", "moves"),
        ("drill", "    report: {title: 我打110, text: 我打110}", "", "  moves:", "report"),
        ("scenario_faults", "empty: ", "empty:\n  - ", "empty:", "sentence"),
        ("hotlines", "  name: 报警电话", "", "police:", "name"),
        ("hotlines", "anti_fraud:", "antifraud:", "#", "anti_fraud"),
        ("hotlines", "consumer:", "police:", 'police:\n  number: "12315"', "twice"),
    ],
)
def test_the_place_is_named(data: Path, name: str, old: str, new: str, place: str, said: str) -> None:
    path = data / "knowledge" / f"{name}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    broken = text.replace(old, new, 1)
    path.write_text(broken, encoding="utf-8")
    line = broken[: broken.index(place)].count("\n") + 1
    assert any(fault.line == line and said in fault.message for fault in faults(data)), faults(data)


def test_a_sentence_with_a_strange_placeholder_is_still_said(data: Path) -> None:
    path = data / "knowledge" / "scenario_faults.yml"
    text = path.read_text(encoding="utf-8").replace("not_yaml: 这里", "not_yaml: '{0} {nobody} {' # 这里")
    path.write_text(text, encoding="utf-8")
    loaded = build_drills(data).loader.load_text("a: [", Path("plan.yml"))
    assert loaded.faults[0].message == "{0} {nobody} {"
