"""``hean scenarios …``: what the commands print, write, and end with."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from played import DATA
from typer.testing import CliRunner

from bot.drills.scenario import Channel, Kind
from bot.identifiers import ScamType
from server import cli
from server.commands.scenarios import creating

EXAMPLE = DATA.parent / "docs" / "drill-example.yml"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEAN_BOT__DATA_DIR", str(DATA))
    return CliRunner()


def test_check_finds_nothing_wrong_with_what_is_published(run: CliRunner) -> None:
    result = run.invoke(cli.app, ["scenarios", "check"])
    assert result.exit_code == 0, result.output
    assert f"{len(list((DATA / 'scenarios').glob('*.yml')))} 个演练都没有毛病" in result.output


def test_check_names_file_line_and_column_of_every_fault_of_every_file(run: CliRunner, tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    (tmp_path / "one.yml").write_text(text.replace("channel: doorstep", "channel: letter"), encoding="utf-8")
    (tmp_path / "two.yml").write_text("id: [", encoding="utf-8")
    result = run.invoke(cli.app, ["scenarios", "check", "one.yml", "two.yml"])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    number = 1 + text[: text.index("channel:")].count("\n")
    assert any(line.startswith(f"one.yml:{number}:1: ") for line in lines), lines
    assert any(line.startswith("two.yml:1:") for line in lines), lines
    assert "2 个文件里" in lines[-1]


def test_check_compares_the_files_of_a_folder(run: CliRunner, tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for name in ("drill-example", "z-copy"):
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    whole = run.invoke(cli.app, ["scenarios", "check", "."])
    alone = run.invoke(cli.app, ["scenarios", "check", "z-copy.yml"])
    for result in (whole, alone):
        assert result.exit_code == 1
        assert "z-copy.yml:1:1: 编号“drill-example”已经在 drill-example.yml 里用过了" in result.output
        assert "文件名是“z-copy”" in result.output


@pytest.mark.parametrize("path", ["nowhere.yml", "empty", "picture.yml"])
def test_check_of_what_is_no_scenario_is_a_sentence(run: CliRunner, tmp_path: Path, path: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.yml").write_bytes(b"\xff\xd8\xff\xe0")
    result = run.invoke(cli.app, ["scenarios", "check", path])
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert result.output.strip()


def test_walk_tells_how_many_ways_there_are_and_draws_them(run: CliRunner, tmp_path: Path) -> None:
    result = run.invoke(cli.app, ["scenarios", "walk", str(EXAMPLE), "--svg", "walk.svg"])
    assert result.exit_code == 0, result.output
    for part in ("一共 646 条路：看穿了 484 条、上当了 162 条", "最短 1 个来回", "最长 5 个来回", "37 句都听对了"):
        assert part in result.output
    assert "<svg" in (tmp_path / "walk.svg").read_text(encoding="utf-8")
    assert run.invoke(cli.app, ["scenarios", "walk", "police-cash-pickup"]).exit_code == 0


@pytest.mark.parametrize("command", ["walk", "preview"])
def test_an_unknown_or_broken_scenario_ends_in_a_sentence(run: CliRunner, tmp_path: Path, command: str) -> None:
    near = run.invoke(cli.app, ["scenarios", command, "police-cash-pikup"])
    assert (near.exit_code, "你是不是想写“police-cash-pickup”" in near.output) == (1, True)
    (tmp_path / "broken.yml").write_text("id: [", encoding="utf-8")
    for name in ("broken.yml", "nowhere.yml", "/intent{}", "x" * 300):
        result = run.invoke(cli.app, ["scenarios", command, name])
        assert result.exit_code == 1 and "Traceback" not in result.output and result.output.strip()


def test_a_drawing_that_cannot_be_written_is_a_sentence(run: CliRunner) -> None:
    result = run.invoke(cli.app, ["scenarios", "walk", str(EXAMPLE), "--svg", "no/such/folder.svg"])
    assert result.exit_code == 1 and "写不进去" in result.output


def test_preview_plays_in_the_terminal_and_records_nothing(run: CliRunner, tmp_path: Path) -> None:
    said = "红烧肉\n好的，你进来\n0\n\n不要测了，侬出去\n"
    result = run.invoke(cli.app, ["scenarios", "preview", str(EXAMPLE), "--why"], input=said)
    assert result.exit_code == 0, result.output
    for part in (
        "现在是演练",
        "【演练】门口的人：",
        "没听懂",
        "听成：听他的",
        "1 到 500 个字",
        "听成：不肯",
        "得分",
        "看穿了",
    ):
        assert part in result.output
    assert "✓" in result.output and "○" in result.output
    assert list(tmp_path.iterdir()) == []
    wu = run.invoke(cli.app, ["scenarios", "preview", "grandchild-ai-voice", "--dialect", "wuu"], input="1\n停\n")
    assert wu.exit_code == 0 and "亲妈" in wu.output
    left = run.invoke(cli.app, ["scenarios", "preview", "gas-check-parts"], input="")
    assert left.exit_code == 0 and "演练结束" in left.output


def test_preview_on_the_page_without_a_server_is_a_sentence(run: CliRunner) -> None:
    for url in ("http://127.0.0.1:9", "not a url", "http://[", "ftp://127.0.0.1"):
        result = run.invoke(cli.app, ["scenarios", "preview", "gas-check-parts", "--page", "--url", url])
        assert (result.exit_code, "Traceback" in result.output, "没有" in result.output) == (1, False, True), url


@pytest.mark.parametrize("kind", ["scam", "legitimate"])
def test_a_new_scenario_is_accepted_once_it_is_filled_in(run: CliRunner, tmp_path: Path, kind: str) -> None:
    options = ["--kind", kind, "--type", "prize", "--channel", "sms", "--difficulty", "1", "--title", "短信：是真的吗"]
    made = run.invoke(cli.app, ["scenarios", "new", "my-drill", *options, "--folder", "."])
    assert made.exit_code == 0, made.output
    path = tmp_path / "my-drill.yml"
    text = path.read_text(encoding="utf-8")
    checked = run.invoke(cli.app, ["scenarios", "check", "my-drill.yml"])
    assert checked.exit_code == 1
    named = {int(line.split(":")[1]) for line in checked.output.splitlines() if line.startswith("my-drill.yml:")}
    open_lines = {n for n, line in enumerate(text.splitlines(), 1) if "……" in line and not line.startswith("#")}
    assert named == open_lines and str(sorted(open_lines)[-1]) in made.output
    path.write_text(text.replace("……", "话"), encoding="utf-8")
    filled = run.invoke(cli.app, ["scenarios", "check", "my-drill.yml"])
    assert filled.exit_code == 0, filled.output
    walked = run.invoke(cli.app, ["scenarios", "walk", "my-drill.yml"])
    assert walked.exit_code == 0 and "最长 4 个来回" in walked.output


def test_an_answer_that_is_no_choice_is_told_what_to_type(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(creating, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    said = "骗局\nscam\nprize\nsms\n1\n短信：是真的吗\n"
    made = run.invoke(cli.app, ["scenarios", "new", "my-drill", "--folder", "."], input=said)
    assert made.exit_code == 0 and "没有“骗局”这个写法" in made.output, made.output
    choices = [str(member.value) for kinds in (Kind, ScamType, Channel) for member in kinds]
    assert set(choices) <= set(re.findall(r"[a-z_]+", made.output))


def test_a_new_scenario_overwrites_nothing_and_refuses_strange_ids(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text("mine", encoding="utf-8")
    taken = run.invoke(cli.app, ["scenarios", "new", "mine", "--folder", "."])
    assert (taken.exit_code, "已经有了" in taken.output) == (1, True)
    assert (tmp_path / "mine.yml").read_text(encoding="utf-8") == "mine"
    for strange in ("../x", "A", "a b", "演练", "a.yml", "x" * 80, ""):
        result = run.invoke(cli.app, ["scenarios", "new", strange, "--folder", "."])
        assert result.exit_code == 1 and "只能用小写" in result.output, strange
    nowhere = run.invoke(cli.app, ["scenarios", "new", "mine", "--folder", "no/where"])
    assert (nowhere.exit_code, "写不进去" in nowhere.output) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yml"]
