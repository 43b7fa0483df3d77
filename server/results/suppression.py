"""Numbers of few people kept out of sight, also from whoever subtracts.

A table has groups as rows, ways to end as columns, and sums at both edges. Numbers below the threshold are hidden;
then further ones, until for each of them several values remain possible whatever is added and subtracted.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Counts = NDArray[np.int64]
# How far apart the lowest and the highest value have to be that a hidden number may have.
_LEAST_DOUBT = 2.0
_TOLERANCE = 1e-6


class Hidden(Enum):
    """Why a number is not shown."""

    NO = 0
    SMALL = 1
    TELLING = 2


def with_sums(rows: Sequence[Sequence[int]]) -> Counts:
    """The counts with a last column and a last row of sums."""
    inner = np.array(rows, dtype=np.int64)
    wide = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([wide, wide.sum(axis=0, keepdims=True)])


def hide(counts: Counts, threshold: int) -> list[list[Hidden]]:
    """What to hide of a table with its sums: numbers from 1 to below ``threshold``, all of groups that small,
    and what would tell them. With a threshold below 2 nothing is hidden."""
    small = (counts > 0) & (counts < threshold)
    if threshold > 1:
        small |= (small[:, -1:]) | (small[-1:, -1:])
        telling = _telling(counts, small, threshold)
    else:
        small = np.zeros_like(small)
        telling = small
    return [
        [Hidden.SMALL if s else Hidden.TELLING if t else Hidden.NO for s, t in zip(*row, strict=True)]
        for row in zip(small, telling, strict=True)
    ]


def _telling(counts: Counts, small: NDArray[np.bool_], threshold: int) -> NDArray[np.bool_]:
    telling = np.zeros_like(small)
    doubtful = [(int(row), int(column)) for row, column in np.argwhere(small)]
    while doubtful:
        hidden = small | telling
        exposed = [cell for cell in doubtful if _doubt(cell, counts, small, hidden, threshold) < _LEAST_DOUBT]
        for cell in exposed:
            more = _next(cell, counts, small | telling)
            if more is None:
                exposed = []
                break
            telling[more] = True
        doubtful = exposed
    return telling


def _next(cell: tuple[int, int], counts: Counts, hidden: NDArray[np.bool_]) -> tuple[int, int] | None:
    """What else to hide: in the same row or column, inside rather than at the edge, small rather than large."""
    height, width = counts.shape
    row, column = cell
    beside = [(row, c) for c in range(width) if c != column] + [(r, column) for r in range(height) if r != row]
    open_cells = [place for place in beside if not hidden[place]]
    if not open_cells:
        open_cells = [(int(r), int(c)) for r, c in np.argwhere(~hidden)]
    edge = (height - 1, width - 1)
    return min(
        open_cells,
        key=lambda place: (
            sum(at == last for at, last in zip(place, edge, strict=True)),
            counts[place] == 0,
            int(counts[place]),
            place,
        ),
        default=None,
    )


def _doubt(
    cell: tuple[int, int], counts: Counts, small: NDArray[np.bool_], hidden: NDArray[np.bool_], threshold: int
) -> float:
    """How far apart the values lie that a hidden number may have, given everything that is shown."""
    # Only what hangs together with the cell matters: hidden numbers reached over rows and columns.
    places = _reached(cell, hidden)
    index = {place: number for number, place in enumerate(places)}
    height, width = counts.shape
    equations: list[list[float]] = []
    sums: list[float] = []
    for row in sorted({place[0] for place in places}):
        line = [(row, column) for column in range(width)]
        _add(line, index, counts, equations, sums)
    for column in sorted({place[1] for place in places}):
        line = [(row, column) for row in range(height)]
        _add(line, index, counts, equations, sums)
    bounds = [(0, threshold - 1 if small[place] else None) for place in places]
    aim = np.zeros(len(places))
    aim[index[cell]] = 1.0
    ends = []
    for sign in (1.0, -1.0):
        solved = linprog(sign * aim, A_eq=np.array(equations), b_eq=np.array(sums), bounds=bounds, method="highs")
        if solved.status == 3:  # without bound
            return float("inf")
        ends.append(sign * float(solved.fun))
    return ends[1] - ends[0] + _TOLERANCE


def _add(
    line: list[tuple[int, int]],
    index: dict[tuple[int, int], int],
    counts: Counts,
    equations: list[list[float]],
    sums: list[float],
) -> None:
    """The equation of one row or column: all but the last add up to the last."""
    equation = [0.0] * len(index)
    known = 0.0
    for place in line:
        sign = -1.0 if place == line[-1] else 1.0
        if place in index:
            equation[index[place]] = sign
        else:
            known += sign * float(counts[place])
    equations.append(equation)
    sums.append(-known)


def _reached(cell: tuple[int, int], hidden: NDArray[np.bool_]) -> list[tuple[int, int]]:
    found, waiting = {cell}, [cell]
    while waiting:
        row, column = waiting.pop()
        beside = [(row, int(c)) for c in np.flatnonzero(hidden[row])]
        beside += [(int(r), column) for r in np.flatnonzero(hidden[:, column])]
        for place in beside:
            if place not in found:
                found.add(place)
                waiting.append(place)
    return sorted(found)
