"""Which practice card one visit goes by, and what was practised in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.drills.practice import PastRun
from bot.turn import DrillView, Practised


class CardVisit:
    """Forgotten with the visit.

    ``asked``: the resident was just asked for a number; ``number``: that of a card made in this visit, to be told once
    more; ``history``: what was practised with the card, or in this visit while there is none.
    """

    def __init__(self) -> None:
        self.card: str | None = None
        self.asked = False
        self.number: str | None = None
        self.history: list[PastRun] = []
        self._loose: PastRun | None = None
        self._noted: list[Practised] = []

    def attach(self, card: str, history: Iterable[PastRun]) -> None:
        """Go by a card from now on. A drill that has just ended without one is put on it."""
        if card == self.card:
            return
        self.card, self.number = card, None
        self.history = list(history)
        if self._loose is not None:
            self._note(card, self._loose)
            self._loose = None

    def ended(self, drill: DrillView | None, day: date) -> None:
        """Note a drill that this turn ended, if it did."""
        if drill is None or drill.outcome is None or drill.facts is None:
            return
        run = PastRun(drill.scenario_id, day, drill.outcome, drill.facts.difficulty)
        if self.card is None:
            self._loose = run
            self.history.append(run)
        else:
            self._note(self.card, run)

    def take_noted(self) -> tuple[Practised, ...]:
        """What is to be written on cards; each run is given out once."""
        noted, self._noted = tuple(self._noted), []
        return noted

    def _note(self, card: str, run: PastRun) -> None:
        self.history.append(run)
        self._noted.append(Practised(card, run.scenario_id, run.outcome, run.difficulty))
