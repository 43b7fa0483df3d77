"""Which scenario a command is about: the id of a published one, or a file that need not be published."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import typer

from bot.drills.assembly import Drills
from bot.drills.scenario import Scenario
from server.commands.outcome import fail
from server.staff_words import StaffWords


def is_file(name: str) -> bool:
    """Whether a name means a file: ids hold neither dots nor slashes."""
    return "." in name or "/" in name


def chosen(drills: Drills, words: StaffWords, name: str) -> Scenario:
    """The scenario of an id or a file; ends with what is wrong when there is none."""
    if is_file(name):
        path = Path(name)
        loaded = drills.loader.load_file(path)
        for fault in loaded.faults:
            typer.echo(str(fault), err=True)
        if loaded.scenario is None:
            raise fail(words.say("check_faults", files=1, faults=len(loaded.faults)))
        return loaded.scenario
    scenario = drills.catalog.get(name)
    if scenario is None:
        ids = [known.id for known in drills.catalog.all()]
        near = get_close_matches(name, ids, 1, 0.5)
        suggestion = (
            words.say("unknown_near", near=near[0]) if near else words.say("unknown_list", known=words.listed(ids))
        )
        raise fail(words.say("unknown_scenario", id=name[:40], suggestion=suggestion))
    return scenario
