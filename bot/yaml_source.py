"""YAML content with line numbers: every fault names file, line and column so that staff can go there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one content file. ``line`` and ``column`` count from 1."""

    path: Path
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class ContentError(ValueError):
    """Content that can't be used; ``faults`` says where and why, one line each."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path) -> Any:
    """Read one YAML file.

    Raises:
        ContentError: the file is missing, not UTF-8, or not YAML; with the place of the fault.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Fault(path, 1, 1, str(error))]) from error
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ContentError([Fault(path, line, column, error.problem or "not YAML")]) from error
    except yaml.YAMLError as error:
        raise ContentError([Fault(path, 1, 1, str(error))]) from error


def load_folder(folder: Path) -> dict[Path, Any]:
    """Read every ``*.yml`` of a folder, by sorted path. All faults of all files are raised at once."""
    contents: dict[Path, Any] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            contents[path] = load_yaml(path)
        except ContentError as error:
            faults.extend(error.faults)
    if faults:
        raise ContentError(faults)
    return contents
