"""The reminders of the attract loop: enough of them all year, on the right days, quiet at night."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.hotlines import load_hotlines
from bot.tips import Tips, load_tips
from bot.yaml_source import ContentError

DATA = Path(__file__).parents[2] / "data"


def _load(path: Path) -> Tips:
    return load_tips(path, load_hotlines(DATA / "knowledge" / "hotlines.yml"))


def _write(folder: Path, text: str) -> Path:
    path = folder / "tips.yml"
    path.write_text(text, encoding="utf-8")
    return path


def _shown(folder: Path, day: str, entry: str) -> bool:
    tips = _load(_write(folder, f"tips:\n  - {{text: 一句话, {entry}}}\n"))
    return bool(tips.today(datetime.fromisoformat(day + "T12:00")))


def test_there_are_enough_on_every_day_and_seasonal_ones_all_year() -> None:
    tips = _load(DATA / "tips.yml")
    always = {tip.text for tip in tips.tips if tip.first is None and len(tip.weekdays) == 7}
    seasons = [tip for tip in tips.tips if tip.first is not None]
    assert len(tips.tips) >= 24 and len(seasons) >= 8
    day = datetime(2026, 1, 1, 12)
    while day.year == 2026:
        assert len(tips.today(day)) >= 24
        day += timedelta(days=1)
    assert len({tip.text for tip in tips.tips}) == len(tips.tips)
    assert any("96110" in text for text in always) and not any("{" in text for text in always)
    assert tips.is_quiet(datetime(2026, 1, 1, 23)) and not tips.is_quiet(datetime(2026, 1, 1, 9))


@pytest.mark.parametrize(
    ("entry", "day", "shown"),
    [
        ("from: 12-01, until: 02-15", "2026-12-01", True),
        ("from: 12-01, until: 02-15", "2027-01-20", True),
        ("from: 12-01, until: 02-15", "2027-02-15", True),
        ("from: 12-01, until: 02-15", "2027-02-16", False),
        ("from: 05-01, until: 05-31", "2026-04-30", False),
        ("from: 05-01, until: 05-31", "2026-05-31", True),
        ("from: 2026-05-01, until: 2026-05-02", "2026-05-02", True),
        ("from: 2026-05-01, until: 2026-05-02", "2027-05-01", False),
        ("until: 2026-05-02", "2026-05-03", False),
        ("from: 2026-05-02", "2026-05-01", False),
        ("weekdays: [mon]", "2026-11-23", True),
        ("weekdays: [sat, sun]", "2026-11-23", False),
    ],
)
def test_each_is_shown_on_its_days(tmp_path: Path, entry: str, day: str, shown: bool) -> None:
    assert date.fromisoformat("2026-11-23").strftime("%a") == "Mon"
    assert _shown(tmp_path, day, entry) is shown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ":1:1: "),
        ("tips: []", "expected “tips:”"),
        ("tips:\n  - {text: ''}", ":2:5: tips.0: the text has 0 characters"),
        (f"tips:\n  - text: {'长' * 37}", "37 characters"),
        ("tips:\n  - {text: 一, from: 13-01}", "13-01 is no day"),
        ("tips:\n  - {text: 一, from: 02-30, until: 03-01}", "02-30 is no day"),
        ("tips:\n  - {text: 一, from: 2026-05-02, until: 2026-05-01}", "until is before from"),
        ("tips:\n  - {text: 一, from: 05-02, until: 2026-05-01}", "both with a year or both without"),
        ("tips:\n  - {text: 一, weekdays: [monday]}", "weekdays: expected"),
        ("tips:\n  - {text: 一, untill: 05-01}", "unknown: untill"),
        ("tips:\n  - 一句话\n  - {text: '打{nobody}'}", "nobody"),
        ("quiet: {from: late, until: early}\ntips:\n  - {text: 一}", ":1:1: quiet: late is no time"),
    ],
)
def test_faults_are_told_with_their_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError) as failed:
        _load(_write(tmp_path, text))
    assert told in str(failed.value)
