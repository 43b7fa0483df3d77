"""The documentation keeps up with the house: what it names exists, and what exists is named."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import yaml
from machine import lacking
from PIL import Image
from typer.testing import CliRunner

from bot.drills.assembly import build_drills
from bot.drills.drawing import draw
from server.cli import app
from server.settings import Settings
from server.staff_words import StaffWords

ROOT = Path(__file__).resolve().parents[1]
KIOSK = ROOT / "docs" / "kiosk"
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "README.zh.md",
    ROOT / "docs" / "kiosk.md",
    ROOT / "docs" / "stories.md",
    ROOT / "docs" / "answers.md",
    ROOT / "docs" / "scenarios.md",
    ROOT / "data" / "knowledge" / "evidence" / "README.md",
    ROOT / "tests" / "evaluation" / "README.md",
    ROOT / "docs" / "practice.md",
]
STAFF_DOCUMENTS = DOCUMENTS[:6]
_LARGEST_PICTURE = 400_000
# Made by the program or by staff, so no checkout has them; the last is what staff write in the guide.
_NOT_TRACKED = ("models", "var", ".venv", "hean.yml", "card-fee-call.yml")
_SUFFIX = r"(?:yml|yaml|md|py|json|jsonl|toml|lock|service|timer|db|sh)"
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(rf"(?:[\w.*<>-]+/)+(?:[\w.*<>-]+)?|[\w-]+\.{_SUFFIX}")
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def commands(group: typer.Typer = app, before: str = "") -> Iterator[str]:
    """Every command with the names of its groups before it."""
    for command in group.registered_commands:
        yield f"{before}{command.name}"
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands(inner.typer_instance, f"{before}{inner.name} ")


def named_paths(document: Path) -> Iterator[str]:
    """What stands between backticks and looks like a file or folder of the repository."""
    for code in _CODE.findall(document.read_text(encoding="utf-8")):
        if _PATH.fullmatch(code) and not {code.split("/")[0], code.split("/")[-1]} & set(_NOT_TRACKED):
            yield code


def exists(path: str, document: Path) -> bool:
    """From the root, or beside the document; ``<id>`` and ``*`` stand for anything."""
    pattern = re.sub(r"<[^>]*>", "*", path).rstrip("/")
    return any(True for base in (ROOT, document.parent) for _ in base.glob(pattern))


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        lacking("this is no git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_exist(document: Path) -> None:
    missing = [path for path in named_paths(document) if not exists(path, document)]
    last_names = {path.name for path in tracked()}  # a guide says the whole path once and then the name
    assert [path for path in missing if path not in last_names] == []


def test_the_check_for_files_finds_them() -> None:
    assert set(named_paths(ROOT / "README.md")) >= {"bot/conversation.py", "data/knowledge/", "config.yml"}
    assert not exists("bot/nowhere.py", ROOT / "README.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    targets = [link or picture for link, picture in _LINK.findall(document.read_text(encoding="utf-8"))]
    local = [target.split("#")[0] for target in targets if "://" not in target]
    assert [target for target in local if not (document.parent / target).is_file()] == []


def test_every_command_is_documented() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    names = list(commands())
    assert "serve" in names and "scenarios list" in names
    assert [name for name in names if f"| `{name}` |" not in text] == []


def test_no_command_is_documented_that_does_not_exist() -> None:
    table = re.findall(r"^\| `([a-z ]+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    groups = set(Settings.__fields__)
    assert [name for name in table if name not in {*commands(), *groups}] == []
    used = {
        match
        for document in STAFF_DOCUMENTS
        for match in re.findall(r"-m server ([a-z]+)", document.read_text(encoding="utf-8"))
    }
    assert used <= {name.split()[0] for name in commands()}


def test_options_that_are_named_exist() -> None:
    rows = re.findall(r"^\| `([a-z ]+)` \| (.*) \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    for name, description in rows:
        if name not in set(commands()):
            continue
        shown = CliRunner().invoke(app, [*name.split(), "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"})
        assert shown.exit_code == 0, name
        assert [option for option in _OPTION.findall(description) if option not in shown.stdout] == [], name


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for document in STAFF_DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        # As code only: in a sentence, "make" is a verb.
        for line in [*re.findall(r"`make ([^`]+)`", text), *re.findall(r"^make (.+)$", text, re.MULTILINE)]:
            assert line.split()[0] in targets, line


def test_every_group_of_settings_is_documented() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [group for group in Settings.__fields__ if f"| `{group}` |" not in text] == []


def test_settings_that_are_named_exist() -> None:
    known = {f"{group}.{name}" for group, field in Settings.__fields__.items() for name in field.type_.__fields__}
    for document in STAFF_DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        groups = "|".join(Settings.__fields__)
        assert set(re.findall(rf"`((?:{groups})\.[a-z_]+)`", text)) - {"hean.yml"} <= known
        variables = re.findall(r"HEAN_([A-Z]+)__([A-Z_]+)", text)
        assert {f"{group}.{name}".lower() for group, name in variables} <= known


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_yaml_examples_are_yaml(document: Path) -> None:
    blocks = re.findall(r"^( *)```yaml\n(.*?)^ *```", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for indent, block in blocks:
        lines = [line.removeprefix(indent) for line in block.splitlines()]
        assert yaml.safe_load("\n".join(lines)) is not None


def test_the_drill_to_copy_is_without_faults() -> None:
    loaded = build_drills(ROOT / "data").loader.load_file(ROOT / "docs" / "drill-example.yml")
    assert [str(fault) for fault in loaded.faults] == []
    assert loaded.scenario is not None
    assert not (ROOT / "data" / "scenarios" / f"{loaded.scenario.id}.yml").exists(), "copied, it would be there twice"


def test_the_drawing_of_the_drill_to_copy_is_current_else_run_scenarios_walk() -> None:
    scenario = build_drills(ROOT / "data").loader.load_file(ROOT / "docs" / "drill-example.yml").scenario
    assert scenario is not None
    drawn = draw(scenario, StaffWords.load(ROOT / "data").say)
    assert (ROOT / "docs" / "images" / "drill-example.svg").read_text(encoding="utf-8") == drawn


def test_pictures_are_small_and_used() -> None:
    pictures = sorted((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    texts = "".join(document.read_text(encoding="utf-8") for document in STAFF_DOCUMENTS)
    for picture in pictures:
        assert picture.stat().st_size < _LARGEST_PICTURE, picture.name
        assert f"images/{picture.name}" in texts, f"{picture.name} is shown nowhere"
        with Image.open(picture) as image:
            assert len(image.convert("L").getcolors(256) or []) > 16, f"{picture.name} is all but blank"


@pytest.mark.parametrize("unit", sorted(path.name for path in KIOSK.iterdir()))
def test_systemd_accepts_the_unit(unit: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        lacking("no systemd-analyze on this machine")
    missing: list[str] = []
    for path in KIOSK.iterdir():
        text = path.read_text(encoding="utf-8").replace("/opt/hean/.venv/bin/python", sys.executable)
        for program in re.findall(r"^Exec\w+=(\S+)", text, re.MULTILINE):
            if not Path(program).exists():
                missing.append(program)
                text = text.replace(program, "/bin/true")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    told = subprocess.run(
        ["systemd-analyze", *([] if unit == "hean.service" else ["--user"]), "verify", str(tmp_path / unit)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert (told.returncode, told.stdout + told.stderr) == (0, "")


def test_no_tracked_file_names_a_machine() -> None:
    # Put together here, so that this file does not hold what it looks for.
    folders = "|".join(("work", "root", "tmp" + "/w", "home" + "/[a-z]+"))
    path = re.compile(rf"(?<![\w./~-])/(?:{folders})/[\w.-]")
    index = re.compile(r"^--(?:extra-)?index-url|^--trusted-host|^registry ?=")
    host = re.compile(
        r"https?://(?!pypi\.org|registry\.npmjs\.org)[\w.-]*(?:mirror|nexus|artifactory|pypi|npm)[\w.-]*[:/]"
    )
    assert path.search("cd /" + "work/main") and host.search("https://nexus" + ".example:8081/")
    found = []
    for file in tracked():
        if file.suffix in (".png", ".wav", ".gz"):
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if any(pattern.search(line) for pattern in (path, index, host)):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []
