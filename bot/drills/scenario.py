"""The scenario language: what one file under ``data/scenarios`` may say, as pydantic models.

A scenario is a small graph. Each step has lines for somebody the digital human plays and, by move, what
happens when the resident makes that move: a short feedback, the role's answer, then the next step or an
outcome. A move with neither stays at its step. ``anywhere`` holds moves that count at every step which does
not list them itself.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from pydantic import BaseModel, Extra, Field, root_validator, validator

from bot.identifiers import Dialect, DrillOutcome, ScamType

HEAN = "hean"
# From here on the role presses hard; four or five times giving in, or being refused and pressing on.
HIGH_PRESSURE = 5


class Kind(str, Enum):
    """Whether the contact that is played is a fraud or a genuine one."""

    SCAM = "scam"
    LEGITIMATE = "legitimate"


class Channel(str, Enum):
    """How the contact reaches the resident."""

    CALL = "call"
    SMS = "sms"
    WECHAT = "wechat"
    DOORSTEP = "doorstep"
    VIDEO = "video"


class Voice(str, Enum):
    """How a member of the cast sounds: a delivery of that name in ``data/voice/voices.yml``.

    A model with fewer voices speaks all of them with its voice for roles.
    """

    MAN = "man"
    WOMAN = "woman"
    YOUNG_MAN = "young_man"
    YOUNG_WOMAN = "young_woman"
    OLD_MAN = "old_man"
    OLD_WOMAN = "old_woman"
    OFFICIAL_MAN = "official_man"
    OFFICIAL_WOMAN = "official_woman"
    CRYING_MAN = "crying_man"
    CRYING_WOMAN = "crying_woman"
    RECORDING = "recording"


class Move(str, Enum):
    """What a resident does by saying something."""

    COMPLY = "comply"
    DISCLOSE = "disclose"
    PAY = "pay"
    REFUSE = "refuse"
    VERIFY = "verify"
    ASK = "ask"
    STALL = "stall"
    HANG_UP = "hang_up"
    REPORT = "report"


class _Part(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class CastMember(_Part):
    """Somebody the digital human plays. ``name`` is shown before each line."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    voice: Voice = Voice.MAN


class ScenarioLine(_Part):
    """One thing said. ``speaker`` is a cast id or ``hean``; left out, it is the first of the cast.

    ``variants`` gives other words by dialect; ``checked`` tells whether a native reader has approved them.
    """

    text: str = Field(min_length=1)
    speaker: str | None = None
    variants: dict[Dialect, str] = {}
    checked: bool = False

    def in_dialect(self, dialect: Dialect) -> str:
        """The words in ``dialect``, else its family's (``wuu`` for ``wuu-jx``), else the standard ones."""
        if dialect in self.variants:
            return self.variants[dialect]
        family = dialect.value.split("-")[0]
        for known, text in self.variants.items():
            if known.value == family and family != Dialect.CMN.value:
                return text
        return self.text


