"""Where settings come from, which wins, and what a mistake is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.commands.config import settings_list
from server.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HEAN_CONFIG", raising=False)
    return tmp_path


def test_defaults() -> None:
    settings = load_settings()
    assert (settings.http.host, settings.http.port) == ("127.0.0.1", 8000)


def test_file_then_environment_then_arguments(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "hean.yml").write_text("http:\n  port: 1\n  host: file\nkiosk: {idle_seconds: 5}\n")
    assert load_settings().http.port == 1
    monkeypatch.setenv("HEAN_HTTP__PORT", "2")
    assert (load_settings().http.port, load_settings().http.host) == (2, "file")
    settings = load_settings(http={"port": 3})
    assert (settings.http.port, settings.http.host, settings.kiosk.idle_seconds) == (3, "file", 5)


def test_named_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "other.yml").write_text("bot: {max_sessions: 7}")
    monkeypatch.setenv("HEAN_CONFIG", "other.yml")
    assert load_settings().bot.max_sessions == 7


def test_empty_file(folder: Path) -> None:
    (folder / "hean.yml").write_text("# nothing yet\n")
    assert load_settings().http.port == 8000


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ("http:\n  host: a\n  port: many\n", "hean.yml line 3", "http.port"),
        ("http:\n  prot: 80\n", "hean.yml line 2", "no such setting"),
        ("htpp:\n  port: 80\n", "hean.yml line 1", "no such setting"),
        ("kiosk:\n\n  idle_seconds: -1\n", "hean.yml line 3", "greater than 0"),
        ("bot:\n  max_session: 5\n", "hean.yml line 2", "no such setting"),
        ("log:\n  level: loud\n", "hean.yml line 2", "log.level"),
        ("http: 5\n", "hean.yml line 1", "http"),
        ("http:\n\tport: 1\n", "hean.yml line 2", ""),
        ("http: [1\n", "hean.yml line 2", ""),
        ("- http\n", "hean.yml line 1", "groups"),
    ],
)
def test_a_mistake_is_named_with_its_line(folder: Path, content: str, place: str, words: str) -> None:
    (folder / "hean.yml").write_text(content)
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert place in str(error.value)
    assert words in str(error.value)


def test_every_mistake_is_named(folder: Path) -> None:
    (folder / "hean.yml").write_text("http:\n  port: x\nkiosk:\n  idle_seconds: y\n")
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert len(str(error.value).splitlines()) == 2


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEAN_HTTP__PORT", "many")
    with pytest.raises(SettingsError, match="HEAN_HTTP__PORT"):
        load_settings()


def test_missing_and_unreadable_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEAN_CONFIG", "gone.yml")
    with pytest.raises(SettingsError, match=r"gone\.yml"):
        load_settings()
    (folder / "gone.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"gone\.yml"):
        load_settings()


def test_every_setting_is_described() -> None:
    settings = settings_list(load_settings())
    assert len(settings) > 30
    for setting in settings:
        assert setting.description, setting.name
        assert setting.value == setting.default, setting.name
        if setting.name.endswith(("_seconds", "_ms", "_bytes", "_days")):
            assert setting.unit, setting.name


def test_every_variable_works(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in settings_list(load_settings()):
        monkeypatch.setenv(setting.variable, str(setting.value))
    assert load_settings() == load_settings()
    monkeypatch.setenv("HEAN_RECORDS__RETENTION_DAYS", "3")
    assert load_settings().records.retention_days == 3


@pytest.mark.parametrize("written", ["pyttsx3,clips", '["pyttsx3", "clips"]', " pyttsx3 , clips "])
def test_engines_from_a_variable(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("HEAN_SPEECH__ENGINES", written)
    assert load_settings().speech.engines == ["pyttsx3", "clips"]
    monkeypatch.setenv("HEAN_SPEECH__ENGINES", "")
    assert load_settings().speech.engines == []
    monkeypatch.setenv("HEAN_SPEECH__ENGINES", "pyttsx3, espeak")
    with pytest.raises(SettingsError, match=r"HEAN_SPEECH__ENGINES|speech\.engines"):
        load_settings()
