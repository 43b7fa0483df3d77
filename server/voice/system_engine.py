"""The voice that the operating system has: pyttsx3 on SAPI5 (Windows) or NSSS (macOS). Linux has none."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from server.voice.alignment import aligned
from server.voice.engine import Delivery, Sound, Token, in_writing
from server.voice.errors import VoiceUnavailable
from server.voice.sound import samples_of
from server.worker.by_worker import ByWorker
from server.worker.process import Worker, WorkerFailed

_WORKER = "server.voice.system_worker"
_DRIVERS = {"win32": "sapi5", "darwin": "nsss"}
_OWN_SPEAKER = "hean"


class SystemEngine(ByWorker):
    """See :class:`server.voice.engine.Engine`. Speaks Mandarin as the digital human herself.

    The roles of a drill are left to the next engine, so that they sound like somebody else. ``driver`` is pyttsx3's
    name of a driver, this system's own unless given; ``seconds`` is how long a sentence may take before its process is
    killed, ``start_seconds`` how long its start may.
    """

    name = "system"

    def __init__(self, driver: str | None = None, *, seconds: float = 20.0, start_seconds: float = 20.0) -> None:
        self._driver = driver or _DRIVERS.get(sys.platform)
        self._start_seconds = start_seconds
        super().__init__(self._loaded, seconds=seconds)
        self._version = ""

    @property
    def version(self) -> str:
        """The driver and the name of the system's voice; known once started."""
        return self._version

    def says(self, tokens: Sequence[Token], delivery: Delivery) -> bool:
        """Mandarin, of her own."""
        return delivery.language == "mandarin" and delivery.speaker == _OWN_SPEAKER

    def voice_of(self, delivery: Delivery) -> str:
        """The driver and the name of the system's voice."""
        return self._version

    def synthesize(self, tokens: Sequence[Token], delivery: Delivery) -> Sound:
        """Speak. A process that fails is replaced and asked again."""
        request = {"text": in_writing(tokens), "rate": delivery.rate}
        try:
            answer, pcm = self._worker.ask(request)
        except WorkerFailed as error:
            raise VoiceUnavailable(f"the system's voice failed: {error}") from error
        return aligned(samples_of(pcm), int(answer["sample_rate_hz"]), tokens)

    def _loaded(self) -> Worker:
        if self._driver is None:
            raise VoiceUnavailable("this system has no voice of its own that pyttsx3 knows: leave out `system`")
        try:
            worker = Worker(_WORKER, [self._driver])
        except OSError as error:
            raise VoiceUnavailable(f"the process of the system's voice can't be started: {error.strerror}") from error
        try:
            worker.greet(self._start_seconds)
        except WorkerFailed as error:
            worker.kill()
            raise VoiceUnavailable(f"the system's voice can't be used: {error}") from error
        self._version = str(worker.version)
        return worker
