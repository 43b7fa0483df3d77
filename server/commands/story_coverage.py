"""``hean test coverage``: what the stories touch, and what no story touches."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from server.commands.outcome import readable_failures, settings_or_exit
from server.commands.story_options import (
    STORIES,
    KeywordOption,
    PathArgument,
    WorkersOption,
    chosen_stories,
    play,
    system,
    write_report,
)

_ANY_TIME = 1000.0  # it is not asked here how long an answer takes


def coverage(
    path: PathArgument = STORIES,
    keyword: KeywordOption = "",
    workers: WorkersOption = 4,
    everything: Annotated[bool, typer.Option("--all", help="Name all that is missing, however much it is.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write a page to read to this file.")] = None,
) -> None:
    """Play stories on a system started here and tell what they touch, and what no story touches."""
    stories = chosen_stories(path, keyword)
    from rich.console import Console

    from bot.drills.assembly import build_drills
    from server.stories.console import show_coverage
    from server.stories.coverage import Touched, all_there_is

    settings = settings_or_exit()
    with readable_failures():
        scenarios = build_drills(settings.bot.data_dir).catalog.all()
        all_of_it = all_there_is(settings.bot, scenarios)
    touched = Touched({scenario.id: scenario for scenario in scenarios})
    with system(None, touched) as address:
        results = play(stories, address, workers, _ANY_TIME)
    covered = touched.covered(all_of_it)
    failed = sum(not result.holds for result in results)
    if as_json:
        kinds = {
            kind.name: {"total": len(kind.all), "share": round(kind.share, 4), "missing": kind.missing}
            for kind in covered
        }
        typer.echo(json.dumps({"stories": len(results), "failed": failed, **kinds}, ensure_ascii=False, indent=2))
    else:
        console = Console()
        show_coverage(console, covered, everything=everything)
        console.print(f"{len(results)} stories" + (f", {failed} of which did not hold" if failed else ""))
    if html is not None:
        from server.stories.html import coverage_html

        write_report(html, coverage_html(covered, len(results), datetime.now()).encode())
