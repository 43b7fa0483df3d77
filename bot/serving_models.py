"""Which trained Rasa model serves, which served before it, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

from bot.publications.files import write_atomically
from bot.trained import KEPT_MODELS


class ModelMissing(RuntimeError):
    """There is no usable model; the message says what to run."""


class ServingModels:
    """The models of a folder. ``serving.json`` names them in the order in which they began to serve, and those that
    were rolled back; a running server takes over what is named last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def pointer(self) -> Path:
        """The file that changes when another model is to serve."""
        return self._folder / "serving.json"

    def current(self) -> Path:
        """The model that serves; without a pointer the newest of the folder.

        Raises:
            ModelMissing: there is none.
        """
        known = self.kept()
        if not known:
            raise ModelMissing(
                f"There is no model in {self._folder}/ yet. Run `make run` or `hean train` to train one."
            )
        return known[-1]

    def kept(self) -> list[Path]:
        """The models that are there, the one that serves last; without those that were rolled back."""
        names, refused = self._read()
        found = {path.name: path for path in sorted(self._folder.glob("*.tar.gz"), key=lambda p: p.stat().st_mtime)}
        unnamed = [path for name, path in found.items() if name not in names and name not in refused]
        return [*unnamed, *(found[name] for name in names if name in found)]

    def refused(self, path: Path) -> bool:
        """Whether a model was rolled back."""
        return path.name in self._read()[1]

    def serve(self, path: Path) -> None:
        """Let a model serve from now on, and remove those that are older than the last few.

        Raises:
            OSError: it can't be written down; what served before serves on.
        """
        names, refused = self._read()
        self._write(
            [*(name for name in names if name != path.name), path.name], [name for name in refused if name != path.name]
        )
        for old in self.kept()[:-KEPT_MODELS]:
            old.unlink(missing_ok=True)

    def roll_back(self) -> Path:
        """Let the model serve that served before; it is returned.

        Raises:
            ModelMissing: no earlier one is kept.
        """
        known = self.kept()
        if len(known) < 2:
            raise ModelMissing("No earlier model is kept: there is nothing to go back to.")
        _, refused = self._read()
        self._write([path.name for path in known[:-1]], [*refused, known[-1].name])
        return known[-2]

    def _read(self) -> tuple[list[str], list[str]]:
        try:
            value = json.loads(self.pointer.read_bytes())
            return [str(name) for name in value["served"]], [str(name) for name in value["rolled_back"]]
        except (OSError, ValueError, KeyError, TypeError):
            return [], []

    def _write(self, served: list[str], rolled_back: list[str]) -> None:
        there = [name for name in served if (self._folder / name).is_file()]
        value = {"served": there, "rolled_back": [name for name in rolled_back if (self._folder / name).is_file()]}
        write_atomically(self.pointer, json.dumps(value, indent=1).encode())
