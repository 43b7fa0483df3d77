"""Small models that are trained from content in seconds and kept by a fingerprint of what they came from.

The Rasa model is trained by ``rasa train``; these are not part of it, because texts are also judged without a
conversation. They are made anew when their sources changed and otherwise loaded.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import joblib

T = TypeVar("T")


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """A hash of files' names and bytes and of further strings (versions of the training code)."""
    digest = hashlib.sha256()
    for part in extra:
        digest.update(part.encode())
    for path in sorted(paths):
        digest.update(path.name.encode())
        if path.is_file():  # what is missing is somebody else's to complain about
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def load_or_train(folder: Path, name: str, key: str, train: Callable[[], T]) -> T:
    """Load ``<name>-<key>.joblib`` from ``folder``, or train it and keep it there for next time.

    A damaged file is trained anew; a folder that can't be written only costs the next start some seconds. Older
    files of the same name are removed.
    """
    path = folder / f"{name}-{key}.joblib"
    if path.is_file():
        try:
            loaded: T = joblib.load(path)
            return loaded
        except Exception:
            pass
    model = train()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        os.close(handle)
        joblib.dump(model, temporary)
        os.replace(temporary, path)
        for old in folder.glob(f"{name}-*.joblib"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        pass
    return model
