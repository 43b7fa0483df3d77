"""What is said to staff who work on scenarios (``data/knowledge/scenario_commands.yml``)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.drills.faults import FaultMessages


class StaffWords(FaultMessages):
    """Sentences by code."""

    @classmethod
    def load(cls, data_dir: Path) -> StaffWords:
        """Read them.

        Raises:
            ContentError: the file can't be used; with its place.
        """
        return cls.from_file(data_dir / "knowledge" / "scenario_commands.yml")

    def listed(self, items: Iterable[str]) -> str:
        """Several things in one sentence."""
        return self.say("comma").join(items)
