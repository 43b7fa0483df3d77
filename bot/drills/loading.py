"""Scenario files, with every fault of every file at once, each at its line and column."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bot import yaml_marks
from bot.drills.checks import ScenarioChecks
from bot.drills.faults import FaultMessages, Problem, problem
from bot.drills.form_faults import FormFaults
from bot.drills.mending import mend
from bot.drills.scenario import Scenario
from bot.drills.yaml_slips import slips
from bot.yaml_source import Fault


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
        self._form = FormFaults(messages.render)

    def load_file(self, path: Path) -> LoadedFile:
        """Read one file. Never raises for what stands in it."""
        try:
            content = path.read_bytes()
        except OSError:
            return self._refused(path, None, [problem((), "unreadable")])
        return self.load_bytes(content, path)

    def load_bytes(self, content: bytes, path: Path) -> LoadedFile:
        """Read one file's content as it lies on the disk."""
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            return self._refused(path, None, [problem((), "not_text")])
        return self.load_text(text, path)

    def load_text(self, text: str, path: Path) -> LoadedFile:
        """Read one file's content; ``path`` only names it in faults."""
        try:
            parsed = yaml_marks.parse(text)
        except yaml.MarkedYAMLError as error:
            return LoadedFile(path, None, self._unreadable(error, text, path))
        except (yaml.YAMLError, ValueError) as error:
            return self._refused(path, None, [problem((), "not_yaml", detail=error)])
        if parsed.data is None:
            return self._refused(path, parsed, [problem((), "empty")])
        if not isinstance(parsed.data, dict):
            return self._refused(path, parsed, [problem((), "not_mapping")])
        faults = [
            Fault(
                path,
                mark.line,
                mark.column,
                self._messages.render(problem(where, "duplicate_key", key=where[-1])),
            )
            for where, mark in parsed.duplicates
        ]
        mended = mend(parsed.data)
        problems = list(self._form.problems(mended.faults))
        if mended.scenario is not None:
            problems += [
                replace(found, path=mended.in_file(found.path))
                for found in self._checks.problems(mended.scenario)
                if not mended.repeats(found.path)
            ]
        refused = self._refused(path, parsed, problems, faults)
        if refused.faults or mended.scenario is None:
            return refused
        return LoadedFile(path, mended.scenario.copy(update={"version": _version(parsed.data)}))

    def _unreadable(self, error: yaml.MarkedYAMLError, text: str, path: Path) -> tuple[Fault, ...]:
        found = [Fault(path, mark.line, mark.column, self._messages.render(slip)) for mark, slip in slips(text)]
        marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
        # What is not closed is noticed at the end of the file, below its last line: where it was opened says more.
        mark = next((mark for mark in marks if mark.line < len(text.splitlines())), None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if not any(fault.line in (line - 1, line) for fault in found):  # else it is what the slip leads to
            message = self._messages.say("not_yaml", detail=error.problem or error.context or "")
            found.append(Fault(path, line, column, message))
        return tuple(sorted(found))

    def duplicate(self, path: Path, scenario_id: str, other: Path) -> LoadedFile:
        """The refusal of a file whose id another file has already."""
        return self._refused(path, None, [problem((), "duplicate_id", id=scenario_id, other=other.name)])

    def misnamed(self, path: Path, scenario_id: str) -> Fault:
        """The fault of a file that is not named after its id."""
        message = self._messages.say("file_name", id=scenario_id, name=path.stem)
        return Fault(path, 1, 1, message)

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


def _version(data: Any) -> str:
    """A content hash: the same words give the same version wherever the file lies."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()[:12]
