"""Results as a table that may be shown to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.identifiers import DrillOutcome
from server.results.counts import ENDS, By, Group, count, total
from server.results.runs import Run
from server.results.suppression import Hidden, hide, with_sums

ALL = "all"
COLUMNS = ("starts", "completions", *(end.value for end in ENDS))


@dataclass(frozen=True)
class Cell:
    """A number, or why there is none: ``value`` is ``None`` when it is hidden."""

    value: int | None
    hidden: Hidden = Hidden.NO

    def text(self, threshold: int) -> str:
        """As shown: the number, ``<5``, or ``*`` for one that would tell another."""
        return {Hidden.NO: str(self.value), Hidden.SMALL: f"<{threshold}", Hidden.TELLING: "*"}[self.hidden]


@dataclass(frozen=True)
class Row:
    """One group: cells by ``COLUMNS``, and the median turn of the first verification if enough people verified."""

    name: str
    cells: tuple[Cell, ...]
    median_verification: float | None

    def cell(self, column: str) -> Cell:
        """The cell of a column."""
        return self.cells[COLUMNS.index(column)]


@dataclass(frozen=True)
class Table:
    """Groups, and all of them together as the last row. Without a row there were no runs."""

    by: By
    threshold: int
    rows: tuple[Row, ...]


def table(runs: Iterable[Run], by: By, threshold: int) -> Table:
    """Count and hide."""
    runs = list(runs)
    if not runs:
        return Table(by, threshold, ())
    groups = count(runs, by)
    counts = with_sums([group.ends for group in groups])
    hidden = hide(counts, threshold)
    every = [*groups, total(runs, ALL)]
    rows = [_row(group, marks, threshold) for group, marks in zip(every, hidden, strict=True)]
    return Table(by, threshold, tuple(rows))


def _row(group: Group, marks: Sequence[Hidden], threshold: int) -> Row:
    ends = [_cell(value, mark) for value, mark in zip(group.ends, marks, strict=False)]
    starts = _cell(group.starts, marks[-1])
    # Completions are starts less those who stopped: shown only where that tells nothing new.
    stopped = ENDS.index(DrillOutcome.QUIT)
    completed = group.starts - group.ends[stopped]
    marked = max(marks[-1], marks[stopped], key=lambda mark: mark is not Hidden.NO)
    if marked is not Hidden.NO:
        marked = Hidden.SMALL if 0 < completed < threshold else Hidden.TELLING
    completions = _cell(completed, marked)
    enough = len(group.verified) >= threshold
    return Row(group.name, (starts, completions, *ends), group.median_verification if enough else None)


def _cell(value: int, hidden: Hidden) -> Cell:
    return Cell(value if hidden is Hidden.NO else None, hidden)
