"""What the rest of sight asks of a text recogniser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from server.sight.picture import Pixels

MISSING = "missing"
"""What a reader's process says that has no recogniser."""
Corners = NDArray[np.float64]
"""Four rows of x and y in pixels: a box around one line of writing."""


class ReaderMissing(Exception):
    """The recogniser's package or its models are not installed."""


@dataclass(frozen=True)
class Script:
    """One line as it was recognised: characters, how sure each is (0 to 1), and where its middle stands (0 to 1)."""

    text: str
    sure: tuple[float, ...]
    middles: tuple[float, ...]


class Reader(Protocol):
    """Finds and recognises lines of writing. Used by one thread at a time."""

    def find(self, pixels: Pixels) -> list[Corners]:
        """The lines of a picture, corners from the top left one clockwise if it is upright."""
        ...

    def upside_down(self, lines: Sequence[Pixels]) -> float:
        """How many of these lines stand on their heads, 0 to 1."""
        ...

    def read(self, lines: Sequence[Pixels]) -> list[Script]:
        """What is written in each line, cut out of the picture."""
        ...
