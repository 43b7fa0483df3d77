"""The files that a conversation is made of, and what an edit of each of them asks for."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

# Everything of the data folder that is published; sounds of speech, measurements and stories are not.
FOLDERS = ("knowledge", "scenarios", "dialects", "examples", "nlu", "rules")
_UNDERSTANDING = ("dialects/lexicon/", "dialects/sentences/", "knowledge/evidence/")
_UNDERSTANDING_FILES = frozenset(f"knowledge/{name}.yml" for name in ("spellings", "homophones", "negation", "deeds"))
_EXAMPLES = ("examples/", "nlu/")

Mark = tuple[int, int, int]
Marks = Mapping[str, Mark]


def look_at(data: Path, known: Marks | None = None) -> Marks:
    """Every content file by its path below ``data``, with time of change, size and number; nothing is read.

    With ``known``, what is only learnt from is taken from there: these are most of the files, and an edit of them is
    live only after a training anyway.
    """
    marks: dict[str, Mark] = {}
    if known is not None:
        marks = {path: mark for path, mark in known.items() if path.startswith(_EXAMPLES)}
    for folder in FOLDERS:
        if known is not None and f"{folder}/" in _EXAMPLES:
            continue
        _look_into(f"{data}/{folder}", folder, marks)
    return marks


def _look_into(folder: str, name: str, marks: dict[str, Mark]) -> None:
    # Several times a second beside the turns: ``Path.rglob`` would take five times as long.
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                path = f"{name}/{entry.name}"
                if entry.is_dir():
                    _look_into(entry.path, path, marks)
                elif entry.name.endswith(".yml"):
                    with contextlib.suppress(OSError):  # deleted between listing and looking
                        status = entry.stat()
                        marks[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    except OSError:  # no such folder, or not any more
        return


def mark_of(path: Path) -> Mark | None:
    """One file's time of change, size and number; ``None`` when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def changed(before: Marks, now: Marks) -> frozenset[str]:
    """Files that are new, gone or not what they were."""
    return frozenset(path for path in {*before, *now} if before.get(path) != now.get(path))


def scenarios_only(paths: Iterable[str]) -> bool:
    """Whether nothing but drills is concerned, which are taken over one by one."""
    return all(path.startswith("scenarios/") for path in paths)


def needs_understanding(paths: Iterable[str]) -> bool:
    """Whether dialect and evidence have to be set up anew."""
    return any(path.startswith(_UNDERSTANDING) or path in _UNDERSTANDING_FILES for path in paths)


def concerns_examples(paths: Iterable[str]) -> bool:
    """Whether what the small models learn from has changed."""
    return any(path.startswith(_EXAMPLES) for path in paths)
