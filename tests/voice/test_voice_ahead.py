"""What is sure to be said is ready before anybody asks: fixed lines and drills as they are published."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from played import PlayedScenarios, PlayedVoice

from bot.drills.assembly import build_drills
from bot.drills.scenario import Scenario
from bot.hotlines import load_hotlines
from server.fixed_lines import fixed_lines, sentences
from server.voice.cache import SpeechCache
from server.voice.errors import VoiceUnavailable
from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Reader
from server.voice.voice import Voice
from server.voice.voices import Voices
from server.voice_ahead import VoiceAhead

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def published() -> list[Scenario]:
    return build_drills(DATA).catalog.all()


def test_published_lines_are_spoken_once(tmp_path: Path, published: list[Scenario]) -> None:
    voice = PlayedVoice(tmp_path)
    shown = PlayedScenarios(published[:1])
    ahead = VoiceAhead(voice, DATA, shown, rate=150)  # type: ignore[arg-type]
    first = ahead._published()
    cast = {member.voice.value for member in published[0].cast}
    assert cast & {voice for voice, _ in first} and {voice for voice, _ in first} <= {*cast, "hean"}
    assert not [text for _, text in first if "{" in text]

    async def run() -> tuple[int, int, int]:
        made = await ahead.fill(first)
        again = await ahead.fill(first)
        ahead._scenarios = PlayedScenarios(published[:2])  # type: ignore[assignment]
        return made, again, await ahead.fill(ahead._published())

    made, again, later = asyncio.run(run())
    assert (made, again) == (len(first), 0)
    assert later > 0
    assert len(voice.spoken) == made + later


def test_a_voice_that_is_gone_is_asked_again(tmp_path: Path) -> None:
    voice = PlayedVoice(tmp_path)
    ahead = VoiceAhead(voice, DATA, PlayedScenarios(()), rate=150)  # type: ignore[arg-type]
    lines = [("hean", line.text) for line in fixed_lines(DATA)[:5]]

    async def run() -> tuple[int, int]:
        voice.fail = VoiceUnavailable("gone")
        before = await ahead.fill(lines)
        voice.fail = None
        return before, await ahead.fill(lines)

    assert asyncio.run(run()) == (0, 5)


def test_what_is_made_ahead_is_what_is_said_later(
    tmp_path: Path, engine: Pyttsx3Engine, reader: Reader, voices: Voices, published: list[Scenario]
) -> None:
    """Sentence for sentence, in whatever reply it stands: nothing of the beginning of a drill has to be made."""
    drills = build_drills(DATA, fill=load_hotlines(DATA / "knowledge" / "hotlines.yml").fill)
    _, begun = drills.engine.begin(published[0], "run")
    voice = Voice([engine], reader, voices, SpeechCache(tmp_path, max_bytes=10**8))

    async def run() -> list[bool]:
        await voice.start()
        ahead = VoiceAhead(voice, DATA, PlayedScenarios(published[:1]), rate=150)  # type: ignore[arg-type]
        said = {sentence for line in begun.lines for sentence in sentences(line.speech)}
        fixed = [("hean", line.text) for line in fixed_lines(DATA) if line.text in said]
        await ahead.fill([*fixed, *(line for line in ahead._published() if line[1] in said)])
        kept = {path.stem for path in tmp_path.glob("*.wav")}
        return [(await each.speak()).key in kept for each in await voice.sentences(begun.lines)]

    found = asyncio.run(run())
    assert len(found) > 4
    assert all(found), found
