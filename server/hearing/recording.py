"""What a resident said, as sound. It lives as long as its request."""

from __future__ import annotations

from dataclasses import dataclass

RATE_HZ = 16_000


@dataclass(frozen=True)
class Recording:
    """16-bit little-endian mono samples at 16 kHz."""

    pcm: bytes

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / 2 / RATE_HZ
