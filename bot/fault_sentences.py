"""What is wrong with content, in the words that staff read (``data/knowledge/content_faults.yml``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.drills.faults import FaultMessages, Problem
from bot.yaml_source import ContentError, Fault


class FaultSentences:
    """Puts a sentence for staff in the place of a programmer's message."""

    def __init__(self, messages: FaultMessages) -> None:
        self._messages = messages

    @classmethod
    def of(cls, data: Path) -> FaultSentences:
        """The sentences of a data folder; none, and messages stay as they are, when their file can't be read."""
        try:
            return cls(FaultMessages.from_file(data / "knowledge" / "content_faults.yml"))
        except ContentError:
            return cls(FaultMessages({}))

    def said(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """The faults with their sentences, in order of place, each once."""
        return tuple(sorted({self._said(fault) for fault in faults}))

    def _said(self, fault: Fault) -> Fault:
        sentence = self._messages.render(Problem((), fault.code, fault.values))
        if not fault.code or sentence == fault.code:
            return fault
        return replace(fault, message=sentence, code="", values=())
