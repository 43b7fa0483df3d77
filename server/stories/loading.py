"""Story files as stories; whatever is wrong in any of them is told at once, with file, line and column."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.yaml_marks import Source
from bot.yaml_source import ContentError, Fault, load_marked
from server.stories.story import DrillExpectation, Expectation, Step, Story

_EXTRA = "value_error.extra"
_MODELS: dict[str, type[BaseModel]] = {"expect": Expectation, "drill": DrillExpectation}


@dataclass(frozen=True)
class LoadedStory:
    """A story and where it stands. ``id`` is ``folder/file: name``; lines count from 1."""

    id: str
    story: Story
    path: Path
    line: int
    step_lines: tuple[int, ...]


def story_files(path: Path) -> list[Path]:
    """The file itself, or every ``*.yml`` below a folder."""
    return sorted(path.rglob("*.yml")) if path.is_dir() else [path]


def load_stories(path: Path, keyword: str = "") -> list[LoadedStory]:
    """Every story of a file or below a folder whose id has every word of ``keyword`` in it.

    Raises:
        ContentError: with every fault of every file, two stories of one name among them.
    """
    stories: dict[str, LoadedStory] = {}
    faults: list[Fault] = []
    for file in story_files(path):
        try:
            found = _read(file)
        except ContentError as error:
            faults += error.faults
            continue
        for loaded in found:
            if loaded.id in stories:
                other = stories[loaded.id]
                faults.append(Fault(file, loaded.line, 1, f"{loaded.id!r} is also at {other.path}:{other.line}"))
            stories[loaded.id] = loaded
    if faults:
        raise ContentError(sorted(faults))
    return [loaded for loaded in stories.values() if _named(loaded.id, keyword)]


def _named(story_id: str, keyword: str) -> bool:
    return all(word in story_id.lower() for word in keyword.lower().split())


def _read(path: Path) -> list[LoadedStory]:
    source = load_marked(path)
    if not isinstance(source.data, list):
        raise ContentError([Fault(path, 1, 1, "expected a list of stories, each beginning with “- name: …”")])
    faults: list[Fault] = []
    stories = []
    for number, entry in enumerate(source.data):
        try:
            story = Story.parse_obj(entry)
        except ValidationError as error:
            faults += _faults(path, source, number, error)
            continue
        steps = range(len(story.steps))
        stories.append(
            LoadedStory(
                f"{path.parent.name}/{path.stem}: {story.name}",
                story,
                path,
                source.mark((number,)).line,
                tuple(source.mark((number, "steps", step)).line for step in steps),
            )
        )
    if faults:
        raise ContentError(faults)
    return stories


def _faults(path: Path, source: Source, number: int, error: ValidationError) -> list[Fault]:
    """One fault a place: where several types are allowed, pydantic says what was wrong with each of them."""
    faults: dict[tuple[Any, ...], Fault] = {}
    for problem in error.errors():
        place = tuple(part for part in problem["loc"] if part != "__root__")
        key = _standing(source, (number, *place))
        if key in faults:
            continue
        mark = source.mark((number, *place))
        name = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place) or "story"
        faults[key] = Fault(path, mark.line, mark.column, f"{name}: {_sentence(place, problem)}")
    return list(faults.values())


def _standing(source: Source, place: tuple[Any, ...]) -> tuple[Any, ...]:
    """The innermost place that is written; an item of a list that allows one value or many is the list's."""
    while place and place not in source.marks:
        place = place[:-1]
    return place


def _sentence(place: tuple[Any, ...], problem: Mapping[str, Any]) -> str:
    if problem["type"] != _EXTRA:
        return str(problem["msg"])
    known = _known(place)
    close = difflib.get_close_matches(str(place[-1]), known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known)}"
    return f"there is no such key; {hint}"


def _known(place: Iterable[Any]) -> list[str]:
    """The keys that may stand beside the one that may not."""
    names = [part for part in place if isinstance(part, str)][:-1]
    model: type[BaseModel] = Story
    for name in names:
        model = Step if name == "steps" else _MODELS.get(name, model)
    return sorted(model.__fields__)
