"""``hean scenarios plan``."""

from __future__ import annotations

from pathlib import Path

import pytest
from played import DATA
from typer.testing import CliRunner, Result

from bot.drills.assembly import build_drills
from bot.drills.practice import plan
from bot.practice.numbers import check_digit, shown
from server import cli
from server.assembly import build_default_cards
from server.practice.store import utc_today
from server.settings import load_settings


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEAN_BOT__DATA_DIR", str(DATA))


def show(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["scenarios", "plan", *arguments])


def test_a_first_timer(tmp_path: Path) -> None:
    result = show()
    assert result.exit_code == 0, result.output
    for proposal in plan([], build_drills(DATA).catalog.all(), utc_today()):
        assert proposal.scenario.title in result.output and proposal.scenario.id in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_card() -> None:
    number = build_default_cards(load_settings()).new().number
    result = show("--card", shown(number))
    assert result.exit_code == 0, result.output
    assert "练完过 0 个演练" in result.output and number not in result.output


def test_a_card_is_forgotten() -> None:
    number = build_default_cards(load_settings()).new().number
    assert show("--forget").exit_code == 1
    result = show("--card", number, "--forget")
    assert result.exit_code == 0 and "删掉了" in result.output
    assert "没有这个号码" in show("--card", number).output


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "九个数字"),
        ("12345678", "九个数字"),
        ("1" * 10_000, "九个数字"),
        ("123456789", "写反了"),
        ("12345678" + str(check_digit("12345678")), "没有这个号码"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(number: str, sentence: str) -> None:
    result = show("--card", number)
    assert result.exit_code == 1 and sentence in result.output


def test_records_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    number = build_default_cards(load_settings()).new().number
    for file in (tmp_path / "var").glob("records.db*"):
        file.write_bytes(b"not a database" * 100)
    result = show("--card", number)
    assert result.exit_code == 1 and "读不了练习卡" in result.output
