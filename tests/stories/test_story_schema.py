"""The schema that editors use is the one of the present format, and fits every story there is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.yaml_source import load_yaml
from server.stories.loading import story_files
from server.stories.schema import schema_text, story_schema

STORIES = Path(__file__).parents[1] / "conversations"


def valid(stories: Any) -> bool:
    return bool(jsonschema.Draft7Validator(story_schema()).is_valid(stories))


def test_the_file_is_current() -> None:
    written = (STORIES / "story.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(), "run: hean test schema > tests/conversations/story.schema.json"
    jsonschema.Draft7Validator.check_schema(json.loads(written))


@pytest.mark.parametrize("path", story_files(STORIES), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_file_fits(path: Path) -> None:
    jsonschema.validate(load_yaml(path), story_schema())


@pytest.mark.parametrize(
    "expect",
    [
        {"verdict": None},
        {"verdict": ["scam", None]},
        {"drill": None},
        {"drill": {"outcome": None, "status": "running"}},
        {"assessment": None},
        {"choices": 4},
        {"latency": "quick"},
    ],
)
def test_what_may_be_expected_fits(expect: dict[str, Any]) -> None:
    assert valid([{"name": "a", "steps": [{"user": "你好", "expect": expect}]}])


@pytest.mark.parametrize("expect", [{"verdikt": "scam"}, {"verdict": "fraud"}, {"latency": "fast"}])
def test_what_can_not_be_expected_does_not(expect: dict[str, Any]) -> None:
    assert not valid([{"name": "a", "steps": [{"user": "你好", "expect": expect}]}])
