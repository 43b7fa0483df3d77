"""Card numbers: eight random digits and a check digit after Damm, said and written in threes."""

from __future__ import annotations

import re
import secrets
import unicodedata

LENGTH = 9
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015·.]")
# A totally anti-symmetric quasigroup: it finds every wrong digit and every swap of neighbours.
_DAMM = (
    *("0317598642", "7092154863", "4206871359", "1750983426", "6123045978"),
    *("3674209581", "5869720134", "8945362017", "9438617205", "2581436790"),
)


class NotACardNumber(ValueError):
    """It has not nine digits."""


class WrongCheckDigit(ValueError):
    """Nine digits that were never given out: one is wrong, or two are swapped."""


def new_number() -> str:
    """A number nobody can guess."""
    digits = f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"
    return digits + str(check_digit(digits))


def check_digit(digits: str) -> int:
    """The digit that belongs behind ``digits``."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return state


def read_number(text: str) -> str:
    """The nine digits of a number as it was typed: in groups, with dashes, in full width.

    Raises:
        NotACardNumber, WrongCheckDigit: what is wrong with it.
    """
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:64]))
    if not re.fullmatch(rf"[0-9]{{{LENGTH}}}", digits):
        raise NotACardNumber
    if check_digit(digits) != 0:
        raise WrongCheckDigit
    return digits


def shown(number: str) -> str:
    """In groups of three, as it is read aloud."""
    return " ".join(number[start : start + 3] for start in range(0, LENGTH, 3))