def _lines(value: Any) -> Any:
    """A plain sentence is a line of the first of the cast."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list):
        return [{"text": item} if isinstance(item, str) else item for item in value]
    return value


def _filled(value: Any) -> Any:
    if not value:
        raise ValueError("too_short")
    return value


class Expectation(_Part):
    """What happens on one move. With neither ``next`` nor ``outcome`` the drill stays at its step.

    ``pressure`` and ``disclosure`` are added to the run's two gauges, each kept between 0 and 10.
    """

    phrases: tuple[str, ...] = ()
    feedback: str | None = None
    reply: tuple[ScenarioLine, ...] = ()
    pressure: int = Field(0, ge=-5, le=5)
    disclosure: int = Field(0, ge=-5, le=5)
    next: str | None = None
    outcome: DrillOutcome | None = None

    _plain_reply = validator("reply", pre=True, allow_reuse=True)(_lines)


class Step(_Part):
    """One exchange: the role's ``lines``, then the resident's move. ``nudge`` answers unclear words.

    With high pressure ``harder`` is said in the place of ``lines`` and ``harder_nudge`` in that of ``nudge``, with
    pressure that has fallen ``calmer``; left out, the usual words are.
    """

    id: str = Field(regex=r"^[a-z][a-z0-9_-]*$")
    lines: tuple[ScenarioLine, ...]
    calmer: tuple[ScenarioLine, ...] = ()
    harder: tuple[ScenarioLine, ...] = ()
    nudge: str = Field(min_length=1)
    harder_nudge: str | None = Field(None, min_length=1)
    expects: dict[Move, Expectation]

    _plain_lines = validator("lines", "calmer", "harder", pre=True, allow_reuse=True)(_lines)
    _has_some = validator("lines", "expects", allow_reuse=True)(_filled)

    def lines_under(self, pressure: int, *, eased: bool = False) -> tuple[ScenarioLine, ...]:
        """What is said with this much pressure (0 to 10); ``eased`` when it has fallen just now."""
        if pressure >= HIGH_PRESSURE and self.harder:
            return self.harder
        return self.calmer if eased and self.calmer else self.lines

    def nudge_under(self, pressure: int) -> ScenarioLine:
        """What answers unclear words with this much pressure (0 to 10)."""
        hard = self.harder_nudge if pressure >= HIGH_PRESSURE else None
        return ScenarioLine(text=hard or self.nudge)


class Clue(_Part):
    """Something worth noticing. It counts as noticed when the resident makes one of the moves at its step."""

    id: str = Field(regex=r"^[a-z][a-z0-9_-]*$")
    text: str = Field(min_length=1)
    step: str
    noticed_by: tuple[Move, ...]
    advice: str = Field(min_length=1)

    _has_some = validator("noticed_by", allow_reuse=True)(_filled)


class Scenario(_Part):
    """One drill. ``version`` is the hash of its content, set when it is loaded."""

    id: str = Field(regex=r"^[a-z][a-z0-9-]*$")
    title: str = Field(min_length=1)
    kind: Kind
    scam_type: ScamType | None = None
    mirror_of: ScamType | None = None
    channel: Channel
    difficulty: int = Field(ge=1, le=3)
    audience: str = Field(min_length=1)
    cast: tuple[CastMember, ...]
    intro: str = Field(min_length=1)
    opening: str = Field(min_length=1)
    steps: tuple[Step, ...]
    anywhere: dict[Move, Expectation] = {}
    clues: tuple[Clue, ...]
    outcomes: dict[DrillOutcome, str]
    debrief: str = Field(min_length=1)
    sources: tuple[str, ...]
    reviewed: date
    max_turns: int = Field(12, ge=4, le=16)
    version: str = ""

    _has_some = validator("cast", "steps", "clues", "outcomes", "sources", allow_reuse=True)(_filled)

    @root_validator(skip_on_failure=True)
    def _type_fits_kind(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["kind"] is Kind.SCAM and (values["scam_type"] is None or values["mirror_of"] is not None):
            raise ValueError("scam_needs_type")
        if values["kind"] is Kind.LEGITIMATE and (values["mirror_of"] is None or values["scam_type"] is not None):
            raise ValueError("legitimate_needs_mirror")
        return values

    def step(self, step_id: str) -> Step | None:
        """The step of that id, or ``None``."""
        return next((step for step in self.steps if step.id == step_id), None)

    def expectations(self, step: Step) -> dict[Move, Expectation]:
        """What counts at a step: its own moves first, then those of ``anywhere`` that it does not list."""
        rest = {move: value for move, value in self.anywhere.items() if move not in step.expects}
        return {**step.expects, **rest}

    def speaker(self, line: ScenarioLine) -> CastMember | None:
        """Who says a line; ``None`` for the digital human herself."""
        if line.speaker == HEAN:
            return None
        return next((member for member in self.cast if member.id == line.speaker), self.cast[0])
