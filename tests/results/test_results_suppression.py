"""No number below the threshold can be had by adding and subtracting what is shown."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from server.results.suppression import Counts, Hidden, hide, with_sums

THRESHOLD = 3
TABLES = st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=1, max_size=2)


def possible(counts: Counts, marks: list[list[Hidden]]) -> Counts:
    """Tables that look the same to a reader: all of them with numbers up to eight."""
    ranges = [
        {Hidden.NO: [int(counts[place])], Hidden.SMALL: range(THRESHOLD), Hidden.TELLING: range(9)}[
            marks[place[0]][place[1]]
        ]
        for place in np.ndindex(counts.shape[0] - 1, counts.shape[1] - 1)
    ]
    inner = np.array(list(product(*ranges))).reshape(-1, counts.shape[0] - 1, counts.shape[1] - 1)
    wide = np.concatenate([inner, inner.sum(axis=2, keepdims=True)], axis=2)
    whole: Counts = np.concatenate([wide, wide.sum(axis=1, keepdims=True)], axis=1)
    same = np.ones(len(whole), dtype=bool)
    for row, column in np.ndindex(counts.shape):
        values = whole[:, row, column]
        if marks[row][column] is Hidden.NO:
            same &= values == counts[row, column]
        elif marks[row][column] is Hidden.SMALL:
            same &= values < THRESHOLD
    return whole[same]


@given(TABLES.filter(lambda rows: sum(map(sum, rows)) > 0))
@settings(max_examples=40)
def test_hidden_numbers_stay_in_doubt(rows: list[list[int]]) -> None:
    counts = with_sums(rows)
    marks = hide(counts, THRESHOLD)
    tables = possible(counts, marks)
    for row, column in np.ndindex(counts.shape):
        if marks[row][column] is Hidden.SMALL:
            assert len(np.unique(tables[:, row, column])) > 1, (counts, marks)
        elif marks[row][column] is Hidden.NO:
            assert counts[row, column] == 0 or counts[row, column] >= THRESHOLD


def test_one_small_number_takes_others_with_it() -> None:
    counts = with_sums([[20, 2], [30, 40]])
    marks = hide(counts, 5)
    assert marks[0][1] is Hidden.SMALL
    # Row and column would each tell it: 22 - 20 and 42 - 40.
    assert any(mark is Hidden.TELLING for mark in (marks[0][0], marks[0][2]))
    assert any(mark is Hidden.TELLING for mark in (marks[1][1], marks[2][1]))


def test_large_numbers_are_all_shown_and_a_threshold_of_one_hides_nothing() -> None:
    large = hide(with_sums([[20, 12, 0], [30, 40, 9]]), 5)
    none = hide(with_sums([[1, 2], [3, 0]]), 1)
    assert {mark for row in [*large, *none] for mark in row} == {Hidden.NO}


def test_a_small_group_is_hidden_whole() -> None:
    marks = hide(with_sums([[3, 0], [30, 40], [25, 50]]), 5)
    assert marks[0] == [Hidden.SMALL] * 3
