"""``hean test record``: a live chat becomes a story."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.identifiers import Dialect
from bot.yaml_source import ContentError
from server.commands.story_options import UrlOption, system, unusable

if TYPE_CHECKING:
    from server.stories.record import Recorded, Recorder

_BUTTON = re.compile(r"[:：]\s*(\d{1,2})")
_LONGEST_NAME = 30


def record(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Add the story to this file; printed unless given.")
    ] = None,
    url: UrlOption = None,
    name: Annotated[str, typer.Option(help="Name of the story; its first sentence unless given.")] = "",
    dialect: Annotated[Dialect | None, typer.Option(help="What is spoken; detected unless given.")] = None,
) -> None:
    """Chat line by line; the chat becomes a story. `:2` presses the second button; an empty line or Ctrl-D ends it.

    Personal data is replaced before it is sent. Exits with 1 when the story goes another way if played again, and
    with 2 when there is nothing to keep or the file can't be added to.
    """
    import httpx

    from server.stories.record import Recorder
    from server.stories.talk import Talk

    with system(url) as address, httpx.Client(base_url=address.rstrip("/"), timeout=30) as client:
        recorder = Recorder(Talk(client))
        _listen(recorder, dialect.value if dialect else "auto")
        if not recorder.steps:
            raise unusable("Nothing was said, so there is no story.")
        first = str(recorder.steps[0]["user"])[:_LONGEST_NAME]
        story = recorder.story(name.strip() or first)
        _keep(story, output)
        _say_whether_it_holds(story, address)


def _listen(recorder: Recorder, dialect: str) -> None:
    """Take lines until there are no more. What the server refuses is told and left out."""
    import httpx

    from server.stories.record import Refused
    from server.stories.talk import NoSuchButton

    while line := _line():
        button = _BUTTON.fullmatch(line)
        try:
            _show(recorder.press(int(button.group(1))) if button else recorder.say(line, dialect))
        except (Refused, NoSuchButton) as error:
            typer.echo(f"({error})", err=True)
        except httpx.HTTPError as error:
            typer.echo(f"(The server is gone: {type(error).__name__}. What was said until now is kept.)", err=True)
            return


def _line() -> str:
    """What is typed or piped next; empty at the end. Ctrl-C throws everything away."""
    if sys.stdin.isatty():
        typer.echo("> ", nl=False, err=True)
    try:
        return sys.stdin.readline().strip()
    except KeyboardInterrupt as error:
        raise unusable("\nNothing was kept.") from error


def _show(recorded: Recorded) -> None:
    if recorded.replaced_by is not None:
        typer.echo(f"(personal data was replaced; sent and recorded is: {recorded.replaced_by})", err=True)
    reply = recorded.answer["reply"]
    typer.echo(reply["text"], err=True)
    buttons = [f":{number} [{choice['title']}]" for number, choice in enumerate(reply["choices"], 1)]
    if buttons:
        typer.echo("  ".join(buttons), err=True)


def _keep(story: dict[str, Any], output: Path | None) -> None:
    from server.stories.append import append_story
    from server.stories.record import story_yaml

    entry = story_yaml(story)
    if output is None:
        typer.echo(entry, nl=False)
        return
    try:
        append_story(output, entry)
    except (ContentError, OSError) as error:
        typer.echo(entry, nl=False)  # so that the work is not lost
        raise unusable(f"{output} was left as it is, the story is printed instead.\n{error}") from error
    typer.echo(f"Added to {output}", err=True)


def _say_whether_it_holds(story: dict[str, Any], address: str) -> None:
    """Play what was recorded: a drill that was chosen at random, for one, goes another way the next time."""
    from server.stories.account import account
    from server.stories.loading import LoadedStory
    from server.stories.run import player_for
    from server.stories.story import Story

    parsed = Story.parse_obj(story)
    loaded = LoadedStory(parsed.name, parsed, Path("recorded"), 1, tuple(1 for _ in parsed.steps))
    with player_for(address, slack=1000.0) as player:
        result = player.play(loaded)
    if not result.holds:
        typer.echo(f"Played again, it goes another way. Begin a drill by its title.\n{account(result)}", err=True)
        raise typer.Exit(1)
    typer.echo("Played again, it holds.", err=True)
