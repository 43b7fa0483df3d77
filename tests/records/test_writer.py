"""Writing beside the conversation: in order, through trouble, to the last one."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from bot.redact import redact
from bot.turn import Answer, Turn
from server.records import Records, RecordsWriter

Exchange = Callable[..., tuple[Turn, Answer]]


def count(path: Path, table: str = "turns") -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()


def test_stop_writes_everything(records: Records, path: Path, at: datetime, exchange: Exchange) -> None:
    writer = RecordsWriter(records)
    writer.start()
    for n in range(300):
        writer.turn(*exchange(f"t{n}"), at, 1.0)
    writer.stop()
    assert count(path) == 300


def test_ready_while_it_runs(records: Records) -> None:
    writer = RecordsWriter(records)
    assert not writer.ready()
    writer.start()
    assert writer.flush()
    assert writer.ready()
    writer.stop()
    assert not writer.ready()


def test_waits_for_a_locked_file(records: Records, path: Path, at: datetime, exchange: Exchange) -> None:
    records.migrate()
    failures: list[None] = []
    writer = RecordsWriter(
        records,
        retry_seconds=(0.05,) * 200,
        start_seconds=0.1,
        failed=lambda: failures.append(None),
    )
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writer.start()
    writer.turn(*exchange(), at, 1.0)
    assert not writer.flush(0.2), "nothing can be written yet"
    other.execute("COMMIT")
    other.close()
    assert writer.flush()
    writer.stop()
    assert count(path) == 1
    assert not failures


def test_trouble_is_counted_and_logged_once_without_words(
    tmp_path: Path, at: datetime, exchange: Exchange, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    failures: list[None] = []
    writer = RecordsWriter(
        Records(blocked / "records.db", redact=redact), retry_seconds=(), failed=lambda: failures.append(None)
    )
    with caplog.at_level(logging.DEBUG):
        writer.start()
        for n in range(5):
            writer.turn(*exchange(f"t{n}", text="悄悄话"), at, 1.0)
        assert writer.flush()
        assert not writer.ready()
        writer.stop()
    assert len(failures) == 6, "five turns and the tables"
    assert len(caplog.records) == 1
    assert "悄悄话" not in caplog.text


def test_recovers(tmp_path: Path, at: datetime, exchange: Exchange) -> None:
    blocked = tmp_path / "place"
    blocked.write_text("")
    path = blocked / "records.db"
    writer = RecordsWriter(Records(path, redact=redact), retry_seconds=())
    writer.start()
    assert writer.flush()
    blocked.unlink()
    writer.turn(*exchange(), at, 1.0)
    assert writer.flush()
    assert writer.ready()
    writer.stop()
    assert count(path) == 1


def test_full_queue_never_blocks(records: Records, at: datetime, exchange: Exchange) -> None:
    failures: list[None] = []
    writer = RecordsWriter(records, queue_size=3, failed=lambda: failures.append(None))
    for n in range(5):
        writer.turn(*exchange(f"t{n}"), at, 1.0)
    assert len(failures) == 2
    assert writer.waiting() == 3


def test_stop_gives_up_in_time(records: Records, caplog: pytest.LogCaptureFixture) -> None:
    writer = RecordsWriter(records, drain_seconds=0.1)
    release = Event()
    writer.start()
    assert writer.flush()
    writer._put(release.wait)
    writer.stop()
    assert "can't be written" in caplog.text
    release.set()
