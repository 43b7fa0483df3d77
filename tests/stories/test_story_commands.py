"""``hean test …`` as testers use it: against the real server, and once with a system of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result
from server_process import ROOT, ServerProcess
from typer.testing import CliRunner

from server import cli
from server.stories.loading import load_stories

Hean = Callable[..., Result]

HOLDS = """
- name: police call, then the money is gone
  steps:
    - user: 有人打电话说是公安局的，叫我把钱转到安全账户
      expect: {verdict: scam, scam_type: police, latency: slow}
    - press: 钱转了
      expect: {stage: paid, first_hotline: "110"}
"""
FAILS = """
- name: greeting
  steps:
    - user: 你好
    - user: 有人打电话说是公安局的，叫我把钱转到安全账户
      expect: {verdict: clear}
"""


@pytest.fixture
def hean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hean:
    """The command in a folder of its own, with what is said on standard input."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    runner = CliRunner()
    return lambda *arguments, said="": runner.invoke(cli.app, ["test", *arguments], input=said)


def stories(folder: Path, text: str) -> Path:
    path = folder / "happy_path" / "some.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_stories_that_hold_end_with_zero(hean: Hean, server: ServerProcess, tmp_path: Path) -> None:
    stories(tmp_path, HOLDS)
    done = hean("run", ".", "--url", server.url, "--slack", "8", "--junit", "out/junit.xml", "--html", "out/r.html")
    assert done.exit_code == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    (suite,) = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")
    assert "police call, then the money is gone" in (tmp_path / "out" / "r.html").read_text(encoding="utf-8")


def test_one_that_does_not_shows_where_and_ends_with_one(hean: Hean, server: ServerProcess, tmp_path: Path) -> None:
    stories(tmp_path, HOLDS + FAILS)
    done = hean("run", ".", "--url", server.url, "--junit", "junit.xml")
    assert done.exit_code == 1
    assert "1 passed, 1 failed" in done.stdout
    assert "happy_path/some.yml:12" in done.stdout, "the line of the step"
    assert "- verdict: clear" in done.stdout and "+ verdict: scam" in done.stdout
    (suite,) = ElementTree.parse(tmp_path / "junit.xml").getroot()
    assert suite.get("failures") == "1"


@pytest.mark.parametrize(
    ("text", "arguments", "told"),
    [
        (HOLDS, ["nowhere"], "There are no stories at nowhere"),
        (HOLDS, [".", "-k", "no such words"], "There are no stories with 'no such words'"),
        ("- name: a\n  steps:\n    - user: 你好\n      expct: {}\n", ["."], "happy_path/some.yml:4:7: steps.1.expct"),
        ("- name: [\n", ["."], "happy_path/some.yml:2:1"),
        (HOLDS, [".", "--url", "http://127.0.0.1:9"], "does not answer"),
        (HOLDS, [".", "--url", "no address"], "does not answer"),
    ],
)
def test_what_can_not_be_run_ends_with_two(
    hean: Hean, tmp_path: Path, text: str, arguments: list[str], told: str
) -> None:
    stories(tmp_path, text)
    done = hean("run", *arguments)
    assert done.exit_code == 2, done.stdout + done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_that_can_not_be_written_is_a_sentence(hean: Hean, server: ServerProcess, tmp_path: Path) -> None:
    stories(tmp_path, HOLDS)
    (tmp_path / "taken").write_text("")
    done = hean("run", ".", "--url", server.url, "--junit", "taken/junit.xml")
    assert done.exit_code == 1
    assert "taken/junit.xml can't be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.timeout(400)  # it loads the whole system, on a machine that does other things
