"""How digits are read: as a telephone number, as a code, or as a quantity.

Everything here gives Hanzi; which Hanzi is content (``data/voice/numbers.yml``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cn2an
import yaml

from server.voice.errors import VoiceContentError

_BIG = "千万亿"


@dataclass(frozen=True)
class NumberWords:
    """The content of ``numbers.yml``: what hotlines are, which words tell a code, what units there are."""

    hotlines: frozenset[str]
    hotline_patterns: tuple[re.Pattern[str], ...]
    phone_words: tuple[str, ...]
    code_words: tuple[str, ...]
    context_reach: int
    units: re.Pattern[str]
    weak_units: frozenset[str]
    liang_units: frozenset[str]
    digits: tuple[str, ...]
    phone_one: str
    liang: str
    point: str
    minus: str
    to: str
    ratio: str
    fraction: str
    percent: str
    permille: str
    year: str
    month: str
    day: str
    hour: str
    minute: str
    half: str
    currency: dict[str, str]
    url: str
    email: str
    symbols: dict[str, str]
    masked: str


def load_number_words(path: Path) -> NumberWords:
    """Read ``numbers.yml``. Raises :class:`VoiceContentError` naming what is missing or wrong."""
    try:
        raw: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        return NumberWords(
            **{
                **raw,
                "hotlines": frozenset(map(str, raw["hotlines"])),
                "hotline_patterns": tuple(re.compile(each) for each in raw["hotline_patterns"]),
                "phone_words": tuple(raw["phone_words"]),
                "code_words": tuple(raw["code_words"]),
                "units": _any_of(raw["units"]),
                "weak_units": frozenset(raw["weak_units"]),
                "liang_units": frozenset(raw["liang_units"]),
                "digits": tuple(raw["digits"]),
            }
        )
    except (OSError, yaml.YAMLError, re.error, KeyError, TypeError) as error:
        raise VoiceContentError(f"{path.name}: {error}") from error


def _any_of(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(map(str, words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def one_by_one(digits: str, words: NumberWords, *, phone: bool) -> str:
    """Each digit by its name, with 幺 for 1 when it is a telephone number. Other characters are left out."""
    names = list(words.digits)
    if phone:
        names[1] = words.phone_one
    return "".join(names[int(each)] for each in digits if each in "0123456789")


def quantity(number: str, words: NumberWords, *, before_unit: bool = False) -> str:
    """A number as an amount: ``2000`` → 两千, ``3.8`` → 三点八. ``before_unit`` makes a lone 2 两.

    Numbers too long to have a name are read digit by digit.
    """
    plain = number.replace(",", "").replace("，", "")
    whole, point, decimals = plain.partition(".")
    whole = whole.lstrip("0") or "0"
    if len(whole) > 12:
        return one_by_one(plain, words, phone=False)
    named = str(cn2an.an2cn(whole, "low"))
    named = re.sub(rf"{words.digits[2]}(?=[{_BIG}])", words.liang, named)
    if point and decimals:
        return named + words.point + one_by_one(decimals, words, phone=False)
    if before_unit and named == words.digits[2]:
        return words.liang
    return named


def is_hotline(digits: str, words: NumberWords) -> bool:
    """Whether these digits are, or look like, a telephone number that people know by its digits."""
    return digits in words.hotlines or any(each.fullmatch(digits) for each in words.hotline_patterns)
