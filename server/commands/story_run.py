"""``hean test run``: play stories."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from server.commands.story_options import (
    STORIES,
    KeywordOption,
    PathArgument,
    UrlOption,
    WorkersOption,
    chosen_stories,
    play,
    system,
    write_report,
)


def run(
    path: PathArgument = STORIES,
    keyword: KeywordOption = "",
    url: UrlOption = None,
    workers: WorkersOption = 4,
    junit: Annotated[Path | None, typer.Option(help="Write a JUnit report to this file.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a report to read to this file.")] = None,
    slack: Annotated[
        float | None, typer.Option(help="Multiplies the limits of latency classes: 1, or 8 where CI is set.", min=1.0)
    ] = None,
) -> None:
    """Play stories. Exits with 0 when all hold, 1 when one does not, 2 when nothing could be run."""
    stories = chosen_stories(path, keyword)
    from rich.console import Console

    from server.stories.console import show_failures, show_summary
    from server.stories.latency import usual_slack

    with system(url) as address:
        started = time.perf_counter()
        results = play(stories, address, workers, usual_slack() if slack is None else slack)
        seconds = time.perf_counter() - started
    console = Console()
    show_failures(console, results)
    show_summary(console, results, seconds)
    if junit is not None:
        from server.stories.junit import junit_xml

        write_report(junit, junit_xml(results))
    if html is not None:
        from server.stories.html import results_html

        write_report(html, results_html(results, url or "embedded", datetime.now()).encode())
    if any(not result.holds for result in results):
        raise typer.Exit(1)
