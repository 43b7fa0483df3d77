"""The store of publications: content-addressed, append-only, one manifest replaced at the end of each.

``objects/`` holds every content and every publication under its SHA-256; nothing there is ever changed. ``HEAD`` names
the newest publication and the content of every file: whoever is killed before it is replaced has published nothing,
and whoever is killed after it has published everything.
"""

from __future__ import annotations

import difflib
import fcntl
import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.publications.files import write_atomically
from bot.publications.publication import Change, Kind, Publication

# From so many files on, everything is put on the disk at once rather than file by file.
_MANY = 20


class StoreDamaged(RuntimeError):
    """What was stored can't be read back; the message says which file."""


class UnknownVersion(LookupError):
    """There is no such version of a file; the message says which there are."""


@dataclass(frozen=True)
class Head:
    """The newest publication's number (0: none yet) and id, and every file's content as SHA-256."""

    number: int = 0
    publication: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)


class Publications:
    """The publications of one data folder. Several processes may use one store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._objects = folder / "objects"

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._folder

    def head(self) -> Head:
        """What is published now.

        Raises:
            StoreDamaged: the manifest can't be read.
        """
        path = self._folder / "HEAD"
        try:
            value = json.loads(path.read_bytes())
            return Head(int(value["number"]), str(value["publication"]), dict(value["files"]))
        except FileNotFoundError:
            return Head()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreDamaged(f"{path} can't be read ({type(error).__name__}).") from error

    def content(self, digest: str) -> bytes:
        """The content with this SHA-256.

        Raises:
            StoreDamaged: it is missing, or not what it was.
        """
        path = self._path(digest)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise StoreDamaged(f"{path} can't be read ({type(error).__name__}).") from error
        if digest_of(content) != digest:
            raise StoreDamaged(f"{path} is not what was stored.")
        return content

    def published(self, path: str) -> bytes | None:
        """A file's published content; ``None`` when it is not published."""
        digest = self.head().files.get(path)
        return None if digest is None else self.content(digest)

    def publish(
        self,
        contents: Mapping[str, bytes | None],
        *,
        author: str,
        note: str = "",
        kind: Kind,
        at: datetime,
        sign: Collection[str] = (),
    ) -> Publication | None:
        """Add a publication of these contents (``None``: the file is gone).

        Args:
            contents: by path; what is published already is left out.
            author: whose doing it is.
            note: why.
            kind: how it came about.
            at: when, with a zone.
            sign: paths that are part of it even when nothing in them changed, because somebody puts their name to
                them.

        Returns:
            The publication; ``None`` when there was nothing to publish.

        Raises:
            OSError: it can't be written; what was published before still is.
            StoreDamaged: what is there can't be read.
        """
        with self._locked():
            head = self.head()
            files = dict(head.files)
            changes: dict[str, Change] = {}
            many = len(contents) > _MANY
            for path, content in sorted(contents.items()):
                before, after = files.get(path), None if content is None else digest_of(content)
                if before != after:
                    changes[path] = Change(before, after)
                    if content is not None:
                        self._keep(content, sync=not many)
                        files[path] = digest_of(content)
                    else:
                        del files[path]
            for path in sign:
                if path not in changes and path in files:
                    changes[path] = Change(self._last_different(path, files[path]), files[path])
            if not changes:
                return None
            if many:
                os.sync()
            publication = Publication(head.number + 1, head.publication, at, author, note, kind, changes)
            own_id = self._keep(publication.to_bytes())
            manifest = {"number": publication.number, "publication": own_id, "files": files}
            write_atomically(self._folder / "HEAD", json.dumps(manifest, indent=0, sort_keys=True).encode())
            return publication

    def history(self, path: str | None = None) -> Iterator[Publication]:
        """Publications, the newest first; with ``path`` those that have to do with it.

        Raises:
            StoreDamaged: one of them can't be read.
        """
        following = self.head().publication
        while following is not None:
            try:
                publication = Publication.from_bytes(self.content(following))
            except (ValueError, KeyError, TypeError) as error:
                raise StoreDamaged(f"{self._path(following)} is no publication.") from error
            if path is None or path in publication.changes:
                yield publication
            following = publication.parent

    def version(self, path: str, number: int) -> bytes | None:
        """A file's content as publication ``number`` left it; ``None`` when there was no such file then.

        Raises:
            UnknownVersion: there was no publication of that number, or none of this file up to then.
        """
        if not 1 <= number <= self.head().number:
            raise UnknownVersion(f"there is no publication {number}")
        for publication in self.history(path):
            if publication.number <= number:
                after = publication.changes[path].after
                return None if after is None else self.content(after)
        raise UnknownVersion(f"{path} was not published before publication {number}")

    def difference(self, publication: Publication, path: str | None = None) -> str:
        """What changed, as a unified diff; of one file, or of all."""
        parts: list[str] = []
        for name, change in publication.changes.items():
            if path in (None, name):
                before, after = (
                    [] if digest is None else self.content(digest).decode("utf-8", "replace").splitlines()
                    for digest in (change.before, change.after)
                )
                parts += difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
        return "\n".join(parts)

    def _last_different(self, path: str, digest: str) -> str | None:
        for publication in self.history(path):
            change = publication.changes[path]
            if change.after != digest:
                return change.after
            if change.before != digest:
                return change.before
        return None

    def _path(self, digest: str) -> Path:
        return self._objects / digest[:2] / digest[2:]

    def _keep(self, content: bytes, *, sync: bool = True) -> str:
        digest = digest_of(content)
        path = self._path(digest)
        if not path.is_file() or path.read_bytes() != content:
            write_atomically(path, content, sync=sync)
        return digest

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time. The lock goes with the process that held it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def digest_of(content: bytes) -> str:
    """The SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
