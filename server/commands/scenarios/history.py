"""``hean scenarios history``: what was published, by whom, when and why."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from server.commands.publishing import counter_or_exit, told_to_staff


def history(
    name: Annotated[str | None, typer.Argument(help="Id of a drill, or a file; everything if none.")] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what changed, line by line.")] = False,
    most: Annotated[int, typer.Option("--most", min=1, help="How many publications to show, the newest first.")] = 20,
) -> None:
    """Show publications, the newest first. Their numbers are the versions that `rollback` takes."""
    counter = counter_or_exit()
    words = counter.words
    with told_to_staff(words):
        path = None if name is None else counter.desk.path_of(name)
        found = list(islice(counter.publications.history(path), most))
        differences = {p.number: counter.publications.difference(p, path) for p in found} if diff else {}
    if not found:
        typer.echo(words.say("no_history"))
        return
    columns = ("number", "time", "author", "kind", "files", "note")
    table = Table(*(words.say(f"column_{column}") for column in columns))
    for publication in found:
        cells = (
            publication.at.strftime("%Y-%m-%d %H:%M:%S"),
            publication.author,
            words.say(f"kind_{publication.kind.value}"),
            words.files(list(publication.changes)),
            publication.note,
        )
        table.add_row(str(publication.number), *(escape(cell) for cell in cells))
    console = Console()
    Console(width=None if console.is_terminal else 200).print(table)
    for number, difference in differences.items():
        typer.echo(f"\n# {number}")
        typer.echo(difference)
