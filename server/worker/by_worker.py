"""What does its work in one process that is kept: the part that model voices and recognisers have in common."""

from __future__ import annotations

from collections.abc import Callable

from server.worker.kept import KeptWorker
from server.worker.process import Worker


class ByWorker:
    """Started, stopped and asked whether it is ready; the work itself is asked of ``self._worker``."""

    def __init__(self, make: Callable[[], Worker], *, seconds: float) -> None:
        """See :class:`server.worker.kept.KeptWorker`."""
        self._worker = KeptWorker(make, seconds=seconds)

    def start(self) -> None:
        """Load what is needed in a process of its own. Raises what making the worker raises."""
        self._worker.start()

    def stop(self) -> None:
        """End the process, even while it is at work."""
        self._worker.stop()

    def ready(self) -> bool:
        """Whether it was started. A process that died since is started anew when it is needed."""
        return self._worker.running

    def worker_pid(self) -> int | None:
        """Process id of the worker, for health reports and tests."""
        return self._worker.pid
