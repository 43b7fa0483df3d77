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
# Models of one name that are kept, the present one among them.
KEPT_MODELS = 3


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """A hash of files' names and bytes and of further strings (versions of the training code).

    Where the files lie does not matter: a copy of the content elsewhere is served by the same models.
    """
    digest = hashlib.sha256()
    for part in extra:
        digest.update(part.encode())
    for name, content in sorted((path.name, _digest(path)) for path in set(paths)):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def _digest(path: Path) -> bytes:
    # What is missing is somebody else's to complain about.
    return hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""


def is_trained(folder: Path, name: str, key: str) -> bool:
    """Whether :func:`load_or_train` would find the model."""
    return (folder / f"{name}-{key}.joblib").is_file()


def load_or_train(folder: Path, name: str, key: str, train: Callable[[], T]) -> T:
    """Load ``<name>-<key>.joblib`` from ``folder``, or train it and keep it there for next time.

    A damaged file is trained anew; a folder that can't be written only costs the next start some seconds. The last
    few of the same name stay, so that going back to an earlier text costs no training.
    """
    path = folder / f"{name}-{key}.joblib"
    if path.is_file():
        try:
            loaded: T = joblib.load(path)
            path.touch()
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
        for old in sorted(folder.glob(f"{name}-*.joblib"), key=lambda file: file.stat().st_mtime)[:-KEPT_MODELS]:
            old.unlink(missing_ok=True)
    except OSError:
        pass
    return model
