"""``hean scenarios list``: what is published."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from server.commands.outcome import readable_failures, settings_or_exit


def list_scenarios() -> None:
    """Show every published drill, and what is wrong with files that are not. Exits 1 when a file is broken."""
    from bot.drills.assembly import build_drills

    settings = settings_or_exit()
    with readable_failures():
        catalog = build_drills(settings.bot.data_dir).catalog
        published = catalog.all()
    table = Table("Id", "Title", "Kind", "Type", "Channel", "Level", "Reviewed")
    for drill in published:
        kind = drill.scam_type or drill.mirror_of
        table.add_row(
            *(drill.id, drill.title, drill.kind.value, kind.value if kind else "", drill.channel.value),
            *(str(drill.difficulty), drill.reviewed.isoformat()),
        )
    console = Console()
    Console(width=None if console.is_terminal else 200).print(table)
    faults = catalog.faults()
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        raise typer.Exit(1)
