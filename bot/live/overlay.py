"""The data folder as it would be with some files replaced by their last good version."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def overlay(data: Path, contents: Mapping[str, bytes | None]) -> Iterator[Path]:
    """A folder that looks like ``data`` but for ``contents`` (path below it → bytes, ``None``: no such file).

    All else are links, so it is made in a moment; it is gone afterwards.
    """
    folder = Path(tempfile.mkdtemp(prefix="hean-content-"))
    try:
        touched = {path.split("/", 1)[0] for path in contents}
        for entry in sorted(data.resolve().iterdir()):
            if entry.name in touched and entry.is_dir():
                _link_files(entry, folder / entry.name)
            else:
                (folder / entry.name).symlink_to(entry)
        for path, content in contents.items():
            target = folder / path
            target.unlink(missing_ok=True)
            if content is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _link_files(source: Path, target: Path) -> None:
    target.mkdir()
    for entry in source.iterdir():
        if entry.is_dir():
            _link_files(entry, target / entry.name)
        else:
            (target / entry.name).symlink_to(entry)


def below(path: Path, data: Path) -> str | None:
    """A path below the data folder, with ``/``; ``None`` when it lies elsewhere."""
    try:
        return path.resolve().relative_to(data.resolve()).as_posix()
    except ValueError:
        return None
