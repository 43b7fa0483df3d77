"""Records in a fresh file, and turns to write into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.identifiers import Dialect, DrillOutcome, ScamType, Stage, Verdict
from bot.redact import redact
from bot.turn import (
    Answer,
    Assessment,
    DebriefItem,
    DialectGuess,
    DrillView,
    IntentGuess,
    RedFlag,
    Reply,
    Turn,
)
from server.records import Records

AT = datetime(2024, 3, 1, 8, 0, tzinfo=timezone.utc)
Exchange = tuple[Turn, Answer]


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "records.db"


@pytest.fixture
def records(path: Path) -> Iterator[Records]:
    records = Records(path, redact=redact, busy_timeout_ms=50)
    yield records
    records.close()


@pytest.fixture
def exchange() -> Callable[..., Exchange]:
    """Makes one turn and its answer."""

    def make(
        turn_id: str = "t1",
        session_id: str = "session-1",
        text: str = "他打来的",
        drill: DrillView | None = None,
    ) -> Exchange:
        assessment = Assessment(
            Verdict.SCAM,
            ScamType.POLICE,
            Stage.UNPAID,
            (RedFlag("transfer", "label", text, 0, len(text)),),
            ("96110",),
            (),
            0.9,
        )
        answer = Answer(
            session_id,
            turn_id,
            Reply("reply to " + text, ""),
            DialectGuess(Dialect.WUU, 0.8),
            IntentGuess("report_call", 0.7),
            assessment,
            drill,
        )
        return Turn(session_id, text, "kiosk-1"), answer

    return make


@pytest.fixture
def drill() -> Callable[..., DrillView]:
    """Makes a drill's state, running or finished."""

    def make(status: str = "running") -> DrillView:
        if status == "running":
            return DrillView("run-1", "police-call", "title", "step-1", "running")
        debrief = (DebriefItem("clue", True, "advice"), DebriefItem("clue", False, "advice"))
        return DrillView("run-1", "police-call", "title", "end", status, DrillOutcome.REPORTED, 80, debrief)

    return make
