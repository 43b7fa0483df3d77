"""``hean train``: make the models of the present content."""

from __future__ import annotations

from typing import Annotated

import typer

from server.commands.outcome import readable_failures, settings_or_exit


def train(
    force: Annotated[bool, typer.Option("--force", help="Train although nothing has changed.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Only train; measure and try nothing.")] = False,
    rollback: Annotated[bool, typer.Option("--rollback", help="Let the model serve that served before.")] = False,
) -> None:
    """Validate, train, evaluate, try short talks, and only then let the new model serve.

    Whatever fails leaves the model that serves. A running server takes a new one over without losing a conversation.
    """
    settings = settings_or_exit()
    from bot import environment

    environment.prepare()
    from bot.serving_models import ServingModels
    from bot.training import train_if_changed

    with readable_failures():
        if rollback:
            path = ServingModels(settings.bot.models_dir).roll_back()
            typer.echo(f"{path} serves again. A running server takes it over within seconds; conversations go on.")
        elif quick:
            train_if_changed(settings.bot, typer.echo, force=force)
        else:
            from rich.console import Console

            from server.commands.train_pipeline import Pipeline

            Pipeline(settings, Console()).run(force=force)
