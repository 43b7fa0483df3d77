"""What is written, that it is redacted, and that it is deleted in time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.turn import Answer, DrillView, IntentGuess, RedFlag, Turn
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


@pytest.mark.parametrize(
    ("text", "secret"), [("转给我女儿周婷三千", "周婷"), ("把身份证号330402发给他", "330402"), ("打给张桂芳", "张桂芳")]
)
def test_red_flags_are_kept_without_their_words(
    records: Records, path: Path, at: datetime, exchange: Exchange, text: str, secret: str
) -> None:
    turn, answer = exchange(text=text)
    start = text.index(secret)
    flag = RedFlag("transfer", "label", secret, start, start + len(secret))
    assert answer.assessment is not None
    judged = replace(answer, assessment=replace(answer.assessment, red_flags=(flag,)))
    records.turn(turn, judged, at, 1.0)
    ((flags,),) = rows(path, "SELECT red_flags FROM assessments")
    assert json.loads(flags) == [{"id": "transfer", "start": start, "end": start + len(secret)}]


def test_words_of_flags_leave_older_records(records: Records, path: Path, at: datetime) -> None:
    path.parent.mkdir(parents=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TEXT)")
    connection.execute("INSERT INTO schema_version VALUES (1, '')")
    for statement in MIGRATIONS[0]:
        connection.execute(statement)
    connection.execute("INSERT INTO sessions (id, started_at) VALUES ('s', '2024')")
    connection.execute("INSERT INTO turns VALUES ('t', 's', '2024', '', '', 'cmn', 1, 'x', 1, 1)")
    flags = json.dumps([{"id": "transfer", "text": "转给我女儿周婷三千"}, {"id": "rush", "text": "快"}])
    connection.execute("INSERT INTO assessments VALUES ('t', 'scam', NULL, 'unpaid', 1, ?, '[]')", (flags,))
    connection.execute("INSERT INTO drill_runs VALUES ('r', 's', 'x', 'y', 'quit', NULL, NULL, 0, 0, '2024', '2024')")
    connection.commit()
    connection.close()
    records.migrate()
    ((flags,),) = rows(path, "SELECT red_flags FROM assessments")
    assert json.loads(flags) == [{"id": "transfer"}, {"id": "rush"}]
    assert rows(path, "SELECT outcome FROM drill_runs") == [("quit",)]


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
    assert rows(path, "SELECT status, outcome FROM drill_runs WHERE ended_at IS NOT NULL") == [("quit", "quit")]


@pytest.mark.parametrize("intent", ["emergency", "health_emergency", "despair"])
def test_a_drill_ends_with_a_real_emergency(
    intent: str,
    records: Records,
    path: Path,
    at: datetime,
    exchange: Exchange,
    drill: Callable[..., DrillView],
) -> None:
    records.turn(*exchange("t1", drill=drill()), at, 1.0)
    turn, answer = exchange("t2", text="不是演练，钱转掉了")
    records.turn(turn, answer, at, 1.0)
    assert rows(path, "SELECT status FROM drill_runs") == [("running",)], "a turn without a view may be any other"
    emergency = replace(answer, turn_id="t3", intent=IntentGuess(intent, 1.0))
    records.turn(turn, emergency, at + timedelta(minutes=1), 1.0)
    assert rows(path, "SELECT status, outcome, ended_at FROM drill_runs") == [
        ("quit", "quit", "2024-03-01T08:01:00.000+00:00")
    ]


def test_a_new_drill_ends_the_one_before(
    records: Records,
    path: Path,
    at: datetime,
    exchange: Exchange,
    drill: Callable[..., DrillView],
) -> None:
    records.turn(*exchange("t1", drill=drill()), at, 1.0)
    records.turn(*exchange("t2", "session-2", drill=replace(drill(), run_id="run-2")), at, 1.0)
    records.turn(*exchange("t3", drill=replace(drill(), run_id="run-3")), at, 1.0)
    assert rows(path, "SELECT id, status, outcome FROM drill_runs ORDER BY id") == [
        ("run-1", "quit", "quit"),
        ("run-2", "running", None),
        ("run-3", "running", None),
    ]


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
