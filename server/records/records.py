"""The records of conversations in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from threading import RLock

from sqlite_utils import Database

from bot.drills.state import Status
from bot.identifiers import DrillOutcome
from bot.routing import DESPAIR, EMERGENCY, HEALTH
from bot.turn import Answer, Assessment, DrillView, Turn, to_json
from server.records.migrations import LATEST, migrate, version


class Records:
    """Writes and deletes records. Safe to use from several threads; every call may block on the disk.

    ``redact`` is applied to every text before it is written. The first call that needs the file opens it.
    """

    def __init__(self, path: Path, *, redact: Callable[[str], str], busy_timeout_ms: int = 5000) -> None:
        self._path = path
        self._redact = redact
        # Replies are content and come again and again; what residents say does not and is never kept here.
        self._redact_reply = lru_cache(maxsize=1024)(redact)
        self._busy_timeout_ms = busy_timeout_ms
        self._db: Database | None = None
        self._lock = RLock()

    def migrate(self) -> int:
        """Create or update the tables. Returns their version.

        Raises:
            sqlite3.Error, OSError: the file can't be opened or written.
            RecordsTooNew: the file was written by a newer program.
        """
        with self._lock:
            return version(self._open())

    def close(self) -> None:
        """Close the file. The next call opens it again."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def ready(self) -> bool:
        """Whether the file can be read and is of the version this program writes. Waits for nobody."""
        try:
            connection = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)
            try:
                return version(Database(connection)) == LATEST
            finally:
                connection.close()
        except sqlite3.Error:
            return False

    def session_started(self, session_id: str, kiosk_id: str | None, at: datetime) -> None:
        """A visit began. Known sessions stay as they are."""
        with self._lock, self._open().atomic() as db:
            _ensure_session(db, session_id, kiosk_id, at)

    def session_ended(self, session_id: str, at: datetime, reason: str) -> None:
        """A visit ended: ``left``, ``idle``, ``deleted`` or ``shutdown``. Its first end counts."""
        with self._lock, self._open().atomic() as db:
            db.execute(
                "UPDATE sessions SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at IS NULL",
                (_time(at), reason, session_id),
            )
            _quit_drills(db, session_id, at)

    def turn(self, turn: Turn, answer: Answer, at: datetime, latency_ms: float) -> None:
        """One turn with its judgement and the drill it belongs to, whole or not at all."""
        with self._lock, self._open().atomic() as db:
            _ensure_session(db, turn.session_id, turn.kiosk_id, at)
            db.table("turns").insert(
                {
                    "id": answer.turn_id,
                    "session_id": turn.session_id,
                    "at": _time(at),
                    "text": self._redact(turn.text),
                    "reply": self._redact_reply(answer.reply.text),
                    "dialect": answer.dialect.id.value,
                    "dialect_confidence": answer.dialect.confidence,
                    "intent": answer.intent.name,
                    "intent_confidence": answer.intent.confidence,
                    "latency_ms": latency_ms,
                },
                replace=True,
            )
            if answer.assessment is not None:
                db.table("assessments").insert(_assessment(answer.turn_id, answer.assessment), replace=True)
            if answer.drill is not None:
                _quit_drills(db, turn.session_id, at, but=answer.drill.run_id)
                _write_drill(db, turn.session_id, answer.drill, at)
            elif answer.intent.name in (EMERGENCY, HEALTH, DESPAIR):
                # Such a turn helps at once; it need not mention the drill that it breaks off.
                _quit_drills(db, turn.session_id, at)

    def played(self, turn_id: str, at: datetime, ms: float) -> None:
        """A screen played ``ms`` milliseconds of a turn's speech. Unknown turns are passed over."""
        with self._lock, self._open().atomic() as db:
            db.execute(
                "INSERT INTO plays SELECT id, ?, ? FROM turns WHERE id = ?",
                (_time(at), ms, turn_id),
            )

    def purge(self, before: datetime) -> int:
        """Delete every session that began before a time, with all that belongs to it. Returns how many."""
        with self._lock, self._open().atomic() as db:
            return int(db.execute("DELETE FROM sessions WHERE started_at < ?", (_time(before),)).rowcount)

    def _open(self) -> Database:
        if self._db is not None:
            return self._db
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=self._busy_timeout_ms / 1000, check_same_thread=False)
        try:
            db = Database(connection)
            db.enable_wal()
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")  # what is deleted leaves the file too
            migrate(db)
        except BaseException:
            connection.close()
            raise
        self._db = db
        return db


def _time(at: datetime) -> str:
    """ISO 8601 in UTC, so that times sort as text."""
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds")


def _ensure_session(db: Database, session_id: str, kiosk_id: str | None, at: datetime) -> None:
    db.execute(
        "INSERT OR IGNORE INTO sessions (id, kiosk_id, started_at) VALUES (?, ?, ?)",
        (session_id, kiosk_id, _time(at)),
    )


def _assessment(turn_id: str, assessment: Assessment) -> dict[str, object]:
    """Flags without their words: cut out of a sentence, words can't be redacted any more."""
    flags = [{"id": flag.id, "start": flag.start, "end": flag.end} for flag in assessment.red_flags]
    return {
        "turn_id": turn_id,
        "verdict": assessment.verdict.value,
        "scam_type": to_json(assessment.scam_type),
        "stage": assessment.stage.value,
        "confidence": assessment.confidence,
        "red_flags": json.dumps(flags),
        "hotlines": json.dumps(assessment.hotlines),
    }


def _quit_drills(db: Database, session_id: str, at: datetime, *, but: str = "") -> None:
    """A session's unfinished drills, except the run ``but``, have been given up."""
    db.execute(
        "UPDATE drill_runs SET ended_at = ?, status = ?, outcome = ? "
        "WHERE session_id = ? AND id <> ? AND ended_at IS NULL",
        (_time(at), Status.QUIT.value, DrillOutcome.QUIT.value, session_id, but),
    )


def _write_drill(db: Database, session_id: str, drill: DrillView, at: datetime) -> None:
    ended_at = None if drill.status == "running" else _time(at)
    noticed = sum(item.noticed for item in drill.debrief)
    db.execute(
        """INSERT INTO drill_runs (id, session_id, scenario_id, step, status, outcome, score, clues,
                                   clues_noticed, started_at, ended_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET step = excluded.step, status = excluded.status,
               outcome = excluded.outcome, score = excluded.score, clues = excluded.clues,
               clues_noticed = excluded.clues_noticed, ended_at = excluded.ended_at""",
        (
            *(drill.run_id, session_id, drill.scenario_id, drill.step, drill.status),
            *(to_json(drill.outcome), drill.score, len(drill.debrief), noticed, _time(at), ended_at),
        ),
    )
