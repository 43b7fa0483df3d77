"""One worker process, seen from the server: asked one thing at a time, and killed when it takes too long."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from server.worker.frames import StreamBroken, read_frame, write_frame

_REPOSITORY = Path(__file__).resolve().parents[2]


class WorkerFailed(Exception):
    """A worker died, hung, or gave an answer that is not for the question."""


class Worker:
    """A process that runs ``module`` and answers frames (:mod:`server.worker.frames`). Used by one thread at a time.

    It says ``{"hello": version}`` once it is ready, answers ``{"id": …}`` with the same id, and tells a failure as
    ``{"error": sentence}``. Raises ``OSError`` when no process can be started.
    """

    def __init__(self, module: str, arguments: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(_REPOSITORY)},
        )
        self._count = 0
        self.version: str | None = None

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def greet(self, seconds: float) -> None:
        """Wait until the process is ready. Raises :class:`WorkerFailed`."""
        if self.version is None:
            hello, _ = self._within(seconds)
            if "hello" not in hello:
                raise WorkerFailed(str(hello.get("error", "it did not say hello")))
            self.version = str(hello["hello"])

    def ask(self, request: dict[str, Any], seconds: float, payload: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """Have one request answered. Raises :class:`WorkerFailed`; the worker is of no use after that."""
        self._count += 1
        assert self._process.stdin is not None
        try:
            write_frame(self._process.stdin, {"id": self._count, **request}, payload)
        except StreamBroken as error:
            raise WorkerFailed(f"the worker is gone: {error}") from error
        answer, sound = self._within(seconds)
        if answer.get("id") != self._count:
            raise WorkerFailed("the answer belongs to another question")
        if "error" in answer:
            raise WorkerFailed(str(answer["error"]))
        return answer, sound

    def kill(self) -> None:
        """End the process now."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not flushed had nobody left to read it
                    stream.close()

    def _within(self, seconds: float) -> tuple[dict[str, Any], bytes]:
        # Killing the process is what ends a read that would wait for ever.
        watchdog = threading.Timer(seconds, self._process.kill)
        watchdog.daemon = True
        watchdog.start()
        assert self._process.stdout is not None
        try:
            return read_frame(self._process.stdout)
        except StreamBroken as error:
            raise WorkerFailed(f"the worker ended or hung: {error}") from error
        finally:
            watchdog.cancel()
