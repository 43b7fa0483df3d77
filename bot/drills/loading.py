"""Scenario files, with every fault of every file at once, each at its line and column."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from bot import yaml_marks
from bot.drills.checks import ScenarioChecks
from bot.drills.faults import FaultMessages, Problem, problem
from bot.drills.scenario import Scenario
from bot.yaml_source import Fault

_SHOWN_VALUE = 30
_WANTED = {
    "str": "want_text",
    "integer": "want_number",
    "list": "want_list",
    "tuple": "want_list",
    "dict": "want_mapping",
    "date": "want_date",
}


@dataclass(frozen=True)
class LoadedFile:
    """What one file gave: a scenario, or faults that say why there is none."""

    path: Path
    scenario: Scenario | None
    faults: tuple[Fault, ...] = ()


class ScenarioLoader:
    """Reads scenario files and finds what is wrong with them."""

    def __init__(self, messages: FaultMessages, checks: ScenarioChecks) -> None:
        self._messages = messages
        self._checks = checks

    def load_file(self, path: Path) -> LoadedFile:
        """Read one file. Never raises for what stands in it."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return self._refused(path, None, [problem((), "not_text")])
        return self.load_text(text, path)

    def load_text(self, text: str, path: Path) -> LoadedFile:
        """Read one file's content; ``path`` only names it in faults."""
        try:
            parsed = yaml_marks.parse(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            message = self._messages.render(problem((), "not_yaml", detail=error.problem or error.context or ""))
            return LoadedFile(path, None, (Fault(path, line, column, message),))
        except (yaml.YAMLError, ValueError) as error:
            return self._refused(path, None, [problem((), "not_yaml", detail=error)])
        if parsed.data is None:
            return self._refused(path, parsed, [problem((), "empty")])
        if not isinstance(parsed.data, dict):
            return self._refused(path, parsed, [problem((), "not_mapping")])
        problems: list[Problem] = []
        faults = [
            Fault(
                path,
                mark.line,
                mark.column,
                self._messages.render(problem(where, "duplicate_key", key=where[-1])),
            )
            for where, mark in parsed.duplicates
        ]
        scenario: Scenario | None = None
        try:
            scenario = Scenario.parse_obj({**parsed.data, "version": _version(parsed.data)})
        except ValidationError as error:
            problems += [self._described(item, parsed.data) for item in error.errors()]
        else:
            problems += self._checks.problems(scenario)
        refused = self._refused(path, parsed, problems, faults)
        return LoadedFile(path, None if refused.faults else scenario, refused.faults)

    def duplicate(self, path: Path, scenario_id: str, other: Path) -> LoadedFile:
        """The refusal of a file whose id another file has already."""
        return self._refused(path, None, [problem((), "duplicate_id", id=scenario_id, other=other.name)])

    def _refused(
        self,
        path: Path,
        parsed: yaml_marks.Source | None,
        problems: Iterable[Problem],
        faults: Iterable[Fault] = (),
    ) -> LoadedFile:
        result = list(faults)
        for item in problems:
            mark = parsed.mark(item.path) if parsed else yaml_marks.Mark(1, 1)
            result.append(Fault(path, mark.line, mark.column, self._messages.render(item)))
        return LoadedFile(path, None, tuple(sorted(set(result))))

    def _described(self, error: Any, data: Any) -> Problem:
        """A pydantic error as a problem in the words of the people who write scenarios."""
        path = _real_path(error["loc"], data)
        kind: str = error["type"]
        context: dict[str, Any] = error.get("ctx", {})
        value = _at(data, path)
        shown = str(value)[:_SHOWN_VALUE]
        if kind == "value_error.extra":
            return problem(path, "unknown_key", key=path[-1], suggestion=self._suggestion(path, data))
        if kind == "value_error.missing":
            return problem(path, "missing", key=error["loc"][-1])
        if kind == "type_error.enum":
            allowed = "、".join(str(item.value) for item in context.get("enum_values", []))
            if isinstance(value, dict):  # a key of a mapping is meant, not its value
                return self._bad_key(path, value, context.get("enum_values", []), allowed)
            return problem(path, "bad_value", value=shown, allowed=allowed)
        if kind == "value_error.str.regex":
            return problem(path, "bad_pattern", value=shown)
        if kind in (
            "value_error.any_str.min_length",
            "value_error.list.min_items",
            "type_error.none.not_allowed",
        ):
            return problem(path, "too_short")
        if kind.startswith("value_error.number"):
            return problem(path, "out_of_range", value=shown, limits=f"{context.get('limit_value')}")
        if error["msg"] in ("scam_needs_type", "legitimate_needs_mirror"):
            return problem(("kind",), error["msg"])
        for name, wanted in _WANTED.items():
            if f".{name}" in kind:
                return problem(path, "bad_type", wanted=self._messages.render(problem((), wanted)), value=shown)
        return problem(path, "invalid", detail=error["msg"])

    def _bad_key(self, path: yaml_marks.Path, value: dict[Any, Any], members: Iterable[Enum], allowed: str) -> Problem:
        known = {member.value for member in members}
        wrong = next((key for key in value if key not in known), None)
        if wrong is None:
            return problem(path, "invalid", detail="")
        near = get_close_matches(str(wrong), known, 1, 0.5)
        suggestion = (
            self._near(near[0]) if near else self._messages.render(problem((), "unknown_key_list", known=allowed))
        )
        return problem((*path, wrong), "unknown_key", key=wrong, suggestion=suggestion)

    def _suggestion(self, path: yaml_marks.Path, data: Any) -> str:
        known = _known_keys(path[:-1])
        unused = [key for key in known if key not in _at(data, path[:-1])]
        near = get_close_matches(str(path[-1]), unused, 1, 0.5) or get_close_matches(str(path[-1]), known, 1, 0.5)
        if near:
            return self._near(near[0])
        return self._messages.render(problem((), "unknown_key_list", known="、".join(known)))

    def _near(self, key: str) -> str:
        return self._messages.render(problem((), "unknown_key_near", near=key))


def _version(data: Any) -> str:
    """A content hash: the same words give the same version wherever the file lies."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()[:12]


def _real_path(location: Iterable[Any], data: Any) -> yaml_marks.Path:
    """A pydantic location without what does not stand in the file (``__key__``, ``__root__``)."""
    path: list[Any] = []
    here = data
    for part in location:
        if part in ("__root__", "__key__"):
            break
        path.append(part)
        here = _at(here, (part,))
    return tuple(path)


def _at(data: Any, path: yaml_marks.Path) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _known_keys(path: yaml_marks.Path) -> list[str]:
    """The keys that may stand in the mapping at a path, read off the models."""
    model: type[BaseModel] = Scenario
    for part in path:
        field = model.__fields__.get(part) if isinstance(part, str) else None
        if field is not None and isinstance(field.type_, type) and issubclass(field.type_, BaseModel):
            model = field.type_
    return [name for name in model.__fields__ if not (model is Scenario and name == "version")]
