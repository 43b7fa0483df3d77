"""The JSON Schema of the scenario language, with which an editor completes and checks a file while it is written.

It comes from the pydantic models; what its entries mean is said by staff's own words
(``data/knowledge/scenario_fields.yml``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import MAPPING_LIKE_SHAPES, ModelField
from pydantic.schema import model_schema

from bot.drills.scenario import Expectation, Scenario, ScenarioLine, Step
from bot.yaml_source import ContentError, Reading, load_marked

_ABOUT = "_"  # stands for the model itself
_NOT_IN_FILES = {(Scenario, "version")}
# Where a plain sentence may stand for a line of the first of the cast, and one line for a list of one.
_LINES = ((Step, "lines"), (Step, "calmer"), (Step, "harder"), (Expectation, "reply"))
Words = dict[str, dict[str, str]]


def scenario_schema(words: Words) -> dict[str, Any]:
    """The schema, described in ``words``: sentences by model or enumeration and by field or member."""
    schema: dict[str, Any] = model_schema(Scenario, ref_prefix="#/definitions/")
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
    definitions = schema["definitions"]
    for model in _models(Scenario):
        place = schema if model is Scenario else definitions[model.__name__]
        _describe(model, place, words)
    for kind in _enumerations():
        meanings = words.get(kind.__name__, {})
        definitions[kind.__name__] = {"oneOf": [_member(member, meanings) for member in kind]}
    for model, name in _LINES:
        inner = definitions[model.__name__]["properties"][name]
        line = {"anyOf": [{"type": "string", "minLength": 1}, {"$ref": f"#/definitions/{ScenarioLine.__name__}"}]}
        inner.pop("items", None)
        inner.pop("type", None)
        inner["anyOf"] = [{"type": "string", "minLength": 1}, {"type": "array", "items": line}]
    return schema


def load_words(path: Path) -> Words:
    """Read the descriptions; every field and every member must have one.

    Raises:
        ContentError: the file can't be used, or something is missing or means nothing; with every place.
    """
    reading = Reading()
    source = load_marked(path)
    words: Words = {}
    for name, group in reading.entries(path, source):
        with reading.at(path, source, name):
            words[str(name)] = {str(key): str(text) for key, text in group.items()}
    needed = {
        **{model.__name__: {_ABOUT, *(name for name, _ in _fields(model))} for model in _models(Scenario)},
        **{kind.__name__: {str(member.value) for member in kind} for kind in _enumerations()},
    }
    reading.require(path, words, needed)
    for name, group in words.items():
        if name not in needed:
            reading.fault(path, source, (name,), "means nothing")
            continue
        for missing in sorted(needed[name] - set(group)):
            reading.fault(path, source, (name,), f"lacks {missing}")
        for strange in sorted(set(group) - needed[name]):
            reading.fault(path, source, (name, strange), "means nothing")
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return words


def schema_text(words: Words) -> str:
    """The schema as the text of its file."""
    return json.dumps(scenario_schema(words), ensure_ascii=False, indent=1) + "\n"


def _describe(model: type[BaseModel], place: dict[str, Any], words: Words) -> None:
    own = words.get(model.__name__, {})
    place["description"] = own.get(_ABOUT, "")
    place.pop("title", None)
    for name in [name for name in place["properties"] if (model, name) in _NOT_IN_FILES]:
        del place["properties"][name]
    for name, field in _fields(model):
        inner = place["properties"][name]
        inner.pop("title", None)
        if field.shape in MAPPING_LIKE_SHAPES and field.key_field is not None:
            _spell_out(field, inner, words)
        if field.required and field.shape not in MAPPING_LIKE_SHAPES and inner.get("type") == "array":
            inner["minItems"] = 1
        # Beside a reference an editor ignores everything else.
        if "$ref" in inner:
            inner = place["properties"][name] = {"allOf": [{"$ref": inner["$ref"]}]}
        inner["description"] = own.get(name, "")


def _spell_out(field: ModelField, place: dict[str, Any], words: Words) -> None:
    """Name the keys of a mapping, so that they are completed and a misspelt one is seen."""
    value = place.pop("additionalProperties")
    keys: Any = field.key_field.type_ if field.key_field else ()
    meanings = words.get(keys.__name__, {})
    value = {"allOf": [value]} if "$ref" in value else value
    place["properties"] = {
        str(member.value): {**value, "description": meanings.get(str(member.value), "")} for member in keys
    }
    place["additionalProperties"] = False
    if field.required:
        place["minProperties"] = 1


def _member(member: Enum, meanings: dict[str, str]) -> dict[str, Any]:
    return {"const": member.value, "description": meanings.get(str(member.value), "")}


def _fields(model: type[BaseModel]) -> list[tuple[str, ModelField]]:
    return [(name, field) for name, field in model.__fields__.items() if (model, name) not in _NOT_IN_FILES]


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and those within it, each once."""
    todo, seen = [model], {model}
    while todo:
        here = todo.pop(0)
        yield here
        for field in here.__fields__.values():
            kind = field.type_
            if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
                seen.add(kind)
                todo.append(kind)


def _enumerations() -> list[type[Enum]]:
    """The enumerations of all models, each once."""
    found: dict[type[Enum], None] = {}
    for model in _models(Scenario):
        for field in model.__fields__.values():
            for inner in (field, field.key_field):
                kind = inner.type_ if inner is not None else None
                if isinstance(kind, type) and issubclass(kind, Enum):
                    found.setdefault(kind)
    return list(found)
