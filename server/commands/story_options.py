"""What the commands about stories share: their options, the stories chosen, and what these are played against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.yaml_source import ContentError
from server.commands.outcome import fail, readable_failures, settings_or_exit

if TYPE_CHECKING:
    from server.stories.loading import LoadedStory
    from server.stories.observe import Observer
    from server.stories.play import Result

STORIES = Path("tests/conversations")
UNUSABLE = 2  # as pytest has it: what was asked for could not be run at all

PathArgument = Annotated[Path, typer.Argument(help="A story file, or a folder of them.")]
KeywordOption = Annotated[str, typer.Option("-k", help="Only stories with all of these words in their name.")]
UrlOption = Annotated[str | None, typer.Option(help="A running server instead of one started here.")]
WorkersOption = Annotated[int, typer.Option(help="Stories played at the same time.", min=1, max=64)]


def unusable(message: str) -> typer.Exit:
    """Print a sentence to standard error; raise the result to end with status 2."""
    typer.echo(message, err=True)
    return typer.Exit(UNUSABLE)


def chosen_stories(path: Path, keyword: str) -> list[LoadedStory]:
    """The stories to play.

    Raises:
        typer.Exit: there are none, or a file can't be read; each fault is told with file, line and column.
    """
    from server.stories.loading import load_stories

    if not path.exists():
        raise unusable(f"There are no stories at {path}. Run this from the checkout, or name a file or folder.")
    try:
        found = load_stories(path, keyword)
    except ContentError as error:
        raise unusable(f"The stories can't be read.\n{error}") from error
    if not found:
        named = f" with {keyword!r} in their name" if keyword else ""
        raise unusable(f"There are no stories{named} at {path}.")
    return found


@contextmanager
def system(url: str | None, observer: Observer | None = None) -> Iterator[str]:
    """The address of the server at ``url``, or of the whole system, started here while the context lasts.

    Raises:
        typer.Exit: nobody answers there, or the system does not come up.
    """
    if url is not None:
        _check(url)
        yield url
        return
    from bot import environment

    environment.prepare()
    from server.commands.serve import configure_logs
    from server.stories.embedded import EmbeddedFailed
    from server.stories.system import own_system

    with ExitStack() as stack:
        try:
            with readable_failures():
                address = stack.enter_context(own_system(settings_or_exit, _told, configure_logs, observer))
        except EmbeddedFailed as error:
            raise fail(str(error)) from error
        yield address


def _check(url: str) -> None:
    from server.stories.running import Unreachable, check_running

    try:
        check_running(url)
    except Unreachable as error:
        raise unusable(str(error)) from error


def play(stories: Sequence[LoadedStory], address: str, workers: int, slack: float) -> list[Result]:
    """Play stories with a bar that shows how far it is."""
    from rich.console import Console

    from server.stories.console import progress
    from server.stories.run import play_all, player_for

    with player_for(address, slack=slack) as player, progress(Console(stderr=True), len(stories)) as played:
        return play_all(stories, player, workers=workers, played=played)


def write_report(path: Path, content: bytes) -> None:
    """Write a report and say where it is.

    Raises:
        typer.Exit: it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise fail(f"{path} can't be written: {error.strerror or error}.") from error
    typer.echo(f"Wrote {path}", err=True)


def _told(line: str) -> None:
    typer.echo(line, err=True)
