"""What is said about practice cards, and how residents speak of them (``data/knowledge/practice.yml``)."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Extra, validator

from bot import placeholders
from bot.drills.practice import Proposal, Reason
from bot.practice.numbers import shown
from bot.turn import Choice
from bot.yaml_model import load_model

_FILLED_IN = ("title", "reason", "number")


class _Part(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False

    @validator("*", allow_reuse=True)
    def _nothing_left_open(cls, value: object) -> object:
        """A placeholder that nobody fills in would be read aloud with its braces."""
        if isinstance(value, str) and (names := placeholders.unknown(value, _FILLED_IN)):
            raise ValueError(f"{{{names[0]}}} is nothing that is filled in")
        return value


class Say(_Part):
    """Sentences; ``offer`` takes ``{title}`` and ``{reason}``, ``new`` takes ``{number}``."""

    ask_number: str
    not_nine: str
    mistyped: str
    unknown: str
    too_many: str
    unavailable: str
    offer: str
    offer_new: str
    menu: str
    no_card: str
    what: str
    not_kept: str
    new: str


class Button(_Part):
    """What a button shows and what it says for the resident."""

    title: str
    text: str

    def choice(self, **values: str) -> Choice:
        """The button with its placeholders filled in."""
        return Choice(placeholders.fill(self.title, values), placeholders.fill(self.text, values))


class Buttons(_Part):
    """``drill`` takes ``{title}``; its text has to name the drill as ``drill_word`` of ``phrases.yml`` wants it."""

    drill: Button
    have: Button
    want: Button
    what: Button
    without: Button
    number_again: Button


class Phrases(_Part):
    """``card`` are the words for a card, ``menu`` asks which drills there are, the others may stand beside ``card``."""

    card: tuple[str, ...]
    have: tuple[str, ...]
    want: tuple[str, ...]
    what: tuple[str, ...]
    again: tuple[str, ...]
    none: tuple[str, ...]
    refuse: tuple[str, ...]
    padding: tuple[str, ...]
    menu: tuple[str, ...]

    @validator("*", allow_reuse=True)
    def _something(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if not words or not all(word.strip() for word in words):
            raise ValueError("has to have words")
        return words


class PracticeWords(_Part):
    """Everything of ``practice.yml``. ``digits`` are the words for 0 to 9."""

    reasons: dict[Reason, str]
    say: Say
    choices: Buttons
    digits: str
    phrases: Phrases

    @validator("digits", allow_reuse=True)
    def _ten(cls, digits: str) -> str:
        if len(digits) != 10:
            raise ValueError("has to be ten characters, from 0 to 9")
        return digits

    @validator("reasons", allow_reuse=True)
    def _every_reason(cls, reasons: dict[Reason, str]) -> dict[Reason, str]:
        missing = [reason.value for reason in Reason if reason not in reasons]
        if missing:
            raise ValueError(f"missing: {', '.join(missing)}")
        return reasons

    def dictated(self, number: str) -> str:
        """A number digit by digit, slow enough to be written down."""
        groups = ("、".join(self.digits[int(digit)] for digit in group) for group in shown(number).split())
        return "，".join(groups)

    def because(self, proposal: Proposal) -> str:
        """Why a drill is proposed, in words for residents."""
        return self.reasons[proposal.reason]


def load_practice_words(data: Path) -> PracticeWords:
    """Read them.

    Raises:
        ContentError: the file can't be used; with every place.
    """
    return load_model(data / "knowledge" / "practice.yml", PracticeWords)
