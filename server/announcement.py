"""Words of the staff to every screen: short, plain, and without a number to call that is not one of the hotlines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from server.schemas.text import Text

_DIGITS = str.maketrans("０１２３４５６７８９〇○零幺一二三四五六七八九", "01234567890001123456789")
_BETWEEN = r"[\s\-‐‑–—－_.·•()（）]{0,3}"
_NUMBER = re.compile(rf"[0-9](?:{_BETWEEN}[0-9])+")
_CALL = re.compile(r"(?:[打拨]|电话|热线|号码|联系)[^\n。！？，,；;0-9]{0,6}$")
_SUM = re.compile(r"\s?[多余几]?[元块万千百亿人户]")
_MARKUP = re.compile(r"[<>{}\[\]`\\|^~]|\*\*|__|https?:|www\.|://", re.IGNORECASE)
_SHORTEST_CALLED, _SHORTEST_NUMBER, _LONGEST_SUM = 3, 5, 6


class Announcement(Text):
    """What can be read on a screen at one glance."""

    max_length = 120

    @classmethod
    def __get_validators__(cls) -> Any:
        yield cls.validate
        yield cls._plain

    @classmethod
    def _plain(cls, text: Announcement) -> Announcement:
        if _MARKUP.search(text):
            raise ValueError("write plain words: no markup and no links")
        return text


def foreign_numbers(text: str, hotlines: Iterable[str]) -> list[str]:
    """Numbers in a text that somebody could call and that are none of the hotlines, also spaced or spelt out."""
    known = set(hotlines)
    digits = text.translate(_DIGITS)
    found = []
    for match in _NUMBER.finditer(digits):
        number = re.sub(r"\D", "", match[0])
        if number in known:
            continue
        called = len(number) >= _SHORTEST_CALLED and _CALL.search(digits, 0, match.start())
        a_sum = len(number) <= _LONGEST_SUM and _SUM.match(text, match.end())
        if called or (len(number) >= _SHORTEST_NUMBER and not a_sum):
            found.append(text[match.start() : match.end()])
    return found
