"""``hean scenarios rollback``: an earlier version of a drill or a file of texts."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.live.recorder import user_name
from server.commands.publishing import counter_or_exit, told_to_staff


def rollback(
    name: Annotated[str, typer.Argument(help="Id of a drill, or a file such as data/knowledge/answers.yml.")],
    version: Annotated[int, typer.Argument(help="Number of the publication to go back to, as `history` shows it.")],
    author: Annotated[str, typer.Option(help="Who stands for it; the account's name if none is given.")] = "",
    note: Annotated[str, typer.Option(help="Why, in a few words.")] = "",
) -> None:
    """Take a file again as an earlier publication left it. A running server takes it over within a second."""
    counter = counter_or_exit()
    with told_to_staff(counter.words, version):
        path = counter.desk.path_of(name)
        done = counter.desk.roll_back(
            path, version, author=author.strip() or user_name(), note=note.strip(), at=counter.now()
        )
    typer.echo(counter.words.say("rolled_back", file=path, number=version, made=done.publication.number))
    if done.aside is not None:
        typer.echo(counter.words.say("put_aside", path=done.aside))
