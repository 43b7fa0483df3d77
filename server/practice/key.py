"""The secret that turns card numbers into hashes: made once, readable by the server's user only."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

BYTES = 32


class KeyDamaged(RuntimeError):
    """The file is not what was once written; with another secret no card would be found again."""


def read_key(path: Path) -> bytes:
    """The secret of a file.

    Raises:
        FileNotFoundError: no card was ever made.
        OSError, KeyDamaged: it can't be used.
    """
    key = path.read_bytes()
    if len(key) != BYTES:
        raise KeyDamaged(f"{path} is damaged: {len(key)} bytes instead of {BYTES}")
    return key


def make_key(path: Path) -> bytes:
    """The secret of a file, made now if there is none. Whole or not there, whoever else makes it and whatever dies.

    Raises:
        OSError, KeyDamaged: it can't be written or used.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(BYTES))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(name, path)  # never over one that is there
        finally:
            os.unlink(name)
    return read_key(path)
