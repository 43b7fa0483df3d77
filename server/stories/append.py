"""Puts a story at the end of a file: all of it or nothing, and never in the place of what was there."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from bot import yaml_marks
from bot.publications.files import write_atomically
from bot.yaml_source import ContentError, Fault
from server.stories.loading import load_stories


def append_story(path: Path, entry: str) -> None:
    """Append an entry (YAML of a list of one story) to a file, which is made when there is none.

    Raises:
        ContentError: what is there is no story file, or has a story of that name; it stays as it is.
        OSError: it can't be written; the file stays as it is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.parent):
        before = ""
        if path.exists():
            load_stories(path)  # only what can be read is added to
            before = path.read_text(encoding="utf-8")
        text = f"{before.rstrip()}\n\n{entry}" if before.strip() else entry
        _check(path, text)
        write_atomically(path, text.encode())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two recorders never append to files of a folder at once; the lock goes with the process."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _check(path: Path, text: str) -> None:
    try:
        stories = yaml_marks.parse(text).data
        names = [story["name"] for story in stories]
    except (yaml.YAMLError, TypeError, KeyError) as error:
        raise ContentError(
            [Fault(path, 1, 1, "none can be added, as its stories are indented; begin each “- name” at the margin")]
        ) from error
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ContentError([Fault(path, 1, 1, f"it has a story called {', '.join(sorted(twice))} already")])
