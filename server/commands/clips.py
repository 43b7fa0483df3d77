"""``hean clips``: recordings of volunteers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.identifiers import Dialect
from server.commands.outcome import readable_failures, settings_or_exit

app = typer.Typer(help="Recordings of volunteers: what to record, and whether it is good.", no_args_is_help=True)


@app.callback()
def clips() -> None:
    """Recordings of volunteers."""


@app.command("list")
def list_clips(
    dialect: Annotated[Dialect, typer.Option(help="Whose recordings.")] = Dialect.WUU,
    every: Annotated[bool, typer.Option("--all", help="Also what is recorded and checked already.")] = False,
) -> None:
    """List the lines that are worth recording in a dialect, the most important first, with counts by kind."""
    from server.fixed_lines import KINDS, fixed_lines
    from server.voice.clips.checks import load_messages
    from server.voice.clips.manifest import load_clips

    data = settings_or_exit().bot.data_dir
    with readable_failures():
        messages = load_messages(data / "voice" / "clip_messages.yml")
        lines = fixed_lines(data)
        recorded = {clip.text: clip.checked for clip in load_clips(data / "voice" / "clips") if clip.dialect is dialect}
    console = Console()
    table = Table(title=messages.text("list_title", dialect=dialect.value))
    for column in messages.texts["list_columns"]:
        table.add_column(column, overflow="fold")  # Chinese has no blanks to wrap at
    for line in lines:
        state = {None: "missing", False: "recorded", True: "checked"}[recorded.get(line.text)]
        if every or state != "checked":
            table.add_row(messages.kind(line.kind), line.text, messages.text(f"state_{state}"))
    console.print(table)
    total = Counter(line.kind for line in lines)
    had = Counter(line.kind for line in lines if line.text in recorded)
    good = Counter(line.kind for line in lines if recorded.get(line.text))
    for kind in KINDS:
        if total[kind]:
            counts = {"lines": total[kind], "recorded": had[kind], "checked": good[kind]}
            console.print(messages.text("list_count", kind=messages.kind(kind), **counts))
    console.print(messages.text("list_how", folder=data / "voice" / "clips" / dialect.value))


@app.command("check")
def check_clips(
    folder: Annotated[Path | None, typer.Argument(help="Folder of recordings; data/voice/clips by default.")] = None,
) -> None:
    """Check every recording: format, length, loudness, silence at both ends. Status 1 when one has to be mended."""
    from server.fixed_lines import fixed_lines
    from server.voice.clips.checks import check_clips as faults_of
    from server.voice.clips.checks import load_messages
    from server.voice.clips.manifest import load_clips

    data = settings_or_exit().bot.data_dir
    with readable_failures():
        messages = load_messages(data / "voice" / "clip_messages.yml")
        found = load_clips(folder or data / "voice" / "clips")
        lines = {line.text for line in fixed_lines(data)}
    if not found:
        typer.echo(messages.text("check_nothing"))
        return
    faults = list(faults_of(found, lines, messages))
    for fault in faults:
        typer.echo(f"{fault.clip.path}: {fault.clip.text}: {fault.message}")
    for clip in found:
        if not clip.checked:
            typer.echo(f"{clip.path}: {clip.text}: {messages.text('unchecked')}")
    if faults:
        typer.echo(messages.text("check_faults", clips=len(found), faults=len(faults)))
        raise typer.Exit(1)
    typer.echo(messages.text("check_good", clips=len(found), checked=sum(clip.checked for clip in found)))
