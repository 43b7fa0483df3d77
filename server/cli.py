"""The command line: ``hean <command>``. Each command is a module of :mod:`server.commands`."""

from __future__ import annotations

import logging

import typer

from server.commands import (
    bench,
    broadcast,
    chat,
    check,
    check_content,
    clips,
    config,
    evaluate,
    say,
    scenarios,
    serve,
    stories,
    train,
)

app = typer.Typer(
    name="hean",
    help="He'an: an offline anti-fraud digital human for community centres.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they print local variables, and with them residents' words
)
app.command("serve")(serve.serve)
app.command("train")(train.train)
app.command("check")(check.check)
app.command("check-content")(check_content.check_content)
app.command("chat")(chat.chat)
app.command("say")(say.say)
app.command("broadcast")(broadcast.broadcast)
app.command("config")(config.config)
app.command("eval")(evaluate.evaluate)
app.add_typer(scenarios.app, name="scenarios")
app.add_typer(stories.app, name="test")
app.add_typer(bench.app, name="bench")
app.add_typer(clips.app, name="clips")


def main() -> None:
    """Run the command that was asked for."""
    # Rasa's dependencies print dozens of warnings about each other, some of them whatever filters say.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    app()


if __name__ == "__main__":
    main()
