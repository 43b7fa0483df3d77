"""What the server asks of the conversation, the voice and the records: what does this can be passed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.drills.loading import LoadedFile
from bot.drills.previews import Previews
from bot.drills.scenario import Scenario
from bot.identifiers import ScamType
from bot.live.state import ContentState
from bot.turn import Answer, Assessment, DialectGuess, Line, Reply, Turn
from bot.welcome import Words
from server.hearing.ears import Heard
from server.hearing.recording import Recording


class Scenarios(Protocol):
    """The published drills."""

    @property
    def previews(self) -> Previews:
        """Which visit tries which drill."""
        ...

    def read(self, text: str) -> LoadedFile:
        """Check the text of a scenario that is not published."""
        ...

    def all(self) -> list[Scenario]:
        """Every published scenario."""
        ...

    def get(self, scenario_id: str) -> Scenario | None:
        """One scenario, ``None`` when there is none of that id."""
        ...


class Conversation(Protocol):
    """Text in, reply out."""

    @property
    def scenarios(self) -> Scenarios:
        """The published drills."""
        ...

    @property
    def words(self) -> Words:
        """Greetings, choices, tips and words for a failure, as they are written now."""
        ...

    def content_state(self) -> ContentState:
        """How the content stands: what is live, what is refused."""
        ...

    async def start(self) -> None:
        """Load the model. Raises ``ModelMissing`` with what to do when there is none."""
        ...

    async def stop(self) -> None:
        """Let everything go."""
        ...

    def ready(self) -> bool:
        """Whether turns can be answered."""
        ...

    async def respond(self, turn: Turn) -> Answer:
        """The answer to one turn."""
        ...

    def check(self, text: str) -> Assessment | None:
        """Judge one message without a conversation; ``None`` when there is nothing to judge."""
        ...

    def dialect(self, text: str) -> DialectGuess:
        """Which dialect the words of a text tell."""
        ...

    def seen(self, text: str) -> tuple[Assessment | None, Reply]:
        """Judge what was read on a picture, and the words for it."""
        ...

    async def see(self, session_id: str, text: str) -> tuple[Assessment | None, Reply]:
        """The same in a visit, which goes on in the light of it."""
        ...

    def scam_name(self, scam_type: ScamType | None) -> str | None:
        """What residents call a kind of fraud; ``None`` without one and for ``other``."""
        ...

    async def forget(self, session_id: str) -> bool:
        """Forget a session; whether it was known."""
        ...

    def knows(self, session_id: str) -> bool:
        """Whether there is a state of this session."""
        ...

    def greeting(self, kiosk_id: str | None) -> Reply:
        """What to say to somebody who has just come."""
        ...


class Utterance(Protocol):
    """Speech in a WAV, and when each mouth shape and each character comes. Times in milliseconds."""

    @property
    def key(self) -> str: ...
    @property
    def duration_ms(self) -> float: ...
    @property
    def engine(self) -> str: ...
    @property
    def voice(self) -> str: ...
    @property
    def sample_rate_hz(self) -> int: ...
    @property
    def visemes(self) -> Sequence[str]: ...
    @property
    def vtimes(self) -> Sequence[float]: ...
    @property
    def vdurations(self) -> Sequence[float]: ...
    @property
    def words(self) -> Sequence[str]: ...
    @property
    def wtimes(self) -> Sequence[float]: ...
    @property
    def wdurations(self) -> Sequence[float]: ...


class Sentence(Protocol):
    """A sentence that is about to be spoken. ``pause_ms`` of silence belong behind it."""

    @property
    def pause_ms(self) -> float: ...

    async def speak(self) -> Utterance:
        """Speak it. Raises when it can't."""
        ...


class Voice(Protocol):
    """Text in, speech out."""

    async def start(self) -> None:
        """Start the synthesiser."""
        ...

    async def stop(self) -> None:
        """Stop the synthesiser."""
        ...

    def ready(self) -> bool:
        """Whether it can speak."""
        ...

    async def speak(self, text: str, *, dialect: str = "cmn", rate: int = 150, voice: str = "hean") -> Utterance:
        """Speak a text. Raises when it can't."""
        ...

    async def speak_lines(self, lines: Sequence[Line], *, dialect: str = "cmn", rate: int = 150) -> Utterance:
        """Speak several speakers' lines, joined. Raises when it can't."""
        ...

    async def sentences(self, lines: Sequence[Line], *, dialect: str = "cmn", rate: int = 150) -> Sequence[Sentence]:
        """The same lines, to be spoken one sentence after the other. Raises when there is nothing to say."""
        ...

    def wav_path(self, key: str) -> Path | None:
        """The WAV of an utterance, ``None`` when it is gone or could not be written."""
        ...

    def wav_bytes(self, key: str) -> bytes | None:
        """The WAV from memory, ``None`` when it is gone."""
        ...


class Ears(Protocol):
    """A recording in, words and dialect out."""

    async def start(self) -> None:
        """Load the model. Raises ``HearingUnavailable`` with a sentence for whoever set it up."""
        ...

    async def stop(self) -> None:
        """Let the model go."""
        ...

    def ready(self) -> bool:
        """Whether a recording would be written down."""
        ...

    async def hear(self, recording: Recording) -> Heard:
        """Write down one recording. Raises ``HearingUnavailable``."""
        ...


class Records(Protocol):
    """Where turns are kept. Every call returns at once and never raises."""

    def start(self) -> None:
        """Begin to write."""
        ...

    def stop(self) -> None:
        """Write what still waits. Blocks."""
        ...

    def ready(self) -> bool:
        """Whether records can be written. Blocks shortly."""
        ...

    def session_started(self, session_id: str, kiosk_id: str | None, at: datetime) -> None:
        """A visit began."""
        ...

    def session_ended(self, session_id: str, at: datetime, reason: str) -> None:
        """A visit ended."""
        ...

    def turn(self, turn: Turn, answer: Answer, at: datetime, latency_ms: float) -> None:
        """A turn was answered."""
        ...

    def played(self, turn_id: str, at: datetime, ms: float) -> None:
        """A screen played a turn's speech."""
        ...

    def purge(self, older_than_days: int) -> None:
        """Delete what is older."""
        ...
