"""One way in which an answer is not as it has to be."""

from __future__ import annotations

from dataclasses import dataclass

_MOST = 160


@dataclass(frozen=True)
class Mismatch:
    """``what`` names the expectation; ``expected`` and ``got`` say the rest in words, either may be empty."""

    what: str
    expected: str = ""
    got: str = ""

    def __str__(self) -> str:
        if not self.expected:
            return f"{self.what}: {self.got}"
        return f"{self.what}: expected {self.expected}, got {self.got or 'none'}"


def short(text: str, most: int = _MOST) -> str:
    """A text cut to so many characters, in one line."""
    line = " ".join(text.split("\n"))
    return line if len(line) <= most else f"{line[:most]}… ({len(text)} characters)"
