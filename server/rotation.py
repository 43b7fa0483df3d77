"""Texts taken in turn, so that nobody hears the same words twice in a row."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count


class Rotation:
    """Takes texts in turn. ``texts`` is asked each time: they may be edited while the server runs."""

    def __init__(self, texts: Callable[[], tuple[str, ...]]) -> None:
        self._texts = texts
        self._next = count()

    def take(self) -> str:
        """The next text."""
        texts = self._texts()
        return texts[next(self._next) % len(texts)]
