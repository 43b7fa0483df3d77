"""Which of many phrases stand in a text, without trying each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.drills.scenario import Move


class PhraseIndex:
    """Phrases by their first two characters."""

    def __init__(self, phrases: Sequence[tuple[Move, str]]) -> None:
        self._phrases = [pair for pair in phrases if pair[1]]
        self._by_start: dict[str, list[int]] = {}
        for number, (_, phrase) in enumerate(self._phrases):
            self._by_start.setdefault(phrase[:2], []).append(number)

    def within(self, text: str) -> list[tuple[Move, str]]:
        """Those that stand in a text, in the order in which they were given."""
        found: set[int] = set()
        for place, character in enumerate(text):
            for start in {character, text[place : place + 2]}:
                for number in self._by_start.get(start, ()):
                    if text.startswith(self._phrases[number][1], place):
                        found.add(number)
        return [self._phrases[number] for number in sorted(found)]
