"""Where things stand in scenario data: paths of pydantic's errors, values at a path, the keys a place may have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.fields import ModelField

from bot.drills.scenario import Scenario

Path = tuple[Any, ...]
_NOT_IN_FILES = ("__root__", "__key__")


def real_path(location: Iterable[Any]) -> Path:
    """A pydantic location without what does not stand in the file (``__key__``, ``__root__``)."""
    path: list[Any] = []
    for part in location:
        if part in _NOT_IN_FILES:
            break
        path.append(part)
    return tuple(path)


def value_at(data: Any, path: Path) -> Any:
    """What stands at a path; ``None`` when nothing does."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def model_at(path: Path) -> type[BaseModel]:
    """The model of the mapping at a path: the innermost one that the path goes through."""
    model: type[BaseModel] = Scenario
    for part in path:
        field = model.__fields__.get(part) if isinstance(part, str) else None
        if field is not None and isinstance(field.type_, type) and issubclass(field.type_, BaseModel):
            model = field.type_
    return model


def field_at(path: Path) -> ModelField | None:
    """The field that a path leads to or into; ``None`` when no model has it."""
    names = [part for part in path if isinstance(part, str)]
    for length in range(len(names), 0, -1):
        place = path[: path.index(names[length - 1])]
        field = model_at(place).__fields__.get(names[length - 1])
        if field is not None:
            return field
    return None


def known_keys(path: Path) -> list[str]:
    """The keys that may stand in the mapping at a path, read off the models."""
    model = model_at(path)
    return [name for name in model.__fields__ if not (model is Scenario and name == "version")]