def test_coverage_on_a_system_of_its_own(model: Path, tmp_path: Path) -> None:
    drill = "- name: a drill\n  steps:\n    - user: 我想练一练公安局来电，说有要紧事\n    - user: 我要先问问儿子\n"
    path = stories(tmp_path, HOLDS + drill + "    - user: 停\n      expect: {drill: {outcome: quit}}\n")
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("HEAN_")}
    done = subprocess.run(
        [sys.executable, "-m", "server", "test", "coverage", str(path), "--json", "--html", str(tmp_path / "c.html")],
        cwd=ROOT,
        env={**inherited, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["stories"], found["failed"]) == (2, 0)
    assert "police" not in found["scam types"]["missing"] and "prize" in found["scam types"]["missing"]
    assert "paid" not in found["stages"]["missing"] and "leaked" in found["stages"]["missing"]
    assert {"action_assess", "action_start_drill", "action_leave_drill"}.isdisjoint(found["actions"]["missing"])
    assert 0 < found["rules"]["share"] < 0.2, "the rules of one call"
    assert "police-cash-pickup/who/verify" not in found["scenario branches"]["missing"]
    assert "police-cash-pickup/who/stall" in found["scenario branches"]["missing"]
    assert "police-cash-pickup/quit" not in found["scenario outcomes"]["missing"]
    assert "<code>prize</code>" in (tmp_path / "c.html").read_text(encoding="utf-8")


def test_a_chat_becomes_a_story_that_holds(hean: Hean, server: ServerProcess, tmp_path: Path) -> None:
    said = "有人打电话说是公安局的，叫我把钱转到安全账户\n:1\n:9\n谢谢\n\nnot said any more\n"
    done = hean("record", "-o", "chat/new.yml", "--url", server.url, "--name", "a call", said=said)
    assert done.exit_code == 0, done.stderr
    assert "there is no button 9" in done.stderr and "Played again, it holds." in done.stderr
    (loaded,) = load_stories(tmp_path / "chat" / "new.yml")
    first, second, third = loaded.story.steps
    assert (first.expect.verdict, first.expect.scam_type, first.expect.first_hotline) == ("scam", "police", "96110")
    assert (second.press, second.expect.stage, second.expect.first_hotline) == ("钱转了", "paid", "110")
    assert (third.user, third.expect.intent, third.expect.has("assessment")) == ("谢谢", "thank", True)
    played = hean("run", "chat", "--url", server.url)
    assert (played.exit_code, "1 passed" in played.stdout) == (0, True)


def test_a_drill_is_recorded_step_by_step(hean: Hean, server: ServerProcess, tmp_path: Path) -> None:
    said = "我想练一练公安局来电，说有要紧事\n我要先问问儿子\n停\n你好\n"
    done = hean("record", "-o", "new.yml", "--url", server.url, said=said)
    assert done.exit_code == 0, done.stderr
    (loaded,) = load_stories(tmp_path / "new.yml")
    assert loaded.story.name == "我想练一练公安局来电，说有要紧事"
    drills = [step.expect.drill for step in loaded.story.steps[:3]]
    assert [(drill.status, drill.step, drill.outcome) for drill in drills if drill] == [
        ("running", "who", None),
        ("running", "accused", None),
        ("quit", "accused", "quit"),
    ]
    assert loaded.story.steps[3].expect.has("drill"), "none any more"


def test_personal_data_is_replaced_and_told(hean: Hean, server: ServerProcess, tmp_path: Path) -> None:
    said = "我叫沈阿毛，电话13957312345，有人叫我把钱转到安全账户\n"
    done = hean("record", "-o", "new.yml", "--url", server.url, said=said)
    assert "personal data was replaced" in done.stderr
    written = (tmp_path / "new.yml").read_text(encoding="utf-8")
    assert "13957312345" not in written + done.stdout and "沈阿毛" not in written + done.stdout
    assert "安全账户" in written


def test_what_is_refused_is_no_step_and_nothing_said_no_story(
    hean: Hean, server: ServerProcess, tmp_path: Path
) -> None:
    done = hean("record", "--url", server.url, said="骗" * 501 + "\n:1\n")
    assert done.exit_code == 2
    assert "500" in done.stderr and "there is no story" in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_something_else_is_left_and_the_story_printed(
    hean: Hean, server: ServerProcess, tmp_path: Path
) -> None:
    path = tmp_path / "notes.yml"
    path.write_text("key: value\n", encoding="utf-8")
    done = hean("record", "-o", "notes.yml", "--url", server.url, "--name", "hello", said="你好\n")
    assert done.exit_code == 2
    assert path.read_text(encoding="utf-8") == "key: value\n"
    assert "notes.yml:1:1" in done.stderr
    assert done.stdout.startswith("- name: hello\n")
