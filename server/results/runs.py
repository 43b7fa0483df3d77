"""Runs of drills as the records hold them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from bot.identifiers import DrillOutcome
from server.records.migrations import LATEST, RecordsTooNew, version

_COLUMNS = "scenario_id, version, kind, scam_type, difficulty, channel, outcome, first_verification, started_at"


class RecordsTooOld(RuntimeError):
    """The file lacks what results are counted from; starting the server once brings it up to date."""


@dataclass(frozen=True)
class Run:
    """One run. ``month`` is local, such as ``2026-09``. Runs of older records lack what was not written then.

    ``outcome`` is ``None`` while it runs; ``first_verification`` counts turns from 1.
    """

    scenario_id: str
    version: str | None
    kind: str | None
    scam_type: str | None
    difficulty: int | None
    channel: str | None
    outcome: DrillOutcome | None
    first_verification: int | None
    month: str


def read_runs(path: Path, zone: ZoneInfo) -> list[Run]:
    """Every run of a records file, oldest first; none when there is no file yet. Only reads.

    Raises:
        RecordsTooOld, RecordsTooNew: the file is of another version.
        sqlite3.Error: it can't be read.
    """
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)) as connection:
        found = version(Database(connection))
        if found == 0:
            return []
        if found < LATEST:
            raise RecordsTooOld(f"records are of version {found}, results need {LATEST}")
        if found > LATEST:
            raise RecordsTooNew(f"records are of version {found}, this program knows up to {LATEST}; update it")
        rows = connection.execute(f"SELECT {_COLUMNS} FROM drill_runs ORDER BY started_at, id").fetchall()
    return [_run(row, zone) for row in rows]


def _run(row: Sequence[Any], zone: ZoneInfo) -> Run:
    *facts, outcome, first, started_at = row
    month = datetime.fromisoformat(str(started_at)).astimezone(zone).strftime("%Y-%m")
    names = ("scenario_id", "version", "kind", "scam_type", "difficulty", "channel")
    ended = DrillOutcome(outcome) if outcome else None
    return Run(**dict(zip(names, facts, strict=True)), outcome=ended, first_verification=first, month=month)
