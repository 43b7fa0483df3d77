"""Writes down what went live, and gives back what was live last."""

from __future__ import annotations

import getpass
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.publications.publication import Kind
from bot.publications.store import Publications, StoreDamaged, digest_of

logger = logging.getLogger(__name__)


class Recorder:
    """The publications of one data folder, in a way that never disturbs the conversation: what can't be written is
    logged and tried again with the next edit."""

    def __init__(self, data: Path, publications: Publications, now: Callable[[], datetime]) -> None:
        self._data = data
        self._publications = publications
        self._now = now

    def last_good(self, path: str) -> bytes | None:
        """What was published last of a file; ``None`` when nothing was, or it can't be read."""
        try:
            return self._publications.published(path)
        except StoreDamaged as error:
            logger.error("%s", error)
            return None

    def all_published(self) -> dict[str, bytes]:
        """Every published file; none when they can't all be read."""
        try:
            return {
                path: self._publications.content(digest) for path, digest in self._publications.head().files.items()
            }
        except StoreDamaged as error:
            logger.error("%s", error)
            return {}

    def published_paths(self) -> frozenset[str]:
        """The paths of all published files; none when they can't be read."""
        try:
            return frozenset(self._publications.head().files)
        except StoreDamaged:
            return frozenset()

    def number(self) -> int:
        """The newest publication's number."""
        try:
            return self._publications.head().number
        except StoreDamaged:
            return 0

    def record(self, contents: Mapping[str, bytes | None]) -> None:
        """Write down contents that went live (``None``: the file is gone); what was published already is left out."""
        try:
            published = self._publications.head()
            new = {
                path: content
                for path, content in contents.items()
                if published.files.get(path) != (None if content is None else digest_of(content))
            }
            made = self._publications.publish(
                new,
                author=", ".join(sorted({owner_of(self._data / path) for path in new})),
                kind=Kind.SAVED if published.number else Kind.FIRST,
                at=self._now(),
            )
            if made is not None:
                logger.info("publication %d: %s", made.number, _shortly(list(made.changes)))
        except (OSError, StoreDamaged) as error:
            logger.error("the publication can't be written down: %s", error)


def owner_of(path: Path) -> str:
    """Whose file it is: the machine knows no more of who saved it. For one that is gone, who runs the program."""
    try:
        return path.owner()
    except (KeyError, OSError):
        return user_name()


def user_name() -> str:
    """Who runs the program; the number where the account has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _shortly(paths: Sequence[str]) -> str:
    return ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")
