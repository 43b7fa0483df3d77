"""Faults of scenario files: all at once, each at its place, said so that one can mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.drills.assembly import Drills
from bot.drills.catalog import ScenarioCatalog
from bot.yaml_source import Fault

GOOD = "police-cash-pickup"


@pytest.fixture
def text(data_dir: Path) -> str:
    return (data_dir / "scenarios" / f"{GOOD}.yml").read_text(encoding="utf-8")


def faults(drills: Drills, text: str) -> tuple[Fault, ...]:
    loaded = drills.loader.load_text(text, Path("plan.yml"))
    assert bool(loaded.faults) == (loaded.scenario is None)
    return loaded.faults


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def planted(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def one(drills: Drills, text: str, part: str) -> Fault:
    hits = [fault for fault in faults(drills, text) if fault.line == line_of(text, part)]
    assert hits, [str(f) for f in faults(drills, text)]
    return hits[0]


def test_the_line_is_printed_before_the_message(drills: Drills, text: str) -> None:
    broken = planted(text, "channel: call", "channel: telephone")
    fault = one(drills, broken, "telephone")
    assert str(fault).startswith(f"plan.yml:{fault.line}:{fault.column}: ")
    assert "doorstep" in fault.message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "        outcome: scammed\n      ask:",
            "        next: who\n        outcome: scammed\n      ask:",
            "只能写一个",
        ),
        ("  - id: caller", "  - id: threat", "用了两次"),
        ("    step: cash\n", "    step: nowhere\n", "没有编号叫"),
        ("[我不取，钱不能动]", "[我马上去取钱]", "会听成"),
        ("[我不取，钱不能动]", "[好的，我转给你]", "会听成"),
    ],
)
def test_single_faults_of_meaning(drills: Drills, text: str, old: str, new: str, said: str) -> None:
    assert any(said in fault.message for fault in faults(drills, planted(text, old, new)))


def test_faults_of_the_graph(drills: Drills, text: str) -> None:
    island = planted(
        text,
        "anywhere:\n",
        "  - id: island\n    lines: [你好]\n    nudge: 你好\n"
        "    expects:\n      verify: {outcome: reported}\n\nanywhere:\n",
    )
    assert "走不到" in one(drills, island, "id: island").message
    unwritten = planted(text, "  scammed: 这回", "  quit_: 这回")
    assert faults(drills, unwritten)
    silent = planted(text, "        outcome: reported\n\n  - id: cash", "        pressure: 1\n\n  - id: cash")
    assert any("没有话说" in fault.message for fault in faults(drills, silent))
    unguarded = planted(text, "  hang_up:\n    phrases: [我挂电话了, 不跟你说了，挂了]\n    outcome: reported\n", "")
    unguarded = planted(unguarded, "  report:\n    phrases: [我打110问问有没有这回事]\n    outcome: reported\n", "")
    unguarded = planted(
        unguarded,
        "  refuse:\n    phrases: [我不信，你是骗子]\n    outcome: reported\n",
        "  comply: {reply: [好]}\n",
    )
    assert any("接不住" in fault.message for fault in faults(drills, unguarded))


@pytest.mark.parametrize(
    "role_line",
    [
        "打我手机13800138000",
        "打96110问",
        "点这个www.abc.com",
        "下载腾讯会议",
        "打幺三八零零幺三八零零零",
        "打{police}",
        "话" * 80,
    ],
)
def test_a_scammer_never_says_a_number_a_brand_or_too_much(drills: Drills, text: str, role_line: str) -> None:
    assert one(
        drills,
        planted(text, "      - 钱用报纸包好，", f"      - '{role_line}'\n      - 钱用报纸包好，"),
        role_line,
    )


@pytest.mark.parametrize(
    "content",
    ["", "# nothing", "just text", "- a\n- b", "a: [1", "\t", "a: b: c", "id: 1\nid: 2\n", "? [x]\n: y"],
)
def test_whatever_stands_in_a_file_becomes_a_fault(drills: Drills, content: str) -> None:
    assert faults(drills, content)


def test_not_utf8_and_missing_files_are_faults(drills: Drills, tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in drills.loader.load_file(path).faults[0].message
    assert "UTF-8" not in drills.loader.load_file(tmp_path / "none.yml").faults[0].message


def test_two_files_with_one_id(drills: Drills, text: str, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    (tmp_path / "b.yml").write_text(text, encoding="utf-8")
    catalog = ScenarioCatalog(tmp_path, drills.loader)
    assert len(catalog.all()) == 1
    (fault,) = catalog.faults()
    assert fault.path.name == "b.yml" and "a.yml" in fault.message


def test_the_version_follows_the_content(drills: Drills, text: str) -> None:
    def version(of: str) -> str:
        scenario = drills.loader.load_text(of, Path("a.yml")).scenario
        assert scenario is not None
        return scenario.version

    assert version(text) == version("# a comment\n" + text)
    assert version(text) != version(planted(text, "difficulty: 2", "difficulty: 3"))


def test_two_hundred_scenarios_are_published_at_once(drills: Drills, data_dir: Path, tmp_path: Path) -> None:
    shipped = sorted((data_dir / "scenarios").glob("*.yml"))
    for number in range(200):
        path = shipped[number % len(shipped)]
        content = planted(path.read_text(encoding="utf-8"), f"id: {path.stem}", f"id: copy-{number}")
        (tmp_path / f"copy-{number}.yml").write_text(content, encoding="utf-8")
    assert len(ScenarioCatalog(tmp_path, drills.loader).all()) == 200
