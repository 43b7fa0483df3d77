"""No voice at all: for places where nothing may sound, and for tests of everything else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.turn import Line
from server.interfaces import Sentence, Utterance
from server.voice.errors import VoiceUnavailable


class NoVoice:
    """Refuses to speak. Replies are then only shown, which is what the settings ask for."""

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    def ready(self) -> bool:
        """Always: silence is never broken."""
        return True

    async def speak(self, text: str, *, dialect: str = "cmn", rate: int = 150, voice: str = "hean") -> Utterance:
        """Raises :class:`VoiceUnavailable`."""
        raise VoiceUnavailable("speech is switched off")

    async def speak_lines(self, lines: Sequence[Line], *, dialect: str = "cmn", rate: int = 150) -> Utterance:
        """Raises :class:`VoiceUnavailable`."""
        raise VoiceUnavailable("speech is switched off")

    async def sentences(self, lines: Sequence[Line], *, dialect: str = "cmn", rate: int = 150) -> Sequence[Sentence]:
        """Raises :class:`VoiceUnavailable`."""
        raise VoiceUnavailable("speech is switched off")

    def wav_path(self, key: str) -> Path | None:
        """There is none."""
        return None

    def wav_bytes(self, key: str) -> bytes | None:
        """There are none."""
        return None
