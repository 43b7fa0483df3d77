"""A file with faults of form, made whole enough to be looked at for faults of meaning as well.

Staff want to hear everything at once. So what is misspelt takes its nearest name, what is wrong or missing takes
something that fits, and what is said about such a place afterwards is not repeated.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import Enum
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import MAPPING_LIKE_SHAPES, SHAPE_SINGLETON, ModelField

from bot.drills.scenario import Kind, Scenario
from bot.drills.shape import Path, field_at, known_keys, model_at, real_path, value_at
from bot.identifiers import ScamType

_PASSES = 8
_WORD = "x"  # a text, an id, a name: whatever stands there, it was wrong and is reported already
_SINCE = date(2000, 1, 1)


@dataclass
class FormFault:
    """One of pydantic's errors with the data that it is about and where it stands in the file."""

    error: dict[str, Any]
    data: Any
    path: Path


@dataclass
class Mended:
    """What came of a file: the scenario when there is enough of one, and what was wrong with its form."""

    scenario: Scenario | None = None
    faults: list[FormFault] = field(default_factory=list)
    replaced: set[Path] = field(default_factory=set)
    renamed: dict[Path, Path] = field(default_factory=dict)

    def in_file(self, path: Path) -> Path:
        """Where a place of the mended data stands in the file."""
        for length in range(len(path), 0, -1):
            old = self.renamed.get(path[:length])
            if old is not None:
                return (*self.in_file(old[:-1]), old[-1], *path[length:])
        return path

    def repeats(self, path: Path) -> bool:
        """Whether a fault at this place would be about what has been replaced."""
        if any(path[: len(place)] == place for place in self.replaced):
            return True
        return len(path) >= 3 and any(place[: len(path)] == path for place in self.replaced)


def mend(data: dict[Any, Any]) -> Mended:
    """Read a scenario out of data of any kind."""
    result = Mended()
    here = data
    if "version" in data:  # it is made from the content
        here = {key: value for key, value in data.items() if key != "version"}
        error = {"loc": ("version",), "msg": "", "type": "value_error.extra"}
        result.faults.append(FormFault(error, data, ("version",)))
    for turn in range(_PASSES):
        try:
            result.scenario = Scenario.parse_obj(here)
            return result
        except ValidationError as error:
            if turn == 0:
                here = deepcopy(here)
            _take(error.errors(), here, result)
    return result


def wrong_keys(mapping: dict[Any, Any], members: Iterable[Enum]) -> list[Any]:
    """The keys of a mapping that are none of those names."""
    known = {member.value for member in members}
    return [key for key in mapping if key not in known]


def near_key(path: Path, mapping: Any) -> str | None:
    """The key of its mapping that a misspelt one most likely means; first one that is not there yet."""
    known = known_keys(path[:-1])
    unused = [name for name in known if name not in (mapping or ())]
    near = get_close_matches(str(path[-1]), unused, 1, 0.5) or get_close_matches(str(path[-1]), known, 1, 0.5)
    return near[0] if near else None


def _take(errors: list[Any], data: dict[Any, Any], result: Mended) -> None:
    """Note the errors and mend what they are about."""
    before = deepcopy(data)
    misspelt = {
        (*path[:-1], near_key(path, value_at(data, path[:-1]))) for path in _places(errors, "value_error.extra")
    }
    for error in errors:
        path = real_path(error["loc"])
        if error["type"] == "value_error.missing" and path in misspelt:
            continue  # said already: it is there under another name
        result.faults.append(FormFault(error, before, result.in_file(path)))
    # Names first: they may bring what seems to be missing.
    for error in sorted(errors, key=lambda item: item["type"] != "value_error.extra"):
        _mend(error, data, result)


def _places(errors: list[Any], kind: str) -> list[Path]:
    return [real_path(error["loc"]) for error in errors if error["type"] == kind]


def _mend(error: dict[str, Any], data: dict[Any, Any], result: Mended) -> None:
    path, kind = real_path(error["loc"]), error["type"]
    parent = value_at(data, path[:-1])
    if kind == "value_error.extra":
        _rename(parent, path, near_key(path, parent), result)
    elif not path:
        _agree(data, result)
    elif kind == "type_error.enum" and isinstance(value_at(data, path), dict):
        mapping = value_at(data, path)
        members = error["ctx"]["enum_values"]
        for key in wrong_keys(mapping, members):
            _rename(mapping, (*path, key), _near(key, members, mapping), result)
    elif kind == "value_error.missing":
        if isinstance(parent, dict) and path[-1] not in parent:
            parent[path[-1]] = _fitting(model_at(path[:-1]).__fields__[path[-1]])
            result.replaced.add(path)
    elif isinstance(parent, (dict, list)):
        _replace(error, parent, path, result)


def _rename(mapping: Any, path: Path, name: str | None, result: Mended) -> None:
    if not isinstance(mapping, dict) or path[-1] not in mapping:
        return
    value = mapping.pop(path[-1])
    if name is None or name in mapping:
        result.replaced.add(path)
        return
    mapping[name] = value
    meant = (*path[:-1], name)
    result.renamed[meant] = path


def _near(word: Any, members: Iterable[Enum], taken: Iterable[Any] = ()) -> str | None:
    names = [str(member.value) for member in members if member.value not in taken]
    return next(iter(get_close_matches(str(word), names, 1, 0.5)), None)


def _agree(data: dict[Any, Any], result: Mended) -> None:
    """Make the type of a scenario agree with its kind."""
    name, other = ("scam_type", "mirror_of") if data.get("kind") == Kind.SCAM.value else ("mirror_of", "scam_type")
    data[name] = data.pop(other, None) or data.get(name) or ScamType.OTHER.value
    result.replaced |= {(name,), (other,)}


def _replace(error: dict[str, Any], parent: Any, path: Path, result: Mended) -> None:
    model_field = field_at(path)
    if model_field is None:
        return
    near = _near(value_at(parent, path[-1:]), error.get("ctx", {}).get("enum_values", ()))
    whole = isinstance(path[-1], str) and path[-1] == model_field.name
    if near is not None:
        parent[path[-1]] = near
        if path != ("kind",):
            return  # most likely what was meant
    elif path == ("kind",):
        parent["kind"] = (Kind.SCAM if "scam_type" in parent else Kind.LEGITIMATE).value
    elif whole and not model_field.required:
        del parent[path[-1]]
    else:
        parent[path[-1]] = _fitting(model_field) if whole else _fitting_item(model_field)
    result.replaced.add(path)


def _fitting(model_field: ModelField) -> Any:
    """Something that a field accepts."""
    if model_field.shape == SHAPE_SINGLETON:
        return _fitting_item(model_field)
    if model_field.shape in MAPPING_LIKE_SHAPES:
        keys: Any = model_field.key_field.type_ if model_field.key_field else ()
        return {key.value: _fitting_item(model_field) for key in list(keys)[:1]}
    return [_fitting_item(model_field)]


def _fitting_item(model_field: ModelField) -> Any:
    kind = model_field.type_
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {name: _fitting(inner) for name, inner in kind.__fields__.items() if inner.required}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    if isinstance(kind, type) and issubclass(kind, bool):
        return False
    if isinstance(kind, type) and issubclass(kind, int):
        return model_field.field_info.ge or 0
    if isinstance(kind, type) and issubclass(kind, date):
        return _SINCE
    return _WORD
