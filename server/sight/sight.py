"""Reading pictures for the server: one at a time, with a limit on time and on how many wait."""

from __future__ import annotations

import asyncio
import logging
import threading

from server.faults import describe
from server.sight.picture import Fault, UnusablePicture
from server.sight.reader import MISSING, ReaderMissing
from server.sight.sheet import Sheet
from server.worker.process import Worker, WorkerFailed

_log = logging.getLogger(__name__)
_WORKER = "server.sight.sight_worker"
_ATTEMPTS = 2
_START_SECONDS = 60.0


class SightUnavailable(Exception):
    """Pictures can't be read at this moment; trying again later may help."""


class SightBusy(SightUnavailable):
    """Too many pictures wait already."""


class Sight:
    """Reads pictures in a process of its own, started when it is first needed and anew should it die.

    Neither that process nor this one writes a picture, or what stands on it, to disk or log.

    Args:
        enabled: whether this installation reads pictures at all.
        most_waiting: how many may wait for the one that is being read.
        seconds: how long a picture may take, from its turn on; after that the process is ended.
    """

    def __init__(self, *, enabled: bool, most_waiting: int, seconds: float) -> None:
        self._enabled = enabled
        self._most_waiting = most_waiting
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._stopped = False

    async def warm_up(self) -> None:
        """Load the models before they are needed. Never raises: whoever sends a picture is told what is wrong."""
        if not self._enabled:
            return
        try:
            async with self._turn:
                await asyncio.to_thread(self._loaded)
        except Exception as error:
            _log.warning("pictures can't be read: %s", describe(error))

    async def stop(self) -> None:
        """End the process, even while it reads."""
        self._stopped = True
        await asyncio.to_thread(self._drop)

    def worker_pid(self) -> int | None:
        """Process id of the reader, for health reports and tests; ``None`` while there is none."""
        worker = self._worker
        return worker.pid if worker is not None else None

    async def read(self, data: bytes) -> Sheet:
        """Read one picture; pictures are read in the order they came.

        Raises:
            server.sight.picture.UnusablePicture: the bytes can't be used.
            ReaderMissing: this installation has no reader.
            SightBusy: too many wait already.
            SightUnavailable: it took too long, or the process died twice.
        """
        if not self._enabled:
            raise ReaderMissing("switched off")
        if self._waiting > self._most_waiting:
            raise SightBusy
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(self._read, data)
        finally:
            self._waiting -= 1

    def _read(self, data: bytes) -> Sheet:
        for _ in range(_ATTEMPTS):
            worker = self._loaded()
            try:
                answer, _payload = worker.ask({}, self._seconds, data)
            except WorkerFailed as error:
                _log.warning("the reader's process %d is replaced: %s", worker.pid, error)
                self._drop()
                continue
            if "fault" in answer:
                raise UnusablePicture(Fault(answer["fault"]))
            return Sheet.unpacked(answer["sheet"])
        raise SightUnavailable("the reader failed")

    def _loaded(self) -> Worker:
        with self._lock:
            if self._stopped:
                raise SightUnavailable("the reader is stopped")
            if self._worker is not None and self._worker.alive():
                return self._worker
            try:
                worker = self._worker = Worker(_WORKER)
            except OSError as error:
                raise SightUnavailable("the reader's process can't be started") from error
        try:
            worker.greet(_START_SECONDS)
        except WorkerFailed as error:
            self._drop()
            raise (ReaderMissing if str(error) == MISSING else SightUnavailable)(str(error)) from error
        return worker

    def _drop(self) -> None:
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
