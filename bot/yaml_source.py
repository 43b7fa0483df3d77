"""YAML content with line numbers: every fault names file, line and column so that staff can go there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from bot import yaml_marks
from bot.identifiers import Dialect, Gesture, ScamType, Stage, Verdict


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one content file. ``line`` and ``column`` count from 1.

    ``message`` is for programmers. ``code`` and ``values`` name the sentence that staff read in its place, see
    :mod:`bot.fault_sentences`; without a code the message is that sentence already.
    """

    path: Path
    line: int
    column: int
    message: str
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class ContentError(ValueError):
    """Content that can't be used; ``faults`` says where and why, one line each."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Wrong(ValueError):
    """A value that can't be used, with the code of the sentence that tells staff so."""

    def __init__(self, message: str, code: str, **values: object) -> None:
        super().__init__(message)
        self.code = code
        self.values = _as_values(values)


def _as_values(values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in values.items())


def sentence(value: Any) -> str:
    """A text as it stands in a file. ``记住: 打110`` without quotes is a mapping to YAML; nobody is to hear its braces.

    Raises:
        Wrong: it is no text.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Wrong(f"{value!r} is no text", "no_sentence")
    return str(value)


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
            [
                Fault(path, mark.line, mark.column, f"{where[-1]} is there twice", "twice", (("key", str(where[-1])),))
                for where, mark in source.duplicates
            ]
        )
    return source


def load_marked_folder(folder: Path) -> dict[Path, yaml_marks.Source]:
    """Read every ``*.yml`` of a folder with its places, by sorted path. All faults of all files are raised at once."""
    sources: dict[Path, yaml_marks.Source] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            sources[path] = load_marked(path)
        except ContentError as error:
            faults.extend(error.faults)
    if faults:
        raise ContentError(faults)
    return sources


@contextmanager
def _unreadable_is_a_fault(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        code = "not_text" if isinstance(error, UnicodeDecodeError) else "unreadable"
        raise ContentError([Fault(path, 1, 1, str(error), code)]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = error.problem or "not YAML"
        raise ContentError([Fault(path, line, column, problem, "not_yaml", (("detail", problem),))]) from error
    except (yaml.YAMLError, ValueError) as error:  # a date such as 2026-13-01 is a ValueError
        raise ContentError([Fault(path, 1, 1, str(error), "not_yaml", (("detail", str(error)),))]) from error


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

    def fault(
        self,
        path: Path,
        source: yaml_marks.Source,
        where: yaml_marks.Path,
        message: str,
        code: str = "",
        **values: object,
    ) -> None:
        """Something wrong at a place; a path that does not exist is the nearest thing around it."""
        mark = source.mark(where)
        name = ".".join(str(part) for part in where)
        self.faults.append(
            Fault(path, mark.line, mark.column, f"{name}: {message}" if name else message, code, _as_values(values))
        )

    def entries(self, path: Path, source: yaml_marks.Source) -> list[tuple[Any, Any]]:
        """The entries of a file that must be a mapping; none, and a fault, when it is something else."""
        if isinstance(source.data, dict):
            return list(source.data.items())
        self.fault(path, source, (), "expected a mapping, one “key: value” a line", "not_mapping")
        return []

    def items(self, path: Path, source: yaml_marks.Source) -> list[tuple[int, Any]]:
        """The numbered items of a file that must be a list or empty; none, and a fault, when it is something else."""
        if isinstance(source.data, list):
            return list(enumerate(source.data))
        if source.data is not None:
            self.fault(path, source, (), "expected a list, each item after “- ”", "not_list")
        return []

    def require(self, path: Path, present: Collection[str], needed: Iterable[str]) -> None:
        """One fault that names everything that is needed and not there."""
        missing = [name for name in dict.fromkeys(needed) if name not in present]
        if missing:
            names = ", ".join(missing)
            self.faults.append(Fault(path, 1, 1, f"missing: {names}", "missing", (("names", names),)))

    @contextmanager
    def at(self, path: Path, source: yaml_marks.Source, *where: Any) -> Iterator[None]:
        """Whatever can't be read within becomes a fault at ``where``."""
        try:
            yield
        except KeyError as error:
            self.fault(path, source, where, f"lacks {error.args[0]}", "lacks", key=error.args[0])
        except Wrong as error:
            self.fault(path, source, where, str(error), error.code, **dict(error.values))
        except ValueError as error:
            place, code, values = _explained(source, where, error)
            self.fault(path, source, place, str(error), code, **values)
        except (TypeError, AttributeError) as error:
            self.fault(path, source, where, f"is not of the expected form ({error})", "wrong_form")


_NOT_VALID = re.compile(r"'?(.*?)'? is not a valid (\w+)")
_ENUMS: dict[str, type[Enum]] = {enum.__name__: enum for enum in (Dialect, Gesture, ScamType, Stage, Verdict)}


def _explained(
    source: yaml_marks.Source, where: yaml_marks.Path, error: ValueError
) -> tuple[yaml_marks.Path, str, dict[str, object]]:
    """Place, code and values of a ValueError; an enumeration's names the value, so its very place can be found."""
    found = _NOT_VALID.fullmatch(str(error))
    enum = _ENUMS.get(found.group(2)) if found else None
    if found is None or enum is None:
        return where, "wrong_value", {}
    value = found.group(1)
    places = [path for path in source.marks if path[: len(where)] == where and _stands_at(source.data, path, value)]
    allowed = "、".join(str(member.value) for member in enum)
    return (min(places, key=len) if places else where), "bad_value", {"value": value, "allowed": allowed}


def _stands_at(data: Any, path: yaml_marks.Path, value: str) -> bool:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
    return str(data) == value or (bool(path) and str(path[-1]) == value)
