"""Records written beside the conversation: a reply never waits for the disk and never fails with it."""

from __future__ import annotations

import logging
import queue
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from functools import partial
from threading import Event, Thread
from time import monotonic

from bot.turn import Answer, Turn
from server.records.records import Records

_log = logging.getLogger(__name__)
_Job = Callable[[], object]


class RecordsWriter:
    """Takes the same calls as :class:`Records`, returns at once, and writes in order on a thread of its own.

    A database that is locked or full is tried again after each of ``retry_seconds``; what can't be written then
    is given up and counted through ``failed``. ``stop`` writes what waits, for up to ``drain_seconds``.
    """

    def __init__(
        self,
        records: Records,
        *,
        queue_size: int = 10_000,
        start_seconds: float = 5.0,
        drain_seconds: float = 10.0,
        retry_seconds: Sequence[float] = (0.2, 0.5, 1.0, 2.0),
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        self._records = records
        self._queue: queue.Queue[_Job | Event | None] = queue.Queue(queue_size)
        self._start_seconds = start_seconds
        self._drain_seconds = drain_seconds
        self._retry_seconds = retry_seconds
        self._failed = failed
        self._failing = False
        self._stopping = Event()
        self._deadline = float("inf")
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to write. Blocks until the tables are ready or given up, for at most ``start_seconds``."""
        self._stopping.clear()
        self._deadline = float("inf")
        self._thread = Thread(target=self._run, name="records", daemon=True)
        self._thread.start()
        self._put(self._records.migrate)
        self.flush(self._start_seconds)

    def stop(self) -> None:
        """Write what waits and close the file. Blocks up to ``drain_seconds``."""
        if self._thread is None:
            return
        self._deadline = monotonic() + self._drain_seconds
        self._stopping.set()
        try:
            self._queue.put(None, timeout=self._drain_seconds)
        except queue.Full:
            _log.error("records are still waiting for the disk; the last ones are lost")
        self._thread.join(max(0.0, self._deadline - monotonic()) + 1.0)
        if self._thread.is_alive():
            self._gave_up(TimeoutError())
        self._thread = None

    def ready(self) -> bool:
        """Whether records can be written. Blocks shortly: call it off the event loop."""
        return self._thread is not None and not self._failing and self._records.ready()

    def waiting(self) -> int:
        """Records that are not written yet."""
        return self._queue.qsize()

    def flush(self, timeout: float = 10.0) -> bool:
        """Wait until everything put before is written or given up. ``False`` when that takes too long."""
        done = Event()
        self._put(done)
        return done.wait(timeout)

    def session_started(self, session_id: str, kiosk_id: str | None, at: datetime) -> None:
        """See :meth:`Records.session_started`."""
        self._put(partial(self._records.session_started, session_id, kiosk_id, at))

    def session_ended(self, session_id: str, at: datetime, reason: str) -> None:
        """See :meth:`Records.session_ended`."""
        self._put(partial(self._records.session_ended, session_id, at, reason))

    def turn(self, turn: Turn, answer: Answer, at: datetime, latency_ms: float) -> None:
        """See :meth:`Records.turn`."""
        self._put(partial(self._records.turn, turn, answer, at, latency_ms))

    def played(self, turn_id: str, at: datetime, ms: float) -> None:
        """See :meth:`Records.played`."""
        self._put(partial(self._records.played, turn_id, at, ms))

    def purge(self, older_than_days: int) -> None:
        """Delete what is older than that many days; 0 deletes nothing."""
        if older_than_days:
            self._put(partial(self._records.purge, datetime.now(timezone.utc) - timedelta(days=older_than_days)))

    def _put(self, job: _Job | Event) -> None:
        try:
            self._queue.put_nowait(job)
        except queue.Full as error:
            self._gave_up(error)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            if isinstance(job, Event):
                job.set()
            else:
                self._write(job)
        self._records.close()

    def _write(self, job: _Job) -> None:
        delays = iter(self._retry_seconds)
        while True:
            try:
                job()
            except (sqlite3.OperationalError, OSError) as error:
                delay = next(delays, None)
                if delay is None or monotonic() + delay > self._deadline:
                    self._gave_up(error)
                    return
                self._stopping.wait(delay)
            except Exception as error:
                self._gave_up(error)
                return
            else:
                if self._failing:
                    _log.warning("records are written again")
                self._failing = False
                return

    def _gave_up(self, error: Exception) -> None:
        """Count every failure, log the first of a row, and only its kind: its message may quote a value."""
        self._failed()
        if not self._failing:
            _log.error("records can't be written: %s; conversations go on", type(error).__name__)
        self._failing = True
