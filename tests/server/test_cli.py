"""The commands: what they print, and one sentence instead of a traceback."""

from __future__ import annotations

import json
import socket
import wave
from pathlib import Path

import pytest
from played import DATA, PlayedConversation, PlayedVoice
from typer.testing import CliRunner

from server import cli
from server.commands import chat, check, say, serve


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEAN_BOT__DATA_DIR", str(DATA))
    monkeypatch.setenv("HEAN_RECORDS__PATH", str(tmp_path / "records.db"))
    return CliRunner()


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch, conversation: PlayedConversation, voice: PlayedVoice) -> None:
    monkeypatch.setattr(serve, "configure_logs", lambda _: None)  # it would stay in force for other tests
    for module in (chat, check, serve):
        monkeypatch.setattr(module, "build_default_conversation", lambda *_, **__: conversation)
    monkeypatch.setattr(say, "build_default_voice", lambda _: voice)


def test_help_names_every_command(run: CliRunner) -> None:
    text = run.invoke(cli.app, ["--help"]).output
    for command in ("serve", "train", "check", "chat", "say", "config", "scenarios"):
        assert command in text


def test_config(run: CliRunner) -> None:
    assert "HEAN_HTTP__PORT" in run.invoke(cli.app, ["config"]).output
    settings = json.loads(run.invoke(cli.app, ["config", "--json"]).output)
    port = next(setting for setting in settings if setting["name"] == "http.port")
    assert port == {
        "name": "http.port",
        "value": 8000,
        "default": 8000,
        "unit": "",
        "description": port["description"],
        "variable": "HEAN_HTTP__PORT",
    }


def test_bad_settings_end_in_a_sentence(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "hean.yml").write_text("http:\n  port: many\n")
    for command in (["config"], ["serve"], ["check", "a"], ["scenarios", "list"], ["train"]):
        result = run.invoke(cli.app, command)
        assert result.exit_code == 1
        assert "hean.yml line 2" in result.output
        assert "Traceback" not in result.output


@pytest.mark.usefixtures("played")
def test_check(run: CliRunner) -> None:
    result = run.invoke(cli.app, ["check", "叫我转钱"])
    assert result.exit_code == 0
    assert "scam (police)" in result.output
    assert "96110" in result.output
    assert "nothing to judge" in run.invoke(cli.app, ["check", "-"], input="天气\n").output
    parsed = json.loads(run.invoke(cli.app, ["check", "--json", "叫我转钱"]).output)
    assert parsed["assessment"]["verdict"] == "scam"
    assert parsed["assessment"]["scam_name"] == "name of police"
    assert run.invoke(cli.app, ["check", " "]).exit_code == 1


@pytest.mark.usefixtures("played")
def test_check_counts_places_in_the_text_as_it_was_given(run: CliRunner) -> None:
    def places(text: str) -> list[int]:
        parsed = json.loads(run.invoke(cli.app, ["check", "--json", text]).output)
        return [flag["start"] for flag in parsed["assessment"]["red_flags"]]

    assert places("叫我转钱")
    assert places("   叫我转钱") == [start + 3 for start in places("叫我转钱")]


@pytest.mark.parametrize("arguments", [["check", "-"], ["check", "\udcff"]])
def test_what_is_not_utf8_ends_in_a_sentence(run: CliRunner, arguments: list[str]) -> None:
    result = run.invoke(cli.app, arguments, input="公安".encode("gbk"))
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "UTF-8" in result.output


@pytest.mark.parametrize("content", [b"\xff\xfe", b"5\n", b"[1]\n", b"no json\n", b""])
def test_packs_that_are_none_end_in_a_sentence(run: CliRunner, tmp_path: Path, content: bytes) -> None:
    pack = tmp_path / "pack.jsonl"
    pack.write_bytes(content)
    result = run.invoke(cli.app, ["eval", str(pack), "--quiet"])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "pack.jsonl" in result.output


def test_eval_says_that_no_server_answers(run: CliRunner, tmp_path: Path) -> None:
    pack = tmp_path / "pack.jsonl"
    pack.write_text('{"text": "你好", "intent": "greet"}\n', encoding="utf-8")
    with socket.socket() as taken:  # bound but not listening
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        result = run.invoke(cli.app, ["eval", str(pack), "--quiet", "--url", url])
    assert result.exit_code == 1
    assert f"{url} does not answer" in result.output


@pytest.mark.usefixtures("played")
def test_chat(run: CliRunner) -> None:
    result = run.invoke(cli.app, ["chat", "--why"], input="叫我转钱\n演\n" + "字" * 501 + "\n\n")
    assert result.exit_code == 0
    for expected in ("greeting", "1: 叫我转钱", "[title]", "scam (police)", "[role] role", "at most 500"):
        assert expected in result.output


@pytest.mark.usefixtures("played")
def test_say(run: CliRunner, tmp_path: Path) -> None:
    result = run.invoke(cli.app, ["say", "您好", "-o", "hello.wav"])
    assert result.exit_code == 0, result.output
    with wave.open(str(tmp_path / "hello.wav")) as file:
        assert file.getnframes()
    nothing = run.invoke(cli.app, ["say", "😀"])
    assert (nothing.exit_code, "can't be spoken" in nothing.output) == (1, True)
    nowhere = run.invoke(cli.app, ["say", "您好", "-o", "no/such/folder.wav"])
    assert (nowhere.exit_code, "can't be written" in nowhere.output) == (1, True)


def test_scenarios(run: CliRunner) -> None:
    result = run.invoke(cli.app, ["scenarios", "list"])
    assert result.exit_code == 0
    assert "police" in result.output


def test_a_taken_port_is_named_before_anything_is_loaded(run: CliRunner) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run.invoke(cli.app, ["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert f"port {port}" in result.output
    assert "--port" in result.output


@pytest.mark.usefixtures("played")
def test_a_missing_model_ends_in_a_sentence(run: CliRunner, conversation: PlayedConversation) -> None:
    from bot.serving_models import ModelMissing

    async def refuse() -> None:
        raise ModelMissing("There is no model. Run `hean train`.")

    conversation.start = refuse  # type: ignore[method-assign]
    result = run.invoke(cli.app, ["serve", "--port", "0"])
    assert result.exit_code == 1
    assert "hean train" in result.output
    assert "Traceback" not in result.output


def test_broken_content_ends_in_a_sentence(run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEAN_BOT__DATA_DIR", str(tmp_path / "empty"))
    result = run.invoke(cli.app, ["scenarios", "list"])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
