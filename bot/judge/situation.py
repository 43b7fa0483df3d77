"""What a conversation is about so far: it grows with each turn and is wiped with the visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.identifiers import ScamType, Stage, Verdict

_MAX_TEXT = 600
_STAGE_RANK = {Stage.UNKNOWN: 0, Stage.UNPAID: 1, Stage.LEAKED: 2, Stage.IN_PROGRESS: 3, Stage.PAID: 4}


@dataclass(frozen=True)
class Situation:
    """The story told so far. ``text`` (folded, Mandarin) stays in memory only, to be judged as a whole."""

    text: str = ""
    evidence: tuple[str, ...] = ()
    verdict: Verdict | None = None
    scam_type: ScamType | None = None
    stage: Stage = Stage.UNKNOWN
    turns: int = 0

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
        )


def higher(first: Stage, second: Stage) -> Stage:
    """The stage that matters more for what to do now."""
    return max(first, second, key=_STAGE_RANK.__getitem__)
