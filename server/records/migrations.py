"""The shape of the records, version by version. Published versions are never edited."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlite_utils import Database

# One entry a version, first is version 1. Times are ISO 8601 in UTC, durations milliseconds, lists JSON.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE sessions (
            id TEXT PRIMARY KEY,
            kiosk_id TEXT,
            started_at TEXT NOT NULL,
            ended_at TEXT,
            end_reason TEXT
        )""",
        """CREATE TABLE turns (
            id TEXT PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            at TEXT NOT NULL,
            text TEXT NOT NULL,
            reply TEXT NOT NULL,
            dialect TEXT NOT NULL,
            dialect_confidence REAL NOT NULL,
            intent TEXT NOT NULL,
            intent_confidence REAL NOT NULL,
            latency_ms REAL NOT NULL
        )""",
        """CREATE TABLE assessments (
            turn_id TEXT PRIMARY KEY REFERENCES turns(id) ON DELETE CASCADE,
            verdict TEXT NOT NULL,
            scam_type TEXT,
            stage TEXT NOT NULL,
            confidence REAL NOT NULL,
            red_flags TEXT NOT NULL,
            hotlines TEXT NOT NULL
        )""",
        """CREATE TABLE drill_runs (
            id TEXT PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            scenario_id TEXT NOT NULL,
            step TEXT NOT NULL,
            status TEXT NOT NULL,
            outcome TEXT,
            score INTEGER,
            clues INTEGER NOT NULL,
            clues_noticed INTEGER NOT NULL,
            started_at TEXT NOT NULL,
            ended_at TEXT
        )""",
        """CREATE TABLE plays (
            turn_id TEXT NOT NULL REFERENCES turns(id) ON DELETE CASCADE,
            at TEXT NOT NULL,
            ms REAL NOT NULL
        )""",
        "CREATE INDEX turns_session ON turns(session_id)",
        "CREATE INDEX drill_runs_session ON drill_runs(session_id)",
        "CREATE INDEX plays_turn ON plays(turn_id)",
        "CREATE INDEX sessions_started ON sessions(started_at)",
    ),
    (
        # Words of red flags were redacted out of their context and kept names and numbers: they go.
        """UPDATE assessments SET red_flags =
            (SELECT json_group_array(json_object('id', json_extract(value, '$.id'))) FROM json_each(red_flags))""",
        "UPDATE drill_runs SET outcome = 'quit' WHERE status = 'quit' AND outcome IS NULL",
    ),
    (
        # Runs before this version keep nulls: what was not written down is not made up.
        "ALTER TABLE drill_runs ADD COLUMN version TEXT",
        "ALTER TABLE drill_runs ADD COLUMN kind TEXT",
        "ALTER TABLE drill_runs ADD COLUMN scam_type TEXT",
        "ALTER TABLE drill_runs ADD COLUMN difficulty INTEGER",
        "ALTER TABLE drill_runs ADD COLUMN channel TEXT",
        "ALTER TABLE drill_runs ADD COLUMN turns INTEGER",
        "ALTER TABLE drill_runs ADD COLUMN first_verification INTEGER",
        "ALTER TABLE drill_runs ADD COLUMN disclosures INTEGER",
        "CREATE INDEX drill_runs_started ON drill_runs(started_at)",
    ),
    (
        # Days in UTC. Runs on a card are apart from sessions: nothing leads from a card to what was said.
        """CREATE TABLE practice_cards (
            hash TEXT PRIMARY KEY,
            used_on TEXT NOT NULL
        )""",
        """CREATE TABLE practice_runs (
            id INTEGER PRIMARY KEY,
            card TEXT NOT NULL REFERENCES practice_cards(hash) ON DELETE CASCADE,
            scenario_id TEXT NOT NULL,
            day TEXT NOT NULL,
            outcome TEXT NOT NULL,
            difficulty INTEGER NOT NULL
        )""",
        "CREATE INDEX practice_runs_card ON practice_runs(card)",
    ),
)

LATEST = len(MIGRATIONS)


class RecordsTooNew(RuntimeError):
    """The file was written by a newer version of the program; writing into it could damage it."""


def version(db: Database) -> int:
    """The version of the file's tables; 0 when there are none."""
    if "schema_version" not in db.table_names():
        return 0
    return int(db.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()[0])


def migrate(db: Database) -> int:
    """Bring the tables to the latest version, each step whole or not at all. Returns the version.

    Raises:
        RecordsTooNew: the file is of a version this program does not know.
    """
    current = version(db)
    if current > LATEST:
        raise RecordsTooNew(f"records are of version {current}, this program knows up to {LATEST}; update it")
    for number, statements in enumerate(MIGRATIONS[current:], current + 1):
        with db.atomic():
            db.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at TEXT)")
            for statement in statements:
                db.execute(statement)
            db.execute("INSERT INTO schema_version VALUES (?, ?)", (number, datetime.now(timezone.utc).isoformat()))
    return version(db)
