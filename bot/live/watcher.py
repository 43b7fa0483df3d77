"""A thread that looks at files beside the turns, so that a turn looks at none."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

logger = logging.getLogger(__name__)


class Watcher:
    """Calls ``looks`` one after another, again and again. What one of them raises keeps no other from looking."""

    def __init__(self, looks: Sequence[Callable[[], None]], *, every_seconds: float) -> None:
        self._looks = tuple(looks)
        self._every_seconds = every_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="content", daemon=True)

    def start(self) -> None:
        """Begin; once only."""
        self._thread.start()

    def stop(self) -> None:
        """End and wait for the look that is under way."""
        self._ended.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=30)

    def _run(self) -> None:
        while not self._ended.wait(self._every_seconds):
            for look in self._looks:
                try:
                    look()
                except Exception as error:
                    logger.error("looking at the content failed: %s: %s", type(error).__name__, error)
