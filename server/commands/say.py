"""``hean say``: a sentence as a WAV file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.identifiers import Dialect
from server.assembly import build_default_voice
from server.commands.outcome import fail, readable_failures, settings_or_exit
from server.settings import Settings
from server.voice.errors import VoiceError


def say(
    text: Annotated[str, typer.Argument(help="What to say.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="WAV file to write.")] = Path("say.wav"),
    dialect: Annotated[Dialect, typer.Option(help="How to pronounce it.")] = Dialect.CMN,
    rate: Annotated[int, typer.Option(help="Words per minute.", min=80, max=300)] = 150,
) -> None:
    """Speak a sentence into a WAV file."""
    settings = settings_or_exit()
    with readable_failures():
        try:
            sound = asyncio.run(_speak(settings, text, dialect, rate))
        except VoiceError as error:
            raise fail(f"It can't be spoken: {error}.") from error
    try:
        output.write_bytes(sound)
    except OSError as error:
        raise fail(f"{output} can't be written: {error.strerror}.") from error
    typer.echo(f"Wrote {output} ({len(sound)} bytes).")


async def _speak(settings: Settings, text: str, dialect: Dialect, rate: int) -> bytes:
    voice = build_default_voice(settings)
    await voice.start()
    try:
        utterance = await voice.speak(text, dialect=dialect.value, rate=rate)
        path = voice.wav_path(utterance.key)
        sound = path.read_bytes() if path is not None else voice.wav_bytes(utterance.key)
    finally:
        await voice.stop()
    if sound is None:
        raise fail("The sound is gone already. Is the disk full?")
    return sound
