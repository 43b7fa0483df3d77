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

import re
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, StrictInt, root_validator, validator

from bot.identifiers import Dialect, DrillOutcome, ScamType, Stage, Verdict
from server.stories.latency import LatencyClass

DrillStatus = Literal["running", "finished", "quit"]
SAID_BY = ("user", "press", "body", "raw")


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid

    def has(self, name: str) -> bool:
        """Whether the story says something about it; ``null`` says that there must be none."""
        return name in self.__fields_set__


class DrillExpectation(_Strict):
    """The drill after this step."""

    status: DrillStatus | list[DrillStatus] | None = None
    outcome: DrillOutcome | list[DrillOutcome | None] | None = Field(None, description="null while it runs.")
    scenario_id: str | list[str] | None = None
    step: str | list[str] | None = Field(None, description="Id of the step in the scenario's file.")


class Expectation(_Strict):
    """What the answer to one step has to be."""

    verdict: Verdict | list[Verdict | None] | None = None
    scam_type: ScamType | list[ScamType | None] | None = None
    stage: Stage | list[Stage | None] | None = None
    first_hotline: str | list[str | None] | None = Field(None, description="The number to call first.")
    hotlines: list[str] | None = Field(None, description="All of them, in order.")
    red_flags: list[str] | None = Field(None, description="Parts of the text that some flag marks, alone or with more.")
    assessment: None = Field(None, description="Written out as null: nothing is judged.")
    dialect: Dialect | list[Dialect] | None = None
    intent: str | list[str] | None = None
    reply_contains: list[str] = Field([], description="All of these stand in the reply's text.")
    reply_contains_one_of: list[str] = Field([], description="At least one of these stands in it.")
    reply_not_contains: list[str] = Field([], description="None of these stands in it.")
    reply_matches: str | None = Field(None, description="A regular expression found in the reply's text.")
    speech_matches: str | None = Field(None, description="The same, for what is spoken.")
    repeats_previous: bool = Field(False, description="The reply before stands in this one.")
    differs_from_previous: bool = Field(False, description="Not the same words as in the step before.")
    choices: StrictInt | list[str] | None = Field(None, description="How many, or titles that are among them.")
    drill: DrillExpectation | None = Field(None, description="null: no drill.")
    latency: LatencyClass | None = Field(None, description="Answered at least so fast: instant, quick or slow.")
    status: int = Field(200, description="HTTP status; anything else than 200 is a problem document.")
    problem: str | None = Field(None, description="`type` of the problem document.")

    @validator("reply_matches", "speech_matches")
    def _a_pattern(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"is no regular expression: {error}") from error
        return value


class Step(_Strict):
    """One thing that is sent, by one of ``user``, ``press``, ``body`` or ``raw``."""

    user: str | None = Field(None, description="What is said.")
    times: int = Field(1, ge=1, description="Says it so often in one breath.")
    press: StrictInt | str | None = Field(None, description="A button of the answer before, by title or number from 1.")
    body: dict[str, Any] | None = Field(None, description="A request body, sent as it is.")
    raw: str | None = Field(None, description="What is sent instead of JSON.")
    dialect: Dialect | Literal["auto"] = Field("auto", description="What the client says is spoken.")
    session: str | None = Field(None, description="A session id instead of the story's own.")
    speak: bool = Field(False, description="Also fetches and measures the sound.")
    expect: Expectation = Field(default_factory=lambda: Expectation.parse_obj({}))

    @root_validator(skip_on_failure=True)
    def _one_thing(cls, values: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in SAID_BY if values.get(name) is not None]
        if len(given) != 1:
            raise ValueError(f"needs exactly one of {', '.join(SAID_BY)}; has {', '.join(given) or 'none'}")
        return values

    @property
    def said(self) -> str:
        """What the resident said, where it is known before the story runs."""
        return (self.user or "") * self.times


class Story(_Strict):
    """A conversation from its first word to its last."""

    name: str = Field(min_length=1)
    why: str = Field("", description="What it is there for, where the name does not tell.")
    steps: list[Step] = Field(min_items=1)


def any_of(expected: Any) -> list[str | None]:
    """One expected value or a list of them, as plain strings."""
    values = expected if isinstance(expected, list) else [expected]
    return [None if value is None else str(getattr(value, "value", value)) for value in values]
