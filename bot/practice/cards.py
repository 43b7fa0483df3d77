"""What a conversation asks of whoever keeps the practice cards. Every call may block on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.drills.practice import PastRun


class UnknownCard(LookupError):
    """No such number was given out, or its card has been cleared away since."""


class TooManyTries(RuntimeError):
    """So many unknown numbers were tried, or cards asked for, that nobody is answered for a while."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds:.0f} seconds")
        self.seconds = seconds


class CardsUnavailable(RuntimeError):
    """Cards can't be read or written now: the disk is full, locked or broken."""


@dataclass(frozen=True)
class NewCard:
    """A card just made. ``number`` is told once and kept nowhere; ``card`` is what stands for it from then on."""

    number: str
    card: str


class Cards(Protocol):
    """The cards. ``card`` is a keyed hash of a number, from which nobody gets back to the number.

    Every call raises :class:`CardsUnavailable` when the disk does not do.
    """

    def new(self) -> NewCard:
        """Make a card. Raises :class:`TooManyTries`."""
        ...

    def find(self, number: str) -> str:
        """The card of a number as it was typed, and note that it is used.

        Raises:
            NotACardNumber, WrongCheckDigit: it is mistyped.
            UnknownCard, TooManyTries: there is none, or it is too late to ask.
        """
        ...

    def history(self, card: str) -> list[PastRun]:
        """What was practised with a card, oldest first; nothing when it is gone."""
        ...
