"""So many a minute and no more: for what would let somebody try out numbers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock
from time import monotonic

from bot.practice.cards import TooManyTries

_A_MINUTE = 60.0


class Tries:
    """Counts what was noted within the last minute. Safe from any thread."""

    def __init__(self, most: int, *, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._noted: deque[float] = deque()
        self._lock = Lock()

    def check(self) -> None:
        """Let nobody on while there were too many.

        Raises:
            TooManyTries: with the seconds until the next one.
        """
        with self._lock:
            now = self._clock()
            while self._noted and now - self._noted[0] >= _A_MINUTE:
                self._noted.popleft()
            if len(self._noted) >= self._most:
                raise TooManyTries(_A_MINUTE - (now - self._noted[0]))

    def note(self) -> None:
        """Count one."""
        with self._lock:
            self._noted.append(self._clock())
