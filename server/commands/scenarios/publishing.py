"""``hean scenarios publish``: somebody puts their name to what they have written."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.live.recorder import user_name
from server.commands.publishing import counter_or_exit, told_to_staff


def publish(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Ids of drills, or files such as data/knowledge/answers.yml; all that was edited if none."),
    ] = None,
    author: Annotated[str, typer.Option(help="Who stands for it; the account's name if none is given.")] = "",
    note: Annotated[str, typer.Option(help="Why, in a few words.")] = "",
) -> None:
    """Check files and publish them under a name. A broken one is refused with its faults, and exits 1."""
    counter = counter_or_exit()
    author = author.strip() or user_name()
    with told_to_staff(counter.words):
        paths = [counter.desk.path_of(name) for name in names] if names else counter.desk.unsigned()
        made = counter.desk.publish(paths, author=author, note=note.strip(), at=counter.now())
    if made is None:
        typer.echo(counter.words.say("nothing_to_publish"))
        return
    files = counter.words.files(list(made.changes))
    typer.echo(counter.words.say("published", number=made.number, files=files, author=author))
