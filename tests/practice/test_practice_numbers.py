"""Card numbers find what is mistyped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.numbers import (
    LENGTH,
    NotACardNumber,
    WrongCheckDigit,
    check_digit,
    new_number,
    read_number,
    shown,
)

NUMBERS = st.integers(0, 10**8 - 1).map(lambda n: f"{n:08d}").map(lambda digits: f"{digits}{check_digit(digits)}")


@given(NUMBERS, st.integers(0, LENGTH - 1), st.integers(1, 9))
def test_one_wrong_digit_is_found(number: str, place: int, more: int) -> None:
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises(WrongCheckDigit):
        read_number(wrong)


@given(NUMBERS.filter(lambda number: len(set(number)) > 1), st.data())
def test_two_swapped_neighbours_are_found(number: str, data: st.DataObject) -> None:
    places = [place for place in range(LENGTH - 1) if number[place] != number[place + 1]]
    place = data.draw(st.sampled_from(places))
    with pytest.raises(WrongCheckDigit):
        read_number(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


def test_a_number_is_read_as_it_is_shown_and_typed() -> None:
    number = new_number()
    assert check_digit("572") == 4
    for text in (number, shown(number), "-".join(shown(number).split()), f" {number}\n"):
        assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "1" * 10_000, "12345678", "/intent{}", "<b>", "😀" * 9, "\x00" * 9, "一二三"]
)
def test_what_is_no_number_is_told(text: str) -> None:
    with pytest.raises(NotACardNumber):
        read_number(text)
