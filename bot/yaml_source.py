"""YAML content with line numbers: every fault names file, line and column so that staff can go there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot import yaml_marks


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
    with _unreadable_is_a_fault(path):
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


def load_marked(path: Path) -> yaml_marks.Source:
    """Read one YAML file and remember where everything stood.

    Raises:
        ContentError: the file can't be read, or a key stands in one place twice.
    """
    with _unreadable_is_a_fault(path):
        source = yaml_marks.parse(path.read_text(encoding="utf-8"))
    if source.duplicates:
        raise ContentError(
            [Fault(path, mark.line, mark.column, f"{where[-1]} is there twice") for where, mark in source.duplicates]
        )
    return source


@contextmanager
def _unreadable_is_a_fault(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Fault(path, 1, 1, str(error))]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ContentError([Fault(path, line, column, error.problem or "not YAML")]) from error
    except (yaml.YAMLError, ValueError) as error:  # a date such as 2026-13-01 is a ValueError
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


@dataclass
class Reading:
    """Collects what is wrong while content becomes values, so that staff see all of it at once."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, source: yaml_marks.Source, where: yaml_marks.Path, message: str) -> None:
        """Something wrong at a place; a path that does not exist is the nearest thing around it."""
        mark = source.mark(where)
        name = ".".join(str(part) for part in where)
        self.faults.append(Fault(path, mark.line, mark.column, f"{name}: {message}" if name else message))

    def entries(self, path: Path, source: yaml_marks.Source) -> list[tuple[Any, Any]]:
        """The entries of a file that must be a mapping; none, and a fault, when it is something else."""
        if isinstance(source.data, dict):
            return list(source.data.items())
        self.fault(path, source, (), "expected a mapping, one “key: value” a line")
        return []

    def require(self, path: Path, present: Collection[str], needed: Iterable[str]) -> None:
        """One fault that names everything that is needed and not there."""
        missing = [name for name in dict.fromkeys(needed) if name not in present]
        if missing:
            self.faults.append(Fault(path, 1, 1, f"missing: {', '.join(missing)}"))

    @contextmanager
    def at(self, path: Path, source: yaml_marks.Source, *where: Any) -> Iterator[None]:
        """Whatever can't be read within becomes a fault at ``where``."""
        try:
            yield
        except KeyError as error:
            self.fault(path, source, where, f"lacks {error.args[0]}")
        except ValueError as error:
            self.fault(path, source, where, str(error))
        except (TypeError, AttributeError) as error:
            self.fault(path, source, where, f"is not of the expected form ({error})")
