"""Sentences that are sure to be said, spoken before anybody asks: after the start, and when drills are published."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import placeholders
from bot.drills.parts_of import narration, role_lines
from bot.drills.scenario import HEAN, Scenario
from bot.hotlines import load_hotlines
from bot.yaml_source import load_yaml
from server.fixed_lines import fixed_lines, sentences
from server.interfaces import Scenarios, Voice
from server.voice.errors import VoiceError, VoiceUnavailable

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 5.0
_BREATH_SECONDS = 0.03  # between two sentences: whoever stands there comes first
_Line = tuple[str, str]  # voice, sentence


class VoiceAhead:
    """Fills the voice's cache in the background with fixed lines and the lines of published drills."""

    def __init__(self, voice: Voice, data: Path, scenarios: Scenarios, *, rate: int) -> None:
        self._voice = voice
        self._data = data
        self._scenarios = scenarios
        self._rate = rate
        self._done: set[_Line] = set()

    async def run(self) -> None:
        """Work until cancelled. A voice that fails is asked again later; it is no reason to end."""
        fixed = [(HEAN, line.text) for line in await asyncio.to_thread(fixed_lines, self._data)]
        while True:
            await self.fill([*fixed, *self._published()])
            await asyncio.sleep(_LOOK_SECONDS)

    async def fill(self, lines: Sequence[_Line]) -> int:
        """Speak what has not been spoken yet; returns how much that was."""
        made = 0
        for line in lines:
            if line in self._done:
                continue
            speaker, text = line
            try:
                await self._voice.speak(text, rate=self._rate, voice=speaker)
            except VoiceUnavailable:
                return made  # again in a while
            except VoiceError as error:
                _log.debug("never spoken: %s", type(error).__name__)
            self._done.add(line)
            made += 1
            await asyncio.sleep(_BREATH_SECONDS)
        return made

    def _published(self) -> list[_Line]:
        hotlines = load_hotlines(self._data / "knowledge" / "hotlines.yml")
        lesson = str(load_yaml(self._data / "knowledge" / "drill.yml")["say"]["right_step"])
        lines = (
            (speaker, sentence)
            for scenario in self._scenarios.all()
            for speaker, text in _spoken(scenario, lesson)
            for sentence in sentences(hotlines.fill(text))
        )
        return list(dict.fromkeys(line for line in lines if "{" not in line[1]))


def _spoken(scenario: Scenario, lesson: str) -> Iterator[_Line]:
    """All that may be said in a drill; ``lesson`` is how what is to be learned from it is put."""
    voices = {HEAN: HEAN, **{member.id: member.voice.value for member in scenario.cast}}
    for _, line in role_lines(scenario):
        yield voices.get(line.speaker or "", scenario.cast[0].voice.value), line.text
    for _, text in narration(scenario):
        yield HEAN, text
    yield HEAN, placeholders.fill(lesson, {"advice": scenario.debrief})
