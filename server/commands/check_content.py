"""``hean check-content``: everything that is wrong with the files of ``data``."""

from __future__ import annotations

import typer

from bot.content_check import content_faults
from server.commands.outcome import readable_failures, settings_or_exit
from server.commands.publishing import PublicationWords


def check_content() -> None:
    """Name every fault of answers, warnings, evidence, rules, examples and drills as file:line:column. Exits 1 for one.

    Needs no running server and trains nothing.
    """
    data = settings_or_exit().bot.data_dir
    faults = content_faults(data)
    for fault in faults:
        typer.echo(str(fault))
    with readable_failures():
        words = PublicationWords.load(data)
    if faults:
        typer.echo(words.say("content_faults", faults=len(faults)), err=True)
        raise typer.Exit(1)
    typer.echo(words.say("content_good"))
