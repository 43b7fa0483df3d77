"""``hean scenarios new``: a scenario file to fill in."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot import placeholders
from bot.drills.scenario import Channel, Kind
from bot.drills.word_checks import TO_FILL_IN
from bot.identifiers import ScamType
from server.commands.outcome import fail, readable_failures, settings_or_exit
from server.staff_words import StaffWords

_ID = re.compile(r"[a-z][a-z0-9-]{0,62}")
_PLAIN = re.compile(r"[\w，。？！、]+")
_E = TypeVar("_E", bound=Enum)


def new_scenario(
    scenario_id: Annotated[str, typer.Argument(metavar="ID", help="Lower-case letters, digits, hyphens.")],
    kind: Annotated[Kind | None, typer.Option(help="A fraud or a genuine contact.")] = None,
    scam_type: Annotated[ScamType | None, typer.Option("--type", help="What fraud it is, or resembles.")] = None,
    channel: Annotated[Channel | None, typer.Option(help="How the contact reaches the resident.")] = None,
    difficulty: Annotated[int | None, typer.Option(min=1, max=3, help="1 easy to 3 hard.")] = None,
    title: Annotated[str | None, typer.Option(help="What the screen shows.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where to; among the published drills unless given.")] = None,
) -> None:
    """Write a new scenario from a template. What no option gives is asked for, in a terminal."""
    settings = settings_or_exit()
    data = settings.bot.data_dir
    with readable_failures():
        words = StaffWords.load(data)
    if not _ID.fullmatch(scenario_id):
        raise fail(words.say("new_bad_id", id=scenario_id[:40]))
    path = (folder or data / "scenarios") / f"{scenario_id}.yml"
    if path.exists():
        raise fail(words.say("new_exists", path=path))
    chosen_kind = kind or _asked(words, "new_kind", Kind.SCAM)
    values = {
        "id": scenario_id,
        "type": (scam_type or _asked(words, "new_type", ScamType.OTHER)).value,
        "channel": (channel or _asked(words, "new_channel", Channel.CALL)).value,
        "difficulty": str(difficulty or _asked_number(words)),
        "title": _quoted(title or _asked_text(words)),
        "today": date.today().isoformat(),
    }
    try:
        template = (data / "scenario-templates" / f"{chosen_kind.value}.yml").read_text(encoding="utf-8")
        text = placeholders.fill(template, values)
        with path.open("x", encoding="utf-8") as file:  # never over something that came meanwhile
            file.write(text)
    except OSError as error:
        raise fail(words.say("not_written", path=path, reason=error.strerror)) from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if TO_FILL_IN in line and line[0] != "#"]
    listed = words.listed(str(number) for number in lines)
    typer.echo(words.say("new_written", path=path, count=len(lines), lines=listed))
    typer.echo(words.say("new_next", path=path))


def _asked(words: StaffWords, code: str, default: _E) -> _E:
    """One of an enumeration, from whoever sits at the terminal; the default when nobody does."""
    if not sys.stdin.isatty():
        return default
    kinds = type(default)
    known = [str(member.value) for member in kinds]
    typer.echo(words.say(code))
    while True:
        said = str(typer.prompt(">", default=default.value)).strip()
        if said in known:
            return kinds(said)
        typer.echo(words.say("new_again", said=said[:20]))


def _asked_number(words: StaffWords) -> int:
    if not sys.stdin.isatty():
        return 2
    while True:
        said = str(typer.prompt(words.say("new_difficulty"), default="2")).strip()
        if said in ("1", "2", "3"):
            return int(said)


def _asked_text(words: StaffWords) -> str:
    if not sys.stdin.isatty():
        return words.say("new_default_title")
    return str(typer.prompt(words.say("new_title"), default=words.say("new_default_title"))).strip()


def _quoted(text: str) -> str:
    """A text as YAML, in quotes where it needs them."""
    return text if _PLAIN.fullmatch(text) and not text.isdigit() else json.dumps(text, ensure_ascii=False)
