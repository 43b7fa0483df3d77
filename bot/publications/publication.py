"""One publication: which files changed, from what to what, by whom, when and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class Kind(str, Enum):
    """How it came about: ``first`` what was there at the beginning, ``saved`` a file was saved and went live,
    ``published`` somebody put their name to it, ``rolled_back`` an earlier version was taken again."""

    FIRST = "first"
    SAVED = "saved"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True)
class Change:
    """One file's content before and after, as SHA-256; ``None`` where there was or is no file.

    ``before`` is the last content that was different, so that a version put under somebody's name after it went
    live still shows what is new in it.
    """

    before: str | None
    after: str | None


@dataclass(frozen=True)
class Publication:
    """``number`` counts from 1. Paths are relative to the data folder, with ``/``. ``at`` has a zone."""

    number: int
    parent: str | None
    at: datetime
    author: str
    note: str
    kind: Kind
    changes: Mapping[str, Change]

    def to_bytes(self) -> bytes:
        """As it is stored; the same publication always gives the same bytes."""
        value = {
            "number": self.number,
            "parent": self.parent,
            "at": self.at.isoformat(timespec="milliseconds"),
            "author": self.author,
            "note": self.note,
            "kind": self.kind.value,
            "changes": {
                path: {"before": change.before, "after": change.after} for path, change in sorted(self.changes.items())
            },
        }
        return json.dumps(value, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Publication:
        """What :meth:`to_bytes` made.

        Raises:
            ValueError, KeyError, TypeError: it is something else.
        """
        value: dict[str, Any] = json.loads(content)
        return cls(
            int(value["number"]),
            value["parent"],
            datetime.fromisoformat(value["at"]),
            str(value["author"]),
            str(value["note"]),
            Kind(value["kind"]),
            {path: Change(change["before"], change["after"]) for path, change in value["changes"].items()},
        )
