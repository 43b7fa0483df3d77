"""Where one run of a drill stands: a value that fits into a conversation slot as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from enum import Enum
from typing import Any

from bot.drills.scenario import Move
from bot.identifiers import Dialect, DrillOutcome, Gesture
from bot.turn import Choice, DrillView, Line

_GAUGE_TOP = 10


class Status(str, Enum):
    """Whether a run goes on, came to an outcome, or was left early."""

    RUNNING = "running"
    FINISHED = "finished"
    QUIT = "quit"


@dataclass(frozen=True)
class DrillState:
    """One run. ``turns`` counts what the resident said; ``unclear`` those in a row not understood.

    ``first_guarded`` is the turn of the first protective move, ``first_verified`` that of the first
    verification, ``first_checked`` that of the first verification, report or hanging up; all from 1, ``None`` when
    there was none. ``pressure`` and ``disclosure`` lie between 0
    and 10.
    """

    run_id: str
    scenario_id: str
    version: str
    step: str
    dialect: Dialect = Dialect.CMN
    status: Status = Status.RUNNING
    outcome: DrillOutcome | None = None
    turns: int = 0
    unclear: int = 0
    stayed: int = 0
    pressure: int = 0
    disclosure: int = 0
    first_guarded: int | None = None
    first_verified: int | None = None
    first_checked: int | None = None
    shown: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()
    moves: tuple[tuple[str, Move], ...] = ()
    asking_reality: bool = False
    score: int | None = None

    @property
    def running(self) -> bool:
        """Whether another turn counts."""
        return self.status is Status.RUNNING

    def at(self, step: str) -> DrillState:
        """The same run at another step."""
        return replace(self, step=step)

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        raw = asdict(self)
        raw["moves"] = [[step, Move(move).value] for step, move in self.moves]
        return {
            name: value.value if isinstance(value, Enum) else list(value) if isinstance(value, tuple) else value
            for name, value in raw.items()
        }

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> DrillState:
        """What ``to_dict`` wrote; ignores unknown keys, raises ``KeyError``/``ValueError`` on damage."""
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in raw.items() if name in known}
        values["dialect"] = Dialect(values.get("dialect", Dialect.CMN.value))
        values["status"] = Status(values.get("status", Status.RUNNING.value))
        outcome = values.get("outcome")
        values["outcome"] = None if outcome is None else DrillOutcome(outcome)
        values["shown"] = tuple(values.get("shown", ()))
        values["noticed"] = tuple(values.get("noticed", ()))
        values["moves"] = tuple((step, Move(move)) for step, move in values.get("moves", ()))
        for name in ("run_id", "scenario_id", "version", "step"):
            values[name] = str(values[name])
        return cls(**values)


def gauge(value: int) -> int:
    """A gauge kept between 0 and 10."""
    return max(0, min(_GAUGE_TOP, value))


@dataclass(frozen=True)
class DrillStep:
    """What one turn of a drill says and shows.

    ``emergency`` asks the caller to leave the drill and help at once. ``move`` is what the engine took the
    resident's words for, ``None`` when it was unclear or outside the play.
    """

    lines: tuple[Line, ...]
    choices: tuple[Choice, ...]
    gesture: Gesture
    view: DrillView
    move: Move | None = None
    emergency: bool = False

    @property
    def text(self) -> str:
        """All lines for the screen, one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def speech(self) -> str:
        """All lines to be spoken."""
        return "".join(line.speech for line in self.lines)
