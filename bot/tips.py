"""The short reminders that a screen shows while nobody is there: what is shown on which day, and when it is quiet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from bot.hotlines import Hotlines
from bot.knowledge_checks import check_placeholders
from bot.yaml_source import ContentError, Reading, load_marked

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST = 36  # characters; more can't be read in passing
_KEYS = frozenset({"text", "from", "until", "weekdays"})
_YEARLY = re.compile(r"(\d\d)-(\d\d)\Z")


@dataclass(frozen=True)
class Day:
    """A day of every year, or of one when ``year`` is given."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True)
class Tip:
    """One reminder. Without first, last or weekdays it is shown on any day."""

    text: str
    first: Day | None = None
    last: Day | None = None
    weekdays: frozenset[int] = frozenset(range(7))

    def shown_on(self, today: date) -> bool:
        """Whether it is shown today. A yearly season may go over the end of the year."""
        if today.weekday() not in self.weekdays:
            return False
        after = self.first is None or _not_before(today, self.first)
        before = self.last is None or not _not_before(today, self.last) or _is(today, self.last)
        if self.first and self.last and self.first.year is None and self.last.year is None:
            over_the_year = (self.first.month, self.first.day) > (self.last.month, self.last.day)
            return (after or before) if over_the_year else (after and before)
        return after and before


@dataclass(frozen=True)
class Tips:
    """All reminders, and the hours of the day in which the screen keeps quiet."""

    tips: tuple[Tip, ...]
    quiet: tuple[time, time] | None

    def today(self, now: datetime) -> tuple[str, ...]:
        """The texts of this day."""
        return tuple(tip.text for tip in self.tips if tip.shown_on(now.date()))

    def is_quiet(self, now: datetime) -> bool:
        """Whether nothing is to move or speak by itself. Quiet hours may go over midnight."""
        if self.quiet is None:
            return False
        begin, end = self.quiet
        at = now.time()
        return begin <= at < end if begin <= end else at >= begin or at < end


def load_tips(path: Path, hotlines: Hotlines) -> Tips:
    """Read ``tips.yml``.

    Raises:
        ContentError: something can't be used; with the place of each fault.
    """
    reading = Reading()
    source = load_marked(path)
    entries: Sequence[Any] = ()
    quiet: tuple[time, time] | None = None
    with reading.at(path, source):
        entries = source.data["tips"]
        if not isinstance(entries, list) or not entries:
            raise ValueError("expected “tips:” and a list of tips below it")
    if isinstance(source.data, dict) and source.data.get("quiet") is not None:
        with reading.at(path, source, "quiet"):
            quiet = (_time(source.data["quiet"]["from"]), _time(source.data["quiet"]["until"]))
    tips = []
    for index, entry in enumerate(entries):
        with reading.at(path, source, "tips", index):
            tips.append(_tip(entry, hotlines))
    check_placeholders(reading, path, source, hotlines)
    if reading.faults:
        raise ContentError(reading.faults)
    return Tips(tuple(tips), quiet)


def _tip(entry: Any, hotlines: Hotlines) -> Tip:
    unknown = sorted(str(key) for key in set(entry.keys()) - _KEYS)
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}; known are from, text, until, weekdays")
    text = hotlines.fill(str(entry["text"])).strip()
    if not 1 <= len(text) <= _LONGEST:
        raise ValueError(f"the text has {len(text)} characters; 1 to {_LONGEST} can be read in passing")
    days = entry.get("weekdays", list(_WEEKDAYS))
    if not isinstance(days, list) or not days or not set(map(str, days)) <= set(_WEEKDAYS):
        raise ValueError(f"weekdays: expected a list of {', '.join(_WEEKDAYS)}")
    first, last = (_day(entry[key]) if key in entry else None for key in ("from", "until"))
    if first and last and (first.year is None) != (last.year is None):
        raise ValueError("from and until: give both with a year or both without")
    if first and last and first.year is not None and _date(first) > _date(last):
        raise ValueError("until is before from")
    return Tip(text, first, last, frozenset(_WEEKDAYS.index(str(day)) for day in days))


def _day(value: Any) -> Day:
    if isinstance(value, date):
        return Day(value.month, value.day, value.year)
    yearly = _YEARLY.match(str(value))
    try:
        if yearly:
            found = Day(int(yearly[1]), int(yearly[2]))
            date(2024, found.month, found.day)  # a leap year has every day
            return found
        whole = date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{value} is no day; write 12-31 or 2026-12-31") from None
    return Day(whole.month, whole.day, whole.year)


def _time(value: Any) -> time:
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f'{value} is no time of day; write "20:30" in quotes') from None


def _date(day: Day) -> date:
    assert day.year is not None
    return date(day.year, day.month, day.day)


def _not_before(today: date, day: Day) -> bool:
    if day.year is not None:
        return today >= _date(day)
    return (today.month, today.day) >= (day.month, day.day)


def _is(today: date, day: Day) -> bool:
    return (today.month, today.day) == (day.month, day.day) and day.year in (None, today.year)
