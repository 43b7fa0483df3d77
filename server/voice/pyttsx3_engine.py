"""The default synthesizer: pyttsx3 on espeak-ng, in worker processes of its own.

Two workers run. Should one hang or die, the other speaks at once while a new one starts (about 0.2 s), and
the utterance that was lost is asked for again.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from server.voice.engine import Delivery, Phoneme, Sound, Token
from server.voice.errors import VoiceUnavailable
from server.voice.espeak_text import EspeakText, espeak_text
from server.worker.process import Worker, WorkerFailed

_log = logging.getLogger(__name__)
_WORKER = "server.voice.pyttsx3_worker"


class Pyttsx3Engine:
    """Speaks with pyttsx3. See :class:`server.voice.engine.Engine`.

    ``seconds`` is how long one utterance may take before its worker is killed, ``start_seconds`` how long a
    new worker may take to start, ``attempts`` how often an utterance is tried on ever new workers.
    """

    name = "pyttsx3"

    def __init__(
        self, *, workers: int = 2, seconds: float = 5.0, start_seconds: float = 10.0, attempts: int = 5
    ) -> None:
        self._wanted = workers
        self._seconds = seconds
        self._start_seconds = start_seconds
        self._attempts = attempts
        self._version = ""
        self._idle: queue.Queue[Worker | None] = queue.Queue()  # None: stopped, pass it on
        self._workers: set[Worker] = set()
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None  # None: not running

    @property
    def version(self) -> str:
        """pyttsx3's and espeak-ng's versions, known once started."""
        return self._version

    def start(self) -> None:
        """Start the workers and wait for them. Raises :class:`VoiceUnavailable` when none comes up."""
        with self._lock:
            if self._threads is not None:
                return
            # One thread a worker: utterances are spoken in the order in which they were asked for.
            self._threads = ThreadPoolExecutor(self._wanted, thread_name_prefix="synthesizer")
        greeted: list[Worker] = []
        for _ in range(self._wanted + self._attempts):
            worker = self._take()
            try:
                worker.greet(self._start_seconds)
            except WorkerFailed as error:
                self._replace(worker, str(error))
                continue
            greeted.append(worker)
            if len(greeted) == self._wanted:
                break
        if not greeted:
            self.stop()
            raise VoiceUnavailable("the speech synthesizer did not start; the log says why")
        self._version = f"{_pyttsx3_version()}/espeak-ng {greeted[0].version}"
        for worker in greeted:
            self._give_back(worker)

    def stop(self) -> None:
        """End all workers."""
        with self._lock:
            threads, self._threads = self._threads, None
            workers, self._workers = self._workers, set()
            self._idle.put(None)
            self._idle = queue.Queue()
        if threads is not None:
            threads.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()

    def ready(self) -> bool:
        """Whether started and at least one worker lives. When none does, new ones are on their way."""
        with self._lock:
            threads = self._threads
            if threads is None or not self._version:
                return False
            if any(worker.alive() for worker in self._workers):
                return True
        with suppress(RuntimeError):  # stopped just now
            threads.submit(self._revive)
        return False

    def worker_pids(self) -> list[int]:
        """Process ids of the workers, for health reports and tests."""
        with self._lock:
            return [worker.pid for worker in self._workers]

    def says(self, tokens: Sequence[Token], delivery: Delivery) -> bool:
        """Everything."""
        return True

    def voice_of(self, delivery: Delivery) -> str:
        """espeak-ng's voice id."""
        return delivery.voice_id

    def synthesize(self, tokens: Sequence[Token], delivery: Delivery) -> Sound:
        """Speak, after what was asked for before. A worker that fails is replaced and asked again."""
        with self._lock:
            threads = self._threads
        if threads is None:
            raise VoiceUnavailable("the speech synthesizer is not started")
        try:
            return threads.submit(self._speak, tokens, delivery).result()
        except (CancelledError, RuntimeError) as error:
            if isinstance(error, VoiceUnavailable):
                raise
            raise VoiceUnavailable("the speech synthesizer was stopped") from error

    def _speak(self, tokens: Sequence[Token], delivery: Delivery) -> Sound:
        written = espeak_text(tokens)
        request = {
            "text": written.text,
            "voice": delivery.voice_id,
            "rate": delivery.rate,
            "pitch": delivery.pitch,
            "range": delivery.range,
        }
        reason = "no attempt"
        for _ in range(self._attempts):
            worker = self._take()
            try:
                worker.greet(self._start_seconds)
                answer, pcm = worker.ask(request, self._seconds)
                sound = _sound(answer, pcm, written)
            except WorkerFailed as error:
                reason = str(error)
                self._replace(worker, reason)
                continue
            except BaseException:
                self._replace(worker, "an unexpected error")
                raise
            self._give_back(worker)
            return sound
        raise VoiceUnavailable(f"the speech synthesizer failed {self._attempts} times, last: {reason}")

    def _take(self) -> Worker:
        with self._lock:
            if self._threads is None:
                raise VoiceUnavailable("the speech synthesizer is not started")
            idle = self._idle
        self._fill_up()
        try:
            worker = idle.get(timeout=self._seconds * self._attempts + self._start_seconds)
        except queue.Empty:
            raise VoiceUnavailable("the speech synthesizer is too busy") from None
        if worker is None:
            idle.put(None)
            raise VoiceUnavailable("the speech synthesizer was stopped")
        return worker

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker in self._workers:
                self._idle.put(worker)

    def _fill_up(self) -> None:
        """Start workers until as many run as are wanted. Raises when there is none and none can be started."""
        with self._lock:
            while self._threads is not None and len(self._workers) < self._wanted:
                try:
                    worker = Worker(_WORKER)
                except OSError as error:
                    if self._workers:
                        return
                    raise VoiceUnavailable(f"no speech worker can be started: {error.strerror}") from error
                self._workers.add(worker)
                self._idle.put(worker)

    def _revive(self) -> None:
        worker = self._take()
        if worker.alive():
            self._give_back(worker)
        else:
            self._replace(worker, "it died while idle")

    def _replace(self, worker: Worker, reason: str) -> None:
        with self._lock:
            running = self._threads is not None
            self._workers.discard(worker)
        if running:  # at the end all workers die in the middle of a word, and that is nobody's fault
            _log.warning("speech worker %d is replaced: %s", worker.pid, reason)
        worker.kill()
        self._fill_up()


def _sound(answer: dict[str, Any], pcm: bytes, written: EspeakText) -> Sound:
    """Check that the answer speaks of the text that was asked for, and tie word times to tokens."""
    starts: list[int | None] = [None] * len(written.spans)
    for at_ms, position in answer["words"]:
        index = written.token_at(position)
        if index is None:
            raise WorkerFailed("a word was spoken that was not asked for")
        if starts[index] is None:
            starts[index] = at_ms
    if starts[0] is None:
        starts[0] = 0
    spoken_apart = [index for index, (start, end) in enumerate(written.spans) if end - start > 1]
    if any(starts[index] is None for index in spoken_apart):
        raise WorkerFailed("a syllable that was asked for was not spoken")
    phonemes = tuple(Phoneme(at_ms, ipa) for at_ms, ipa in answer["phonemes"])
    return Sound(pcm, answer["sample_rate_hz"], phonemes, tuple(starts))


def _pyttsx3_version() -> str:
    from importlib.metadata import version

    return f"pyttsx3 {version('pyttsx3')}"
