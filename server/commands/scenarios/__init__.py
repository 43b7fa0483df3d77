"""``hean scenarios …``: the drills. Each command is a module of this package with one function."""

from __future__ import annotations

import typer

from server.commands.scenarios import (
    checking,
    creating,
    history,
    listing,
    planning,
    previewing,
    publishing,
    rollback,
    schema,
    stats,
    walking,
)

app = typer.Typer(help="Drills: write, check, try and publish them.", no_args_is_help=True)


@app.callback()
def scenarios() -> None:
    """Drills."""


# One line a command, in the order in which --help shows them.
app.command("list")(listing.list_scenarios)
app.command("new")(creating.new_scenario)
app.command("check")(checking.check_scenarios)
app.command("preview")(previewing.preview_scenario)
app.command("publish")(publishing.publish)
app.command("history")(history.history)
app.command("rollback")(rollback.rollback)
app.command("walk")(walking.walk_scenario)
app.command("schema")(schema.write_schema)
app.command("plan")(planning.show_plan)
app.command("stats")(stats.show_stats)
