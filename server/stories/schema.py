"""The JSON Schema of the story format, generated from the models, for editors that check and complete YAML."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from pydantic import BaseModel

from server.stories.story import DrillExpectation, Expectation, Story

# In these, null is something to expect; pydantic 1 leaves it out of its schema.
_NULL_MEANS_NONE = (Expectation, DrillExpectation)


def story_schema() -> dict[str, Any]:
    """A schema (draft 7) of a whole story file."""
    story = deepcopy(Story.schema())  # pydantic keeps the one it gives
    definitions = story.pop("definitions")
    definitions["Story"] = story
    for model in _NULL_MEANS_NONE:
        _allow_null(model, definitions[model.__name__])
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "He'an conversation test stories",
        "type": "array",
        "items": {"$ref": "#/definitions/Story"},
        "definitions": definitions,
    }


def schema_text() -> str:
    """The schema as the file in ``tests/conversations`` holds it."""
    return json.dumps(story_schema(), ensure_ascii=False, indent=2) + "\n"


def _allow_null(model: type[BaseModel], schema: dict[str, Any]) -> None:
    for name, field in model.__fields__.items():
        if not field.allow_none:
            continue
        value = schema["properties"][name]
        if value.get("type") == "null":
            continue
        kept = {key: value.pop(key) for key in ("title", "description") if key in value}
        kinds = value.pop("anyOf", None)
        for kind in kinds or ():
            if kind.get("type") == "array":  # "any of these", and none may be one of them
                kind["items"] = {"anyOf": [kind["items"], {"type": "null"}]}
        schema["properties"][name] = {**kept, "anyOf": [*(kinds or [value]), {"type": "null"}]}
