"""A test story as it stands in YAML: what somebody says, and what has to come back.

```yaml
- name: police call in Wu
  steps:
    - user: 有人打电话讲是公安局个,叫我拿钞票转过去
      expect: {verdict: scam, scam_type: police, dialect: [wuu, wuu-jx]}
    - press: 练一练
      expect: {drill: {status: running}}
```

Where one value is expected, a list means "any of these". ``null`` means that there must be none. What is not
written is not looked at; what holds for every answer stands in ``always.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Extra, Field, StrictInt, ValidationError, root_validator, validator

OneOf = str | list[str | None]


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid


class DrillExpectation(_Strict):
    """The drill after this step."""

    status: OneOf | None = None
    outcome: OneOf | None = None
    scenario_id: OneOf | None = None


class Expectation(_Strict):
    """What the answer to one step has to be."""

    verdict: OneOf | None = None
    scam_type: OneOf | None = None
    stage: OneOf | None = None
    first_hotline: OneOf | None = None
    hotlines: list[str] | None = Field(None, description="All of them, in order.")
    red_flags: list[str] | None = Field(None, description="Parts of the text that some flag marks, alone or with more.")
    assessment: None = Field(None, description="Written out as null: nothing is judged.")
    dialect: OneOf | None = None
    intent: OneOf | None = None
    reply_contains: list[str] = []
    reply_contains_one_of: list[str] = []
    reply_not_contains: list[str] = []
    reply_matches: str | None = Field(None, description="A regular expression found in the reply's text.")
    speech_matches: str | None = Field(None, description="The same, for what is spoken.")
    repeats_previous: bool = Field(False, description="The reply before stands in this one.")
    differs_from_previous: bool = Field(False, description="Not the same words as in the step before.")
    choices: StrictInt | list[str] | None = Field(None, description="How many, or titles that are among them.")
    drill: DrillExpectation | None = None
    status: int = Field(200, description="HTTP status; anything else than 200 is a problem document.")
    problem: str | None = Field(None, description="`type` of the problem document.")

    def has(self, name: str) -> bool:
        """Whether the story says something about it."""
        return name in self.__fields_set__


class Step(_Strict):
    """One thing that is sent, by one of ``user``, ``press``, ``body`` or ``raw``."""

    user: str | None = Field(None, description="What is said.")
    times: int = Field(1, ge=1, description="Says it so often in one breath.")
    press: StrictInt | str | None = Field(None, description="A button of the answer before, by title or number from 1.")
    body: dict[str, Any] | None = Field(None, description="A request body, sent as it is.")
    raw: str | None = Field(None, description="What is sent instead of JSON.")
    dialect: str = "auto"
    session: str | None = Field(None, description="A session id instead of the story's own.")
    speak: bool = Field(False, description="Also fetches and measures the sound.")
    expect: Expectation = Field(default_factory=lambda: Expectation.parse_obj({}))

    @root_validator
    def _one_thing(cls, values: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in ("user", "press", "body", "raw") if values.get(name) is not None]
        if len(given) != 1:
            raise ValueError(f"a step needs exactly one of user, press, body, raw; this one has {given or 'none'}")
        return values

    @property
    def said(self) -> str:
        """What the resident said, where it is known before the story runs."""
        return (self.user or "") * self.times


class Story(_Strict):
    """A conversation from its first word to its last."""

    name: str
    why: str = Field("", description="What it is there for, where the name does not tell.")
    steps: list[Step]

    @validator("steps")
    def _some(cls, steps: list[Step]) -> list[Step]:
        if not steps:
            raise ValueError("a story needs at least one step")
        return steps


def load_stories(folder: Path) -> list[tuple[str, Story]]:
    """Every story below ``folder`` with an id of its own: ``kind/file: name``.

    Raises:
        ValueError: a story is not written as it should be, or two have one name; says which.
    """
    stories: dict[str, Story] = {}
    for path in sorted(folder.rglob("*.yml")):
        where = path.relative_to(folder).with_suffix("").as_posix()
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            try:
                story = Story.parse_obj(entry)
            except ValidationError as error:
                raise ValueError(f"{path}: {entry.get('name', entry)}: {error}") from error
            name = f"{where}: {story.name}"
            if name in stories:
                raise ValueError(f"two stories are called {name}")
            stories[name] = story
    return list(stories.items())
