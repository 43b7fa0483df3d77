"""One worker that is kept: started when needed, asked one thing after another, replaced when it fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from server.worker.process import Worker, WorkerFailed

_log = logging.getLogger(__name__)
_ATTEMPTS = 2


class KeptWorker:
    """Asks a worker, and another one when it fails. Safe to share: who comes later waits."""

    def __init__(self, make: Callable[[], Worker], *, seconds: float) -> None:
        """``make`` gives a worker that has said hello, or raises what the caller shall see; ``seconds`` is how long
        one answer may take before the process is killed."""
        self._make = make
        self._seconds = seconds
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._running = False

    def start(self) -> None:
        """Make the worker; what ``make`` raises leaves it stopped."""
        with self._lock:
            self._running = True
            try:
                self._made()
            except Exception:
                self._running = False
                raise

    def stop(self) -> None:
        """End the process, even while it is at work."""
        self._running = False
        worker = self._worker
        if worker is not None:
            worker.kill()
        with self._lock:
            self._drop()

    @property
    def running(self) -> bool:
        """Whether it was started. A process that died since is replaced when it is needed."""
        return self._running

    @property
    def pid(self) -> int | None:
        """Process id of the worker, for health reports and tests."""
        return self._worker.pid if self._worker is not None else None

    def ask(self, request: dict[str, Any], payload: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """Have one request answered after those that came before.

        Raises:
            WorkerFailed: it is stopped, or failed again after it was replaced.
        """
        reason = "it is not started"
        with self._lock:
            for _ in range(_ATTEMPTS):
                if not self._running:
                    break
                worker = self._made()
                try:
                    return worker.ask(request, self._seconds, payload)
                except WorkerFailed as error:
                    reason = str(error)
                    _log.warning("worker process %d is replaced: %s", worker.pid, reason)
                    self._drop()
        raise WorkerFailed(reason)

    def _made(self) -> Worker:
        if self._worker is None or not self._worker.alive():
            self._drop()
            self._worker = self._make()
        return self._worker

    def _drop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
