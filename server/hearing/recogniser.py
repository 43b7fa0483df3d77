"""What a speech recogniser is to the rest of the program: a protocol and the values that pass through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from server.hearing.recording import Recording


class HearingUnavailable(Exception):
    """There is no recogniser right now. The message says what is missing; it never holds what was said."""


@dataclass(frozen=True)
class Transcript:
    """What was said, and the ``marks`` that the model set beside it: language and region, outermost first."""

    text: str
    marks: tuple[str, ...] = ()


class Recogniser(Protocol):
    """A speech recogniser. All methods block and may be called from any thread."""

    @property
    def name(self) -> str:
        """Short name, as it is told to clients."""

    def start(self) -> None:
        """Load the model. Raises :class:`HearingUnavailable` with a sentence for whoever set it up."""

    def stop(self) -> None:
        """Give up all resources. Harmless when called twice."""

    def ready(self) -> bool:
        """Whether a recording sent now would be written down. Does not block."""

    def recognise(self, recording: Recording) -> Transcript:
        """Write down one recording. Raises :class:`HearingUnavailable`. Empty text: nothing was said."""
