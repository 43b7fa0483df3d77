"""What a conversation is about so far: it grows with each turn and is wiped with the visit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.identifiers import ScamType, Stage, Verdict

_MAX_TEXT = 600
_AT_STAKE = (Stage.PAID, Stage.IN_PROGRESS)
# Evidence of calls that were made, which hold for whatever is told next.
CALLED_POLICE, CALLED_BANK = "context_called_police", "context_called_bank"
CALLS = (CALLED_POLICE, CALLED_BANK)
# Evidence that it happened to a neighbour, and that the resident has a part in it after all.
SOMEONE_ELSE, _OWN_PART = "context_someone_else", "context_own_part"
_STAGE_RANK = {Stage.UNKNOWN: 0, Stage.UNPAID: 1, Stage.LEAKED: 2, Stage.IN_PROGRESS: 3, Stage.PAID: 4}


@dataclass(frozen=True)
class Situation:
    """The story told so far. ``text`` (folded, Mandarin) stays in memory only, to be judged as a whole.

    ``asked`` are the questions put so far, ``pending`` the one that the next yes or no answers. ``open_stage`` is that
    of an earlier story, where money was gone or going when another matter was told.
    """

    text: str = ""
    evidence: tuple[str, ...] = ()
    verdict: Verdict | None = None
    scam_type: ScamType | None = None
    stage: Stage = Stage.UNKNOWN
    turns: int = 0
    open_stage: Stage = Stage.UNKNOWN
    asked: tuple[str, ...] = ()
    pending: str = ""

    @property
    def warned(self) -> bool:
        """Whether what is talked about was called a fraud, or something to be careful of."""
        return self.verdict in (Verdict.SCAM, Verdict.CAUTION)

    @property
    def urgent_stage(self) -> Stage:
        """The stage that every reply begins with: this story's, or that of one left behind with money at stake."""
        return self.stage if self.stage in _AT_STAKE else self.open_stage

    def left_behind(self) -> Situation:
        """What stays when another matter is told: only that money is gone or going."""
        return Situation(
            evidence=tuple(name for name in self.evidence if name in CALLS),
            open_stage=higher(self.urgent_stage, self.open_stage),
        )

    def with_calls(self, told: Collection[str]) -> Situation:
        """The same with the calls that were ``told`` of, each once."""
        made = tuple(name for name in CALLS if name in told and name not in self.evidence)
        return replace(self, evidence=(*self.evidence, *made)) if made else self

    @property
    def called_police(self) -> bool:
        """Whether the resident said that she has called 110 herself."""
        return CALLED_POLICE in self.evidence

    @property
    def of_another(self) -> bool:
        """Whether it happened to somebody else, a neighbour or a sister."""
        return SOMEONE_ELSE in self.evidence and _OWN_PART not in self.evidence

    @property
    def active(self) -> bool:
        return self.turns > 0

    def joined(self, text: str) -> str:
        """The story with one more text, its newest part kept when it grows too long."""
        return f"{self.text}。{text}"[-_MAX_TEXT:] if self.text else text[-_MAX_TEXT:]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form for a Rasa slot."""
        return asdict(self)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any] | None) -> Situation:
        """The reverse of :meth:`to_dict`; nothing stored is a fresh situation."""
        if not value:
            return cls()
        return cls(
            text=value["text"],
            evidence=tuple(value["evidence"]),
            verdict=Verdict(value["verdict"]) if value["verdict"] else None,
            scam_type=ScamType(value["scam_type"]) if value["scam_type"] else None,
            stage=Stage(value["stage"]),
            turns=value["turns"],
            open_stage=Stage(value.get("open_stage", Stage.UNKNOWN)),
            asked=tuple(value.get("asked", ())),
            pending=value.get("pending", ""),
        )


def higher(first: Stage, second: Stage) -> Stage:
    """The stage that matters more for what to do now."""
    return max(first, second, key=_STAGE_RANK.__getitem__)
