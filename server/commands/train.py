"""``hean train``: make the models of the present content."""

from __future__ import annotations

from typing import Annotated

import typer

from server.commands.outcome import readable_failures, settings_or_exit


def train(
    force: Annotated[bool, typer.Option("--force", help="Train although nothing has changed.")] = False,
) -> None:
    """Train what has changed since the last time."""
    settings = settings_or_exit()
    from bot import environment

    environment.prepare()
    from bot.training import train_if_changed

    with readable_failures():
        train_if_changed(settings.bot, typer.echo, force=force)
