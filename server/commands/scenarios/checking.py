"""``hean scenarios check``: everything that is wrong with scenario files, at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.drills.assembly import build_drills
from bot.drills.folder import look_at, scenario_files
from server.commands.outcome import readable_failures, settings_or_exit
from server.staff_words import StaffWords


def check_scenarios(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; all published drills if none.")] = None,
) -> None:
    """Name every fault of every file as file:line:column with what to write instead. Exits 1 when there is one."""
    settings = settings_or_exit()
    with readable_failures():
        loader = build_drills(settings.bot.data_dir).loader
        words = StaffWords.load(settings.bot.data_dir)
    files = scenario_files(paths or [settings.bot.data_dir / "scenarios"])
    looked_at = look_at(loader, files)
    faults = [fault for loaded in looked_at for fault in loaded.faults]
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        broken = sum(1 for loaded in looked_at if loaded.faults)
        typer.echo(words.say("check_faults", files=broken, faults=len(faults)), err=True)
        raise typer.Exit(1)
    if not files:
        typer.echo(words.say("check_nothing"), err=True)
        raise typer.Exit(1)
    typer.echo(words.say("check_good", files=len(files)))
