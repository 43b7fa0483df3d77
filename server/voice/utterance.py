"""A spoken text with everything a screen needs to show it being said."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Utterance:
    """One WAV and its timings. Times and durations are milliseconds; the lists of each kind run in parallel.

    ``key`` names the WAV (32 hexadecimal digits). ``engine`` and ``voice`` say what spoke; several voices are
    joined by commas. ``words`` has one entry a displayed character or Latin word.
    """

    key: str
    duration_ms: int
    engine: str
    voice: str
    sample_rate_hz: int
    visemes: tuple[str, ...]
    vtimes: tuple[int, ...]
    vdurations: tuple[int, ...]
    words: tuple[str, ...]
    wtimes: tuple[int, ...]
    wdurations: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """What ``json.dumps`` takes."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Utterance:
        """The opposite of :meth:`to_json`. Raises ``TypeError`` for anything else."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in document.items()
        }
        return cls(**values)
