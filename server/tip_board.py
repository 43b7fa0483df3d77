"""The tips of the attract loop, read anew when staff have saved them."""

from __future__ import annotations

from pathlib import Path

from bot.hotlines import load_hotlines
from bot.tips import Tips, load_tips


class TipBoard:
    """Keeps the last good state of ``tips.yml``."""

    def __init__(self, data: Path) -> None:
        """Raises: ContentError: the tips can't be used."""
        self._data = data
        self._path = data / "tips.yml"
        self._read = self._stamp()
        self.current: Tips = self._load()

    def refresh(self) -> None:
        """Read the file if it has changed.

        Raises:
            ContentError: it is broken, told once; ``current`` stays as it was.
        """
        stamp = self._stamp()
        if stamp != self._read:
            self._read = stamp
            self.current = self._load()

    def _load(self) -> Tips:
        return load_tips(self._path, load_hotlines(self._data / "knowledge" / "hotlines.yml"))

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size
