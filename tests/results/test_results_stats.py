"""``hean scenarios stats`` on a database that real runs of real drills were written into."""

from __future__ import annotations

import csv
import io
import json
import random
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from played import DATA
from typer.testing import CliRunner

from bot.drills.assembly import build_drills
from bot.drills.moves import Heard
from bot.identifiers import Dialect
from bot.redact import redact
from bot.turn import Answer, DialectGuess, DrillView, IntentGuess, Reply, Turn
from server import cli
from server.records import Records
from server.records.migrations import MIGRATIONS
from server.results import report as reports
from server.results.counts import By
from server.results.runs import Run
from server.results.table import COLUMNS, table


def record(records: Records, run: str, view: DrillView, at: datetime) -> None:
    answer = Answer(run, f"{run}-{at.timestamp()}", Reply("x", "x"), DialectGuess(Dialect.CMN, 1), IntentGuess("x", 1))
    records.turn(Turn(run, "x", "lobby"), Answer(**{**answer.__dict__, "drill": view}), at, 1.0)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty runs over two months, played by chance from the phrases of the drills themselves."""
    path = tmp_path_factory.mktemp("records") / "records.db"
    records = Records(path, redact=redact)
    drills = build_drills(DATA)
    chance = random.Random(7)
    scenarios = drills.catalog.all()
    for number in range(60):
        scenario = scenarios[number % 4]
        at = datetime(2026, 9 + number // 30, 3, 8, tzinfo=timezone.utc) + timedelta(hours=number % 30)
        run = f"run-{number:03}"
        state, step = drills.engine.begin(scenario, run)
        record(records, run, step.view, at)
        for second in range(1, 20):
            if not state.running:
                break
            here = scenario.step(state.step)
            assert here is not None
            phrases = [p for e in scenario.expectations(here).values() for p in e.phrases]
            state, step = drills.engine.advance(scenario, state, Heard(chance.choice([*phrases, "停"])))
            record(records, run, step.view, at + timedelta(seconds=second))
    records.close()
    return path


@pytest.fixture
def stats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    def run(path: Path, *options: str) -> tuple[int, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("HEAN_BOT__DATA_DIR", str(DATA))
        monkeypatch.setenv("HEAN_RECORDS__PATH", str(path))
        result = CliRunner().invoke(cli.app, ["scenarios", "stats", *options])
        assert "Traceback" not in result.output
        return result.exit_code, result.output

    return run


def test_facts_of_a_run_are_written(database: Path) -> None:
    connection = sqlite3.connect(database)
    rows = connection.execute(
        "SELECT version, kind, scam_type, difficulty, channel, turns, first_verification, disclosures FROM drill_runs"
    ).fetchall()
    kiosks = connection.execute(
        "SELECT DISTINCT kiosk_id FROM drill_runs JOIN sessions ON session_id = sessions.id"
    ).fetchall()
    connection.close()
    assert len(rows) == 60 and kiosks == [("lobby",)]
    for version, kind, scam_type, difficulty, channel, turns, first, disclosures in rows:
        assert len(version) >= 8 and kind in ("scam", "legitimate") and scam_type and 1 <= difficulty <= 3 and channel
        assert turns >= 0 and 0 <= disclosures <= 10
        assert first is None or 1 <= first <= turns
    assert any(row[6] is not None for row in rows) and any(row[6] is None for row in rows)


@pytest.mark.parametrize("by", [by.value for by in By])
def test_numbers_add_up_where_they_are_shown(
    stats: Callable[..., tuple[int, str]], database: Path, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEAN_RESULTS__SMALLEST_GROUP", "1")
    code, output = stats(database, "--by", by, "--json")
    assert code == 0
    (period,) = json.loads(output)["periods"]
    *groups, everything = period["groups"]
    assert everything["starts"] == 60 and groups
    for column in COLUMNS:
        assert sum(group[column] for group in groups) == everything[column]
    for group in period["groups"]:
        assert group["hidden"] == {}
        assert group["starts"] == group["completions"] + group["quit"]
    monkeypatch.setenv("HEAN_RESULTS__SMALLEST_GROUP", "5")
    _, output = stats(database, "--by", by, "--json")
    for group in json.loads(output)["periods"][0]["groups"]:
        for column in COLUMNS:
            assert group[column] is None or group[column] == 0 or group[column] >= 5
            assert (group[column] is None) == (column in group["hidden"])


def test_csv_has_a_line_for_every_group_and_period(stats: Callable[..., tuple[int, str]], database: Path) -> None:
    code, output = stats(database, "--compare", "2026-09", "2026-10", "--csv", "--by", "difficulty")
    rows = list(csv.DictReader(io.StringIO(output)))
    assert code == 0 and {row["period"] for row in rows} == {"2026-09", "2026-10"}
    assert [row["starts"] for row in rows if row["group"] == "all"] == ["30", "30"]
    assert any("<5" in row.values() for row in rows)


def test_a_month_may_be_chosen_and_one_without_runs_is_told_kindly(
    stats: Callable[..., tuple[int, str]], database: Path, tmp_path: Path
) -> None:
    assert "30" in stats(database, "--since", "2026-10", "--by", "month")[1].split("合计")[1]
    for path, options in ((database, ("--until", "2020-01")), (tmp_path / "none.db", ())):
        code, output = stats(path, *options)
        assert (code, "还没有人练过" in output) == (0, True)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("month", ["2026-13", "", "x" * 10_000, "/intent{}", "<b>", "2026-9"])
def test_what_is_no_month_is_refused(stats: Callable[..., tuple[int, str]], database: Path, month: str) -> None:
    code, output = stats(database, "--since", month)
    assert code == 1 and "不是月份" in output and len(output) < 200


@pytest.mark.parametrize("font", [None, reports.chinese_font()])
def test_the_report_needs_nothing_else(
    stats: Callable[..., tuple[int, str]],
    database: Path,
    tmp_path: Path,
    font: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reports, "chinese_font", lambda: font)
    file = tmp_path / "report.html"
    code, _ = stats(database, "--html", str(file), "--by", "type")
    text = file.read_text(encoding="utf-8")
    assert code == 0 and text.count("data:image/png;base64,iVBOR") == 1
    assert "http" not in text and "<script" not in text and "&lt;5" in text and "看穿了" in text
    assert list(tmp_path.glob("*.new")) == []


def test_what_cannot_be_read_or_written_is_a_sentence(
    stats: Callable[..., tuple[int, str]], database: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.db").write_bytes(b"not a database" * 100)
    old = sqlite3.connect(tmp_path / "old.db")
    old.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TEXT)")
    old.execute("INSERT INTO schema_version VALUES (1, '')")
    for statement in MIGRATIONS[0]:
        old.execute(statement)
    old.commit()
    old.close()
    assert stats(tmp_path / "broken.db")[0] == 1
    code, output = stats(tmp_path / "old.db")
    assert code == 1 and "旧格式" in output
    assert stats(database, "--html", str(tmp_path / "no" / "such.html"))[0] == 1


def test_a_median_needs_enough_people() -> None:
    def runs(verified: int) -> list[Run]:
        return [
            Run("a", "1", "scam", "police", 1, "call", None, 2 if n < verified else None, "2026-09") for n in range(9)
        ]

    assert table(runs(4), By.SCENARIO, 5).rows[0].median_verification is None
    assert table(runs(5), By.SCENARIO, 5).rows[0].median_verification == 2.0
