"""What a tester sees in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from server.stories.account import account
from server.stories.coverage import Covered
from server.stories.play import Result

_MOST_MISSING = 12
_COLOURS = {"     - ": "green", "     + ": "red"}


@contextmanager
def progress(console: Console, total: int) -> Iterator[Callable[[Result], None]]:
    """A bar that moves as stories are played and counts those that failed; nothing where output is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("[red]{task.fields[failed]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("stories", total=total, failed="")
        failed = 0

        def played(result: Result) -> None:
            nonlocal failed
            failed += not result.holds
            bar.update(task, advance=1, failed=f"{failed} failed" if failed else "")

        yield played


def show_failures(console: Console, results: Sequence[Result]) -> None:
    """The conversation and the difference of each story that did not hold."""
    for result in results:
        if not result.holds:
            console.print()
            for line in account(result).splitlines():
                console.print(Text(line, style=_COLOURS.get(line[:7], "")), soft_wrap=True)


def show_summary(console: Console, results: Sequence[Result], seconds: float) -> None:
    """How many held."""
    failed = sum(not result.holds for result in results)
    turns = sum(len(result.told) for result in results)
    words = f"{len(results) - failed} passed" + (f", {failed} failed" if failed else "")
    colour = "red" if failed else "green"
    console.print(f"[{colour}]{words}[/{colour}]: {len(results)} stories, {turns} turns, {seconds:.1f} s")


def show_coverage(console: Console, covered: Sequence[Covered], *, everything: bool) -> None:
    """A table of shares, then what is missing; of long lists only the beginning unless ``everything`` is wanted."""
    table = Table("", "Touched", "Of", "Share")
    for column in table.columns[1:]:
        column.justify = "right"
    for kind in covered:
        total = len(kind.all)
        table.add_row(kind.name, str(total - len(kind.missing)), str(total), f"{kind.share:.0%}")
    console.print(table)
    for kind in covered:
        if kind.missing:
            shown = kind.missing if everything else kind.missing[:_MOST_MISSING]
            more = len(kind.missing) - len(shown)
            rest = f" … and {more} more (--all)" if more else ""
            console.print(Text(f"{kind.name} that no story touches: {', '.join(shown)}{rest}"), soft_wrap=True)
