"""What a speech synthesizer is to the rest of the program: a protocol and the values that pass through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Token:
    """One thing to pronounce.

    ``text`` is a tone-numbered pinyin syllable (``huan2``), one Hanzi (Cantonese) or a lower-case Latin word.
    ``pause`` is the punctuation that follows: ``""``, ``","``, ``"."``, ``"?"`` or ``"!"``. ``written`` is the same in
    Hanzi or Latin letters, for engines with a reading of their own; of tokens that are written as one, the first has
    it all.
    """

    text: str
    pause: str = ""
    written: str = field(default="", compare=False)


# Engines that read for themselves read full-width punctuation.
_WRITTEN_MARKS = {"": "", ",": "\uff0c", ".": "\u3002", "?": "\uff1f", "!": "\uff01"}


def in_writing(tokens: Sequence[Token]) -> str:
    """The tokens as one text in Hanzi and full-width punctuation, for engines with a reading of their own."""
    return "".join(token.written + _WRITTEN_MARKS[token.pause] for token in tokens)


@dataclass(frozen=True)
class Delivery:
    """How to say it: espeak-ng's voice id, words per minute, pitch and tone range (each 0 to 100).

    ``speaker`` and ``dialect`` say who speaks to whom, for engines with voices of their own; ``language`` is what is
    spoken to that dialect, a value of ``server.voice.reading.Language``.
    """

    voice_id: str
    rate: int
    pitch: int
    range: int
    speaker: str = "hean"
    dialect: str = "cmn"
    language: str = "mandarin"


@dataclass(frozen=True)
class Phoneme:
    """One phoneme in IPA from ``start_ms`` until the next one starts. An empty ``ipa`` is silence."""

    start_ms: int
    ipa: str


@dataclass(frozen=True)
class Sound:
    """What the synthesizer made of some tokens.

    ``pcm`` is 16-bit little-endian mono. ``token_starts_ms`` has one entry a token; ``None`` where the
    synthesizer spoke several tokens as one word, for all but the first of them.
    """

    pcm: bytes
    sample_rate_hz: int
    phonemes: tuple[Phoneme, ...]
    token_starts_ms: tuple[int | None, ...]

    @property
    def duration_ms(self) -> float:
        """Length of the sound in milliseconds."""
        return len(self.pcm) / 2 * 1000 / self.sample_rate_hz


class Engine(Protocol):
    """Something that speaks: a synthesizer, or recordings. All methods may be called from any thread."""

    @property
    def name(self) -> str:
        """Short name, as it is told to clients."""

    @property
    def version(self) -> str:
        """Changes when the same tokens may sound different. Part of every cache key."""

    def start(self) -> None:
        """Get ready to speak. Raises :class:`~server.voice.errors.VoiceUnavailable`."""

    def stop(self) -> None:
        """Give up all resources. Harmless when called twice."""

    def ready(self) -> bool:
        """Whether an utterance asked for now would be spoken. Does not block."""

    def says(self, tokens: Sequence[Token], delivery: Delivery) -> bool:
        """Whether this is something that it can say at all. Does not block."""

    def voice_of(self, delivery: Delivery) -> str:
        """The voice that would speak, as it is told to clients."""

    def synthesize(self, tokens: Sequence[Token], delivery: Delivery) -> Sound:
        """Speak ``tokens`` (at least one). Blocks; raises :class:`~server.voice.errors.VoiceUnavailable`."""
