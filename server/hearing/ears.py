"""The ears as the rest of the server uses them: a recording in, words and dialect out, beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter

from bot.identifiers import Dialect
from bot.turn import DialectGuess
from server.hearing.level import has_sound
from server.hearing.recogniser import HearingUnavailable, Recogniser, Transcript
from server.hearing.recording import Recording
from server.hearing.regions import Regions, combined


@dataclass(frozen=True)
class Heard:
    """What was said. Empty ``text``: nothing was. ``latency_ms`` is the time from the request to the words."""

    text: str
    dialect: DialectGuess
    engine: str
    latency_ms: float


class Ears:
    """Writes down recordings one after the other and forgets each at once.

    ``dialect_of`` guesses by words. ``most_waiting`` bounds how many recordings may wait for those before.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        regions: Regions,
        dialect_of: Callable[[str], DialectGuess],
        *,
        timeout_seconds: float,
        most_waiting: int = 4,
    ) -> None:
        self._recogniser = recogniser
        self._regions = regions
        self._dialect_of = dialect_of
        self._timeout_seconds = timeout_seconds
        self._most_waiting = most_waiting
        self._waiting = 0
        self._thread: ThreadPoolExecutor | None = None

    async def start(self) -> None:
        """Load the model. Raises :class:`HearingUnavailable` with a sentence for whoever set it up."""
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="ears")
        await asyncio.get_running_loop().run_in_executor(self._thread, self._recogniser.start)

    async def stop(self) -> None:
        """Let the model go. What is being written down fails with :class:`HearingUnavailable`."""
        thread, self._thread = self._thread, None
        await asyncio.to_thread(self._recogniser.stop)
        if thread is not None:
            await asyncio.to_thread(thread.shutdown)

    def ready(self) -> bool:
        """Whether a recording sent now would be written down."""
        return self._thread is not None and self._recogniser.ready()

    async def hear(self, recording: Recording) -> Heard:
        """Write down one recording.

        Raises:
            HearingUnavailable: there is no recogniser right now, too many wait for it, or it takes too long.
        """
        thread = self._thread
        if thread is None or not self._recogniser.ready():
            raise HearingUnavailable("the recogniser is not started")
        if self._waiting >= self._most_waiting:
            raise HearingUnavailable("too many recordings wait already")
        started = perf_counter()
        self._waiting += 1
        try:
            listening = asyncio.get_running_loop().run_in_executor(thread, self._listen, recording)
            text, dialect = await asyncio.wait_for(listening, self._timeout_seconds)
        except (asyncio.TimeoutError, RuntimeError) as error:
            raise HearingUnavailable("the recogniser took too long or was stopped") from error
        finally:
            self._waiting -= 1
        return Heard(text, dialect, self._recogniser.name, round((perf_counter() - started) * 1000, 1))

    def _listen(self, recording: Recording) -> tuple[str, DialectGuess]:
        said = self._recogniser.recognise(recording) if has_sound(recording) else Transcript("")
        if not any(character.isalnum() for character in said.text):
            return "", DialectGuess(Dialect.UNKNOWN, 0.0)
        return said.text, combined(self._regions.of_sound(said.marks), self._dialect_of(said.text))
