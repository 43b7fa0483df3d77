"""Publishing and going back by hand: which file is meant, whether it may go live, and who stands for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.content_check import content_faults
from bot.live.overlay import below, overlay
from bot.live.sources import look_at
from bot.publications.files import write_atomically
from bot.publications.publication import Kind, Publication
from bot.publications.store import Publications
from bot.yaml_source import Fault

_ASIDE = ".before-rollback"


class UnknownFile(LookupError):
    """No content file is meant by a name; ``known`` are names that would do."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = tuple(known)


class Refused(ValueError):
    """What was to go live is broken; ``faults`` says where."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class NotThere(LookupError):
    """In the version that was asked for, the file did not exist."""


@dataclass(frozen=True)
class RolledBack:
    """A file that is as it was. ``aside`` holds what stood there and had never been published."""

    publication: Publication
    path: Path
    aside: Path | None


class Desk:
    """Publishes files of one data folder. A server may run meanwhile; it takes over what is written here."""

    def __init__(self, data: Path, publications: Publications) -> None:
        self._data = data
        self._publications = publications

    def path_of(self, name: str) -> str:
        """The path below the data folder that a scenario's id, a file's name or a path means.

        Raises:
            UnknownFile: none, or several.
            StoreDamaged: what was published can't be read.
        """
        known = {*look_at(self._data), *self._publications.head().files}
        tried = [name, f"scenarios/{name}.yml", below(Path(name), self._data) or ""]
        for candidate in tried:
            if candidate in known:
                return candidate
        ending = [path for path in sorted(known) if path.endswith((f"/{name}", f"/{name}.yml"))]
        if len(ending) == 1:
            return ending[0]
        raise UnknownFile(name, ending or sorted(Path(path).stem for path in known if path.startswith("scenarios/")))

    def unsigned(self) -> list[str]:
        """Files that were edited since somebody last put their name to them."""
        head = self._publications.head()
        newest: dict[str, Kind] = {}
        for publication in self._publications.history():
            for path in publication.changes:
                newest.setdefault(path, publication.kind)
        saved = {path for path, kind in newest.items() if kind is Kind.SAVED and path in head.files}
        edited = {
            path
            for path in look_at(self._data)
            if path not in head.files or self._read(path) != self._publications.content(head.files[path])
        }
        return sorted(saved | edited)

    def publish(self, paths: Collection[str], *, author: str, note: str, at: datetime) -> Publication | None:
        """Put somebody's name to files as they lie there; ``None`` when there are none.

        Raises:
            Refused: one of them is broken; nothing is published.
            UnknownFile: one of them is gone.
            OSError, StoreDamaged: it can't be written down.
        """
        contents: dict[str, bytes | None] = {}
        for path in paths:
            content = self._read(path)
            if content is None:
                raise UnknownFile(path, ())
            contents[path] = content
        self._check(contents)
        return self._publications.publish(
            contents, author=author, note=note, kind=Kind.PUBLISHED, at=at, sign=list(contents)
        )

    def roll_back(self, path: str, number: int, *, author: str, note: str, at: datetime) -> RolledBack:
        """Take a file again as publication ``number`` left it; that is a publication too.

        Raises:
            UnknownVersion: there is none of that number.
            NotThere: the file did not exist then.
            Refused: what was right then is not any more, beside the other files as they are now.
            OSError, StoreDamaged: it can't be written.
        """
        content = self._publications.version(path, number)
        if content is None:
            raise NotThere(path)
        self._check({path: content})
        aside = self._put_aside(path)
        target = self._data / path
        write_atomically(target, content)
        made = self._publications.publish(
            {path: content}, author=author, note=note, kind=Kind.ROLLED_BACK, at=at, sign=[path]
        )
        assert made is not None, "what is signed is published"
        return RolledBack(made, target, aside)

    def _put_aside(self, path: str) -> Path | None:
        """Keep what stands there when the store has it not: broken, nobody published it."""
        content = self._read(path)
        digest = self._publications.head().files.get(path)
        if content is None or (digest is not None and self._publications.content(digest) == content):
            return None
        aside = self._data / (path + _ASIDE)
        write_atomically(aside, content)
        return aside

    def _check(self, contents: Mapping[str, bytes | None]) -> None:
        """Refuse contents that have faults, or bring faults to other files that had none."""
        with overlay(self._data, contents) as folder:
            found = [_told_of(fault, folder, self._data) for fault in content_faults(folder)]
        before = set(content_faults(self._data)) if found else set()
        own = {(self._data / path).resolve() for path in contents}
        faults = [fault for fault in found if fault.path.resolve() in own or fault not in before]
        if faults:
            raise Refused(faults)

    def _read(self, path: str) -> bytes | None:
        try:
            return (self._data / path).read_bytes()
        except FileNotFoundError:
            return None


def _told_of(fault: Fault, folder: Path, data: Path) -> Fault:
    """A fault found in an overlay, told of the file that staff know."""
    try:
        return replace(fault, path=data / fault.path.relative_to(folder))
    except ValueError:
        return fault
