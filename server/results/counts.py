"""Runs counted by group: how they ended, and how early people verified."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from statistics import median

from bot.identifiers import DrillOutcome
from server.results.runs import Run

# Whoever has not come to an outcome yet has not come to the end either.
ENDS = (
    DrillOutcome.REPORTED,
    DrillOutcome.TRUSTED,
    DrillOutcome.SCAMMED,
    DrillOutcome.MISREPORTED,
    DrillOutcome.QUIT,
)
_UNKNOWN = "?"
_VERSION_LENGTH = 12


class By(str, Enum):
    """What runs are grouped by."""

    SCENARIO = "scenario"
    VERSION = "version"
    DIFFICULTY = "difficulty"
    MONTH = "month"
    TYPE = "type"


def _type(run: Run) -> str:
    if run.scam_type is None:
        return _UNKNOWN
    return run.scam_type if run.kind == "scam" else f"{run.scam_type} ({run.kind})"


_KEYS: Mapping[By, Callable[[Run], str]] = {
    By.SCENARIO: lambda run: run.scenario_id,
    By.VERSION: lambda run: f"{run.scenario_id} {(run.version or _UNKNOWN)[:_VERSION_LENGTH]}",
    By.DIFFICULTY: lambda run: _UNKNOWN if run.difficulty is None else str(run.difficulty),
    By.MONTH: lambda run: run.month,
    By.TYPE: _type,
}


@dataclass(frozen=True)
class Group:
    """One group: runs by ``ENDS``, in their order, and the turns of first verifications."""

    name: str
    ends: tuple[int, ...]
    verified: tuple[int, ...]

    @property
    def starts(self) -> int:
        """How many runs began."""
        return sum(self.ends)

    @property
    def median_verification(self) -> float | None:
        """The turn in which half of those who verified had done so; ``None`` when nobody did."""
        return float(median(self.verified)) if self.verified else None


def count(runs: Iterable[Run], by: By) -> list[Group]:
    """The groups by name."""
    grouped: dict[str, list[Run]] = {}
    for run in runs:
        grouped.setdefault(_KEYS[by](run), []).append(run)
    return [total(members, name) for name, members in sorted(grouped.items())]


def total(runs: Iterable[Run], name: str) -> Group:
    """All runs as one group."""
    ends = dict.fromkeys(ENDS, 0)
    verified = []
    for run in runs:
        ends[run.outcome or DrillOutcome.QUIT] += 1
        if run.first_verification is not None:
            verified.append(run.first_verification)
    return Group(name, tuple(ends.values()), tuple(verified))


def within(runs: Iterable[Run], since: str | None, until: str | None) -> list[Run]:
    """The runs of whole months, both included."""
    return [run for run in runs if (since is None or run.month >= since) and (until is None or run.month <= until)]
