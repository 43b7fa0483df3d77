"""How the content stands, for operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.yaml_source import Fault


@dataclass(frozen=True)
class ContentState:
    """What is live and what is not.

    Attributes:
        live_since: when the content that answers now was taken over, with a zone.
        swaps: how often content was taken over since the start.
        publication: number of the newest publication; 0 without any.
        faults: what is wrong with the files as they lie there; what they say is not live, the last good version is.
        retraining: whether small models are being trained for an edit whose words are live already.
        needs_training: whether an edit waits for ``hean train``.
    """

    live_since: datetime
    swaps: int = 0
    publication: int = 0
    faults: tuple[Fault, ...] = ()
    retraining: bool = False
    needs_training: bool = False
