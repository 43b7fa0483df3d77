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
from bot.turn import Answer, Assessment, DrillView, Practised, Turn, to_json
from server.records.migrations import LATEST, version
from server.records.opening import open_records


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
            for run in answer.practised:
                _write_practised(db, run, at)

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
        self._db = open_records(self._path, busy_timeout_ms=self._busy_timeout_ms)
        return self._db


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
    """A run's row, brought up to date; when and in which session it began stays."""
    row: dict[str, object] = {
        "id": drill.run_id,
        "session_id": session_id,
        "scenario_id": drill.scenario_id,
        "step": drill.step,
        "status": drill.status,
        "outcome": to_json(drill.outcome),
        "score": drill.score,
        "clues": len(drill.debrief),
        "clues_noticed": sum(item.noticed for item in drill.debrief),
        "started_at": _time(at),
        "ended_at": None if drill.status == Status.RUNNING.value else _time(at),
        **(to_json(drill.facts) if drill.facts is not None else {}),
    }
    kept = ("id", "session_id", "started_at")
    changed = ", ".join(f"{name} = excluded.{name}" for name in row if name not in kept)
    db.execute(
        f"INSERT INTO drill_runs ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) "
        f"ON CONFLICT (id) DO UPDATE SET {changed}",
        tuple(row.values()),
    )


def _write_practised(db: Database, run: Practised, at: datetime) -> None:
    """A run on its card, unless the card has been forgotten meanwhile."""
    day = at.astimezone(timezone.utc).date().isoformat()
    db.execute(
        "INSERT INTO practice_runs (card, scenario_id, day, outcome, difficulty) "
        "SELECT hash, ?, ?, ?, ? FROM practice_cards WHERE hash = ?",
        (run.scenario_id, day, run.outcome.value, run.difficulty, run.card),
    )
    db.execute("UPDATE practice_cards SET used_on = max(used_on, ?) WHERE hash = ?", (day, run.card))
