"""``hean eval``: measure understanding on labelled packs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from server.commands.outcome import fail, readable_failures, settings_or_exit


def evaluate(
    packs: Annotated[list[Path] | None, typer.Argument(help="Pack files, .jsonl or .csv.")] = None,
    own: Annotated[bool, typer.Option("--own", help="Run the project's own packs in tests/evaluation.")] = False,
    enforce: Annotated[bool, typer.Option("--enforce", help="Exit 1 when a bar of the own packs is missed.")] = False,
    url: Annotated[str | None, typer.Option(help="Measure a running server instead, through /chat.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a report with plots to this file.")] = None,
    show_worst: Annotated[int, typer.Option("--worst", help="Show this many of the worst rows of each pack.")] = 0,
    drills: Annotated[
        bool, typer.Option("--drills", help="How well free speech in drills is understood, and what is missed.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar.")] = False,
) -> None:
    """Judge every row of the packs and print the measures per register."""
    settings = settings_or_exit()
    from bot import environment

    environment.prepare()
    import httpx
    from rich.console import Console

    from server.evaluation.console import OWN_PACKS, evaluate_packs, missed_bars
    from server.evaluation.drill_answers import drill_answers_understood
    from server.evaluation.packs import PackError

    console = Console()
    if drills:
        with readable_failures():
            understood = drill_answers_understood(settings.bot)
        for line in (*understood.lines(), *understood.missed()):
            console.print(line, markup=False)
        return
    paths = list(packs or [])
    if own or not paths:
        paths += sorted(OWN_PACKS.glob("*.jsonl"))
    try:
        with readable_failures():
            results = evaluate_packs(paths, settings, console, url=url, html=html, show_worst=show_worst, quiet=quiet)
    except PackError as error:
        raise fail(str(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise fail(f"{url} does not answer ({error}). Start the server, or leave --url out.") from error
    if enforce:
        missed = missed_bars(results, OWN_PACKS / "bars.yml")
        for sentence in missed:
            console.print(f"[red]below the bar[/red] {sentence}")
        if missed:
            raise typer.Exit(1)
        console.print("All bars are met.")
