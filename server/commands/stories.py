"""``hean test …``: conversation test stories, put together from a module a command."""

from __future__ import annotations

import typer

from server.commands.story_coverage import coverage
from server.commands.story_record import record
from server.commands.story_run import run

app = typer.Typer(help="Conversation test stories: play, record, measure what they touch.", no_args_is_help=True)


@app.callback()
def stories() -> None:
    """Conversation test stories."""


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of the story format, for editors that check and complete."""
    from server.stories.schema import schema_text

    typer.echo(schema_text(), nl=False)


app.command("run")(run)
app.command("record")(record)
app.command("coverage")(coverage)
