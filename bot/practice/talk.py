"""What somebody says about a practice card or a choice of drills, read from the words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.practice.numbers import LENGTH, check_digit
from bot.practice.words import Phrases
from bot.redact_numbers import SPOKEN_DIGITS
from bot.redact_spans import fold_width

_BETWEEN = r"[\s\-\u2010-\u2015·.,，、:：]"
_DIGITS = re.compile(rf"[0-9](?:{_BETWEEN}{{0,6}}[0-9])*")
_LEAST = 4  # digits beside the word for a card that are meant to be its number
_LONGEST_WISH = 20  # characters; who says more tells a story in which the word stands


class Wish(str, Enum):
    """What is said of a card; ``MENU`` asks which drills there are."""

    NUMBER = "number"
    HAVE = "have"
    WANT = "want"
    WHAT = "what"
    AGAIN = "again"
    NONE = "none"
    MENU = "menu"


@dataclass(frozen=True)
class CardTalk:
    """``number`` are the digits that were heard, not checked yet. ``masked`` is the text with blanks for them, as long
    as the text; ``alone`` says that nothing else was said."""

    wish: Wish
    masked: str
    number: str = ""
    alone: bool = True


def read_talk(text: str, phrases: Phrases, *, asked: bool = False, bare: bool = True) -> CardTalk | None:
    """What a text says about a card or a choice of drills; ``None`` when it says nothing of that.

    ``asked``: the resident was just asked for the number. ``bare``: a number of the right form that is all that was
    said is taken for one, too.
    """
    plain = fold_width(text)
    named = next((word for word in phrases.card if word in plain), None)
    spoken = plain.translate(SPOKEN_DIGITS)
    found = max(_DIGITS.finditer(spoken), key=lambda match: _count(match[0]), default=None)
    if found is not None:
        number = re.sub(r"\D", "", found[0])
        masked = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
        alone = not _rest(fold_width(masked), phrases)
        whole = len(number) == LENGTH and check_digit(number) == 0
        said_as_one = named is not None and (len(number) == LENGTH or (alone and len(number) >= _LEAST))
        if said_as_one or (alone and asked and len(number) > 1) or (alone and bare and whole):
            return CardTalk(Wish.NUMBER, masked, number, alone)
    wish = _wish(plain, phrases, named=named is not None, asked=asked)
    return CardTalk(wish, text) if wish is not None and len(text) <= _LONGEST_WISH else None


def _wish(plain: str, phrases: Phrases, *, named: bool, asked: bool) -> Wish | None:
    bare = re.sub(r"[\W_]", "", plain)
    if named:
        for words, wish in (
            (phrases.refuse, None),
            (phrases.what, Wish.WHAT),
            (phrases.again, Wish.AGAIN),
            (phrases.none, Wish.NONE),
            (phrases.want, Wish.WANT),
            (phrases.have, Wish.HAVE),
        ):
            if any(word in bare for word in words):
                return wish
        return Wish.HAVE if bare in phrases.card or not _rest(plain, phrases) else None
    if asked and any(word in bare for word in phrases.none):
        return Wish.NONE
    return Wish.MENU if any(word in bare for word in phrases.menu) else None


def _rest(text: str, phrases: Phrases) -> str:
    """What is left of a text without the words for a card and what usually stands around a number."""
    for word in sorted((*phrases.card, *phrases.padding), key=len, reverse=True):
        text = text.replace(word, "")
    return re.sub(r"[\W_]", "", text)


def _count(digits: str) -> int:
    return sum(character.isdigit() for character in digits)
