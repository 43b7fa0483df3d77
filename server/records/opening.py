"""The file of the records, opened for writing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from server.records.migrations import migrate


def open_records(path: Path, *, busy_timeout_ms: int) -> Database:
    """The database with the tables of this program, made or brought up to date where needed. Close it after use.

    Raises:
        sqlite3.Error, OSError: the file can't be opened or written.
        RecordsTooNew: the file was written by a newer program.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=busy_timeout_ms / 1000, check_same_thread=False)
    try:
        db = Database(connection)
        db.enable_wal()
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = ON")  # what is deleted leaves the file too
        migrate(db)
    except BaseException:
        connection.close()
        raise
    return db
