"""What is written, that it is redacted, and that it is deleted in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.turn import Answer, DrillView, Turn
from server.records import Records
from server.records.migrations import LATEST, MIGRATIONS, RecordsTooNew

Exchange = Callable[..., tuple[Turn, Answer]]


def rows(path: Path, query: str) -> list[Any]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_new_file_gets_the_latest_tables(records: Records, path: Path) -> None:
    assert records.migrate() == LATEST
    assert records.migrate() == LATEST
    assert rows(path, "SELECT version FROM schema_version") == [(n,) for n in range(1, LATEST + 1)]
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]
    assert len(MIGRATIONS) == LATEST


def test_newer_file_is_left_alone(records: Records, path: Path) -> None:
    records.migrate()
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO schema_version VALUES (?, '')", (LATEST + 1,))
    connection.commit()
    connection.close()
    records.close()
    with pytest.raises(RecordsTooNew):
        records.migrate()
    assert not records.ready()


def test_a_turn_is_written_whole(records: Records, path: Path, at: datetime, exchange: Exchange) -> None:
    records.turn(*exchange(), at, 12.5)
    assert rows(path, "SELECT id, kiosk_id, started_at FROM sessions") == [
        ("session-1", "kiosk-1", "2024-03-01T08:00:00.000+00:00")
    ]
    assert rows(path, "SELECT text, reply, dialect, intent, latency_ms FROM turns") == [
        ("他打来的", "reply to 他打来的", "wuu", "report_call", 12.5)
    ]
    assert rows(path, "SELECT verdict, scam_type, stage, hotlines FROM assessments") == [
        ("scam", "police", "unpaid", '["96110"]')
    ]


def test_no_personal_data_reaches_the_file(records: Records, path: Path, at: datetime, exchange: Exchange) -> None:
    records.turn(*exchange(text="我叫张建国，打13800138000，验证码123456"), at, 1.0)
    records.close()
    content = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for secret in ("张建国", "13800138000", "123456"):
        assert secret.encode() not in content
    assert "〔电话〕".encode() in content


def test_first_end_of_a_session_counts(records: Records, path: Path, at: datetime) -> None:
    records.session_started("session-1", None, at)
    records.session_started("session-1", "other", at + timedelta(hours=1))
    records.session_ended("session-1", at + timedelta(minutes=1), "left")
    records.session_ended("session-1", at + timedelta(minutes=9), "idle")
    assert rows(path, "SELECT kiosk_id, ended_at, end_reason FROM sessions") == [
        (None, "2024-03-01T08:01:00.000+00:00", "left")
    ]


def test_a_drill_is_one_row(
    records: Records,
    path: Path,
    at: datetime,
    exchange: Exchange,
    drill: Callable[..., DrillView],
) -> None:
    records.turn(*exchange("t1", drill=drill()), at, 1.0)
    assert rows(path, "SELECT status, outcome, ended_at FROM drill_runs") == [("running", None, None)]
    records.turn(*exchange("t2", drill=drill("finished")), at + timedelta(minutes=2), 1.0)
    assert rows(path, "SELECT status, outcome, score, clues, clues_noticed, started_at < ended_at FROM drill_runs") == [
        ("finished", "reported", 80, 2, 1, 1)
    ]


def test_a_drill_ends_with_its_session(
    records: Records,
    path: Path,
    at: datetime,
    exchange: Exchange,
    drill: Callable[..., DrillView],
) -> None:
    records.turn(*exchange(drill=drill()), at, 1.0)
    records.session_ended("session-1", at, "left")
    assert rows(path, "SELECT status FROM drill_runs WHERE ended_at IS NOT NULL") == [("quit",)]


def test_plays_of_known_turns_only(records: Records, path: Path, at: datetime, exchange: Exchange) -> None:
    records.turn(*exchange("t1"), at, 1.0)
    records.played("t1", at, 900)
    records.played("nobody", at, 900)
    assert rows(path, "SELECT turn_id, ms FROM plays") == [("t1", 900.0)]


def test_purge_takes_everything_of_old_sessions(
    records: Records,
    path: Path,
    at: datetime,
    exchange: Exchange,
    drill: Callable[..., DrillView],
) -> None:
    records.turn(*exchange("old", "session-old", drill=drill()), at - timedelta(days=31), 1.0)
    records.played("old", at, 5)
    records.turn(*exchange("new", "session-new"), at, 1.0)
    assert records.purge(at - timedelta(days=30)) == 1
    assert rows(path, "SELECT id FROM sessions") == [("session-new",)]
    for table, left in (("turns", 1), ("assessments", 1), ("drill_runs", 0), ("plays", 0)):
        assert rows(path, f"SELECT count(*) FROM {table}") == [(left,)], table


def test_not_ready_without_file(records: Records, path: Path) -> None:
    assert not records.ready()
    records.migrate()
    assert records.ready()
    records.close()
    path.write_bytes(b"not a database at all" * 100)
    assert not records.ready()
