"""``hean scenarios stats``: what came of the drills."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table as Shown

from server.commands.outcome import fail, readable_failures, settings_or_exit
from server.results.counts import By, within
from server.results.table import ALL, COLUMNS, Table, table
from server.staff_words import StaffWords

_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")


def show_stats(
    since: Annotated[str | None, typer.Option(help="First month, such as 2026-09.")] = None,
    until: Annotated[str | None, typer.Option(help="Last month, included.")] = None,
    by: Annotated[By, typer.Option(help="What to group by.")] = By.SCENARIO,
    compare: Annotated[tuple[str, str] | None, typer.Option(help="Two months to compare.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write a report with plots into this file.")] = None,
) -> None:
    """Count starts, completions, outcomes and first verifications of drills; small numbers are hidden."""
    from server.records.migrations import RecordsTooNew
    from server.results.output import to_csv, to_json
    from server.results.runs import RecordsTooOld, read_runs

    settings = settings_or_exit()
    with readable_failures():
        words = StaffWords.load(settings.bot.data_dir)
    for month in (since, until, *(compare or ())):
        if month is not None and not _MONTH.fullmatch(month):
            raise fail(words.say("stats_bad_month", month=month[:20]))
    try:
        runs = read_runs(settings.records.path, ZoneInfo(settings.bot.time_zone))
    except RecordsTooOld as error:
        raise fail(words.say("stats_too_old")) from error
    except (RecordsTooNew, sqlite3.Error) as error:
        raise fail(words.say("stats_unreadable", path=settings.records.path, reason=error)) from error
    periods = (
        {month: (month, month) for month in compare} if compare else {_period(since, until, words): (since, until)}
    )
    least = settings.results.smallest_group
    tables = {name: table(within(runs, *period), by, least) for name, period in periods.items()}
    if html is not None:
        _write_report(html, tables, words)
    if as_json:
        typer.echo(json.dumps(to_json(tables), ensure_ascii=False, indent=2))
    elif as_csv:
        typer.echo(to_csv(tables), nl=False)
    else:
        _show(tables, words)


def _period(since: str | None, until: str | None, words: StaffWords) -> str:
    if since is None and until is None:
        return words.say("stats_ever")
    return f"{since or ''} … {until or ''}".strip() if since != until else str(since)


def _write_report(path: Path, tables: Mapping[str, Table], words: StaffWords) -> None:
    from server.results.report import chinese_font, html_report

    text = html_report(tables, words.say, font=chinese_font())
    new = path.with_name(path.name + ".new")
    try:
        new.write_text(text, encoding="utf-8")
        os.replace(new, path)
    except OSError as error:
        raise fail(words.say("not_written", path=path, reason=error.strerror)) from error
    typer.echo(words.say("stats_written", path=path), err=True)


def _show(tables: Mapping[str, Table], words: StaffWords) -> None:
    console = Console()
    console = Console(width=None if console.is_terminal else 200)
    for period, made in tables.items():
        typer.echo(words.say("stats_period", period=period))
        if not made.rows:
            typer.echo(words.say("stats_none"))
            continue
        shown = Shown(words.say(f"stats_by_{made.by.value}"))
        for column in (*COLUMNS, "median"):
            shown.add_column(words.say(f"stats_{column}"), justify="right")
        for row in made.rows:
            median = "" if row.median_verification is None else f"{row.median_verification:g}"
            name = words.say("stats_all") if row.name == ALL else row.name
            shown.add_row(name, *(cell.text(made.threshold) for cell in row.cells), median)
        console.print(shown)
    if any(made.rows and made.threshold > 1 for made in tables.values()):
        typer.echo(words.say("stats_hidden", least=next(iter(tables.values())).threshold))
