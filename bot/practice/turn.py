"""One turn's part in practising with a card: its number is looked up, and what to offer is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import date, datetime, timezone
from enum import Enum

from bot.drills.practice import Proposal, plan
from bot.drills.scenario import Scenario
from bot.practice.cards import Cards, CardsUnavailable, TooManyTries, UnknownCard
from bot.practice.numbers import NotACardNumber, WrongCheckDigit
from bot.practice.replies import PracticeReplies
from bot.practice.talk import CardTalk, Wish, read_talk
from bot.practice.visit import CardVisit
from bot.practice.words import PracticeWords
from bot.turn import Choice, DrillView, Practised, Reply


class Lookup(Enum):
    """What came of a number."""

    FOUND = "found"
    NOT_NINE = "not_nine"
    MISTYPED = "mistyped"
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


class PracticeTurn:
    """What one turn has to do with practice cards; it travels through Rasa with :class:`bot.nlu.carried.Carried`."""

    def __init__(
        self,
        cards: Cards | None,
        visit: CardVisit,
        words: PracticeWords,
        *,
        today: Callable[[], date] = lambda: datetime.now(timezone.utc).date(),
    ) -> None:
        """``cards`` is ``None`` where nothing is kept."""
        self._cards = cards
        self._visit = visit
        self._words = words
        self._replies = PracticeReplies(words)
        self._today = today
        self._lookup: Lookup | None = None
        self.talk: CardTalk | None = None

    async def take(self, text: str, *, story: bool) -> str:
        """Read what a text outside drills says of a card; a number in it is looked up and goes no further.

        Args:
            text: as said.
            story: something is being told; a number alone may belong to it.

        Returns:
            The text as long as before, without a card's number. Never blank.
        """
        asked, self._visit.asked = self._visit.asked, False
        self.talk = read_talk(text, self._words.phrases, asked=asked, bare=not story)
        if self.talk is None:
            return text
        if self.talk.wish is Wish.NUMBER:
            self._lookup = await self._found(self.talk.number)
        return self.talk.masked if self.talk.masked.strip() else self._words.phrases.card[0]

    async def answer(self, scenarios: Iterable[Scenario]) -> Reply | None:
        """The reply of a turn that is about a card or asks to practise; ``None``: there is no card, begin a drill."""
        wish = self.talk.wish if self.talk is not None else None
        if wish is Wish.NUMBER:
            return self._looked_up(scenarios)
        if wish is Wish.WANT:
            return await self._made(scenarios)
        if wish is Wish.WHAT:
            return self._replies.what()
        if wish is Wish.AGAIN:
            number = self._visit.number
            return self._replies.new(number, self._plan(scenarios)) if number else self._gone(self._words.say.not_kept)
        if self._visit.card is not None:
            return self._offer(scenarios)
        if wish is Wish.HAVE:
            return self._ask(self._words.say.ask_number)
        if wish is Wish.NONE:
            return self._replies.no_card(self._plan(scenarios))
        return self._replies.menu(self._plan(scenarios)) if wish is Wish.MENU else None

    def ended(self, drill: DrillView | None) -> tuple[Practised, ...]:
        """Note a drill that this turn ended, if it did; what is to be written on cards."""
        self._visit.ended(drill, self._today())
        return self._visit.take_noted()

    def with_offer(self, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """The buttons after a drill, with one for a card where there is room and none is there yet."""
        if self._cards is None or self._visit.card is not None or not 0 < len(choices) < 4:
            return choices
        return (*choices, self._words.choices.want.choice())

    async def _found(self, number: str) -> Lookup:
        cards = self._cards
        if cards is None:
            return Lookup.UNAVAILABLE
        try:
            card = await asyncio.to_thread(cards.find, number)
            self._visit.attach(card, await asyncio.to_thread(cards.history, card))
        except NotACardNumber:
            return Lookup.NOT_NINE
        except WrongCheckDigit:
            return Lookup.MISTYPED
        except UnknownCard:
            return Lookup.UNKNOWN
        except TooManyTries:
            return Lookup.TOO_MANY
        except CardsUnavailable:
            return Lookup.UNAVAILABLE
        return Lookup.FOUND

    async def _made(self, scenarios: Iterable[Scenario]) -> Reply:
        if self._cards is None:
            return self._replies.without(self._words.say.unavailable)
        try:
            made = await asyncio.to_thread(self._cards.new)
        except TooManyTries:
            return self._replies.without(self._words.say.too_many)
        except CardsUnavailable:
            return self._replies.without(self._words.say.unavailable)
        self._visit.attach(made.card, ())
        self._visit.number = made.number
        return self._replies.new(made.number, self._plan(scenarios))

    def _looked_up(self, scenarios: Iterable[Scenario]) -> Reply:
        say = self._words.say
        if self._lookup is Lookup.FOUND:
            return self._offer(scenarios)
        if self._lookup is Lookup.UNKNOWN:
            return self._gone(say.unknown)
        if self._lookup is Lookup.NOT_NINE:
            return self._ask(say.not_nine)
        if self._lookup is Lookup.MISTYPED:
            return self._ask(say.mistyped)
        return self._replies.without(say.too_many if self._lookup is Lookup.TOO_MANY else say.unavailable)

    def _ask(self, sentence: str) -> Reply:
        if self._cards is None:
            return self._replies.without(self._words.say.unavailable)
        self._visit.asked = True
        return self._replies.ask(sentence)

    def _gone(self, sentence: str) -> Reply:
        self._visit.asked = True
        return self._replies.gone(sentence)

    def _offer(self, scenarios: Iterable[Scenario]) -> Reply:
        return self._replies.offer(self._plan(scenarios), practised=bool(self._visit.history))

    def _plan(self, scenarios: Iterable[Scenario]) -> list[Proposal]:
        return plan(self._visit.history, scenarios, self._today())
