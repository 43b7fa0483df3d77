"""Rasa and the synthesiser, played: quick, and they fail on command."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from bot.drills.assembly import build_drills
from bot.drills.loading import LoadedFile
from bot.drills.previews import Previews
from bot.drills.scenario import Scenario
from bot.identifiers import Dialect, Gesture, ScamType, Stage, Verdict
from bot.live.state import ContentState
from bot.turn import (
    Answer,
    Assessment,
    Choice,
    DialectGuess,
    IntentGuess,
    Line,
    RedFlag,
    Reply,
    Turn,
)
from bot.welcome import load_words
from server.fixed_lines import sentences
from server.voice.errors import NothingToSay, VoiceUnavailable

DATA = Path(__file__).parents[1] / "data"


class PlayedScenarios:
    """The published drills of the played conversation."""

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        self._scenarios = {scenario.id: scenario for scenario in scenarios}
        self.previews = Previews()

    def read(self, text: str) -> LoadedFile:
        return build_drills(DATA).loader.load_text(text, Path("scenario.yml"))

    def all(self) -> list[Scenario]:
        return list(self._scenarios.values())

    def get(self, scenario_id: str) -> Scenario | None:
        return self._scenarios.get(scenario_id)


INTENTS = {"慢一点": "speak_slower", "快一点": "speak_faster"}


class PlayedConversation:
    """Answers with what was said and how often the session has spoken; judges whatever has 转 in it.

    ``fail`` makes the next turns raise, ``gate`` holds turns until it is set.
    """

    def __init__(self, scenarios: Sequence[Scenario] = ()) -> None:
        self.scenarios = PlayedScenarios(scenarios)
        self.said: dict[str, list[str]] = {}
        self.forgotten: list[str] = []
        self.fail: Exception | None = None
        self.gate: asyncio.Event | None = None
        self.running = False
        self.words = load_words(DATA)
        self.content = ContentState(datetime.now(timezone.utc))

    def content_state(self) -> ContentState:
        return self.content

    async def start(self) -> None:
        self.running = True

    async def stop(self) -> None:
        self.running = False

    def ready(self) -> bool:
        return self.running

    def knows(self, session_id: str) -> bool:
        return session_id in self.said

    def check(self, text: str) -> Assessment | None:
        if self.fail is not None:
            raise self.fail
        start = text.find("转")
        if start < 0:
            return None
        flag = RedFlag("transfer", "label", "转", start, start + 1)
        return Assessment(Verdict.SCAM, ScamType.POLICE, Stage.UNPAID, (flag,), ("96110",), ("advice",), 0.9)

    def dialect(self, text: str) -> DialectGuess:
        return DialectGuess(Dialect.WUU, 0.7) if "侬" in text else DialectGuess(Dialect.CMN, 0.9)

    def seen(self, text: str) -> tuple[Assessment | None, Reply]:
        return self.check(text), Reply(f"seen {len(text)}", f"seen {len(text)}")

    async def see(self, session_id: str, text: str) -> tuple[Assessment | None, Reply]:
        self.said.setdefault(session_id, []).append("a picture")
        return self.seen(text)

    def scam_name(self, scam_type: ScamType | None) -> str | None:
        return scam_type and f"name of {scam_type.value}"

    async def respond(self, turn: Turn) -> Answer:
        said = self.said.setdefault(turn.session_id, [])
        if self.gate is not None:
            await self.gate.wait()
        if self.fail is not None:
            raise self.fail
        said.append(turn.text)
        text = f"{len(said)}: {turn.text}"
        lines = (Line("hean", text, text), Line("role", "role", "role")) if "演" in turn.text else ()
        return Answer(
            turn.session_id,
            f"turn-{len(said)}-{turn.session_id}",
            Reply(text, text, (Choice("title", "text"),), Gesture.WARN, lines),
            DialectGuess(turn.dialect or Dialect.WUU, 0.9),
            IntentGuess(INTENTS.get(turn.text, "report_call"), 0.8),
            self.check(turn.text),
        )

    async def forget(self, session_id: str) -> bool:
        self.forgotten.append(session_id)
        return self.said.pop(session_id, None) is not None

    def greeting(self, kiosk_id: str | None) -> Reply:
        if self.fail is not None:
            raise self.fail
        return Reply("greeting", "greeting", (), Gesture.WAVE)


@dataclass(frozen=True)
class PlayedUtterance:
    """A tenth of a second of silence."""

    key: str
    duration_ms: int = 100
    engine: str = "played"
    voice: str = "played"
    sample_rate_hz: int = 16_000
    visemes: tuple[str, ...] = ("sil",)
    vtimes: tuple[int, ...] = (0,)
    vdurations: tuple[int, ...] = (100,)
    words: tuple[str, ...] = ("a",)
    wtimes: tuple[int, ...] = (0,)
    wdurations: tuple[int, ...] = (100,)


@dataclass(frozen=True)
class PlayedSentence:
    """Waits for ``gate``, if the voice has one for it, then speaks as the voice does."""

    voice: PlayedVoice
    text: str
    dialect: str
    rate: int
    pause_ms: float

    async def speak(self) -> PlayedUtterance:
        gate = self.voice.gates.get(self.text)
        if gate is not None:
            await gate.wait()
        if self.text in self.voice.fails_at:
            raise VoiceUnavailable("gone")
        return await self.voice.speak(self.text, dialect=self.dialect, rate=self.rate)


class PlayedVoice:
    """Writes silence. ``fail`` makes it raise, ``fails_at`` with these sentences only; ``gates`` hold sentences."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.spoken: list[tuple[str, str, int]] = []
        self.fail: Exception | None = None
        self.fails_at: set[str] = set()
        self.gates: dict[str, asyncio.Event] = {}
        self.running = False

    async def start(self) -> None:
        self.running = True

    async def stop(self) -> None:
        self.running = False

    def ready(self) -> bool:
        return self.running and self.fail is None

    async def speak(self, text: str, *, dialect: str = "cmn", rate: int = 150, voice: str = "hean") -> PlayedUtterance:
        if self.fail is not None:
            raise self.fail
        if not any(character.isalnum() for character in text):
            raise NothingToSay("nothing")
        self.spoken.append((text, dialect, rate))
        key = f"{len(self.spoken):032x}"
        with wave.open(str(self._folder / f"{key}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(16_000)
            file.writeframes(bytes(3200))
        return PlayedUtterance(key)

    async def speak_lines(self, lines: Sequence[Line], *, dialect: str = "cmn", rate: int = 150) -> PlayedUtterance:
        return await self.speak("|".join(line.speech for line in lines), dialect=dialect, rate=rate)

    async def sentences(
        self, lines: Sequence[Line], *, dialect: str = "cmn", rate: int = 150
    ) -> Sequence[PlayedSentence]:
        texts = [text for line in lines for text in sentences(line.speech)]
        last = len(texts) - 1
        return [PlayedSentence(self, text, dialect, rate, 0 if at == last else 260) for at, text in enumerate(texts)]

    def wav_path(self, key: str) -> Path | None:
        path = self._folder / f"{key}.wav"
        return path if path.exists() else None

    def wav_bytes(self, key: str) -> bytes | None:
        return b"RIFF" if key == "memory-only" else None
