"""``hean chat``: a conversation in the terminal."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.identifiers import Dialect
from bot.turn import Answer, Turn
from server.assembly import build_default_conversation
from server.commands.check import readable
from server.commands.outcome import readable_failures, settings_or_exit
from server.schemas.text import Text
from server.settings import Settings

_SESSION = "terminal"


def chat(
    why: Annotated[bool, typer.Option("--why", help="Show intent, dialect and judgement too.")] = False,
    dialect: Annotated[Dialect | None, typer.Option(help="What is spoken; detected unless given.")] = None,
) -> None:
    """Talk to He'an line by line. An empty line or Ctrl-D ends it; nothing is recorded."""
    settings = settings_or_exit()
    with readable_failures():
        asyncio.run(_talk(settings, why=why, dialect=dialect))


async def _talk(settings: Settings, *, why: bool, dialect: Dialect | None) -> None:
    typer.echo("Loading …", err=True)
    conversation = build_default_conversation(settings, lambda line: typer.echo(line, err=True))
    await conversation.start()
    try:
        typer.echo(conversation.greeting(None).text)
        while (said := await asyncio.to_thread(_line)) is not None:
            try:
                text = Text.validate(said)
            except ValueError as error:
                typer.echo(f"({error})", err=True)
                continue
            _show(await conversation.respond(Turn(_SESSION, str(text), dialect=dialect)), why=why)
    finally:
        await conversation.stop()


def _line() -> str | None:
    """What is typed next; ``None`` at the end."""
    try:
        return input("> ").strip() or None
    except EOFError:
        return None


def _show(answer: Answer, *, why: bool) -> None:
    for line in answer.reply.lines:
        typer.echo(f"[{line.speaker}] {line.text}")
    if not answer.reply.lines:
        typer.echo(answer.reply.text)
    if answer.reply.choices:
        typer.echo("  ".join(f"[{choice.title}]" for choice in answer.reply.choices))
    if why:
        heard, wanted = answer.dialect, answer.intent
        typer.echo(f"dialect     {heard.id.value} {heard.confidence:.2f}")
        typer.echo(f"intent      {wanted.name} {wanted.confidence:.2f}")
        typer.echo(readable(answer.assessment))
