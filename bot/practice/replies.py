"""What is said about cards and plans: the words of ``practice.yml`` put together."""

from __future__ import annotations

from collections.abc import Sequence

from bot import placeholders
from bot.drills.practice import Proposal
from bot.identifiers import Gesture
from bot.practice.numbers import shown
from bot.practice.words import PracticeWords
from bot.turn import Choice, Reply

_MOST_CHOICES = 4


class PracticeReplies:
    """Makes replies; ``proposals`` become buttons that begin the drill."""

    def __init__(self, words: PracticeWords) -> None:
        self._words = words

    def offer(self, proposals: Sequence[Proposal], *, practised: bool) -> Reply:
        """What to go on with on a card."""
        if not practised or not proposals:
            return self._reply(self._words.say.offer_new, *self._drills(proposals))
        first = proposals[0]
        values = {"title": first.scenario.title, "reason": self._words.because(first)}
        return self._reply(placeholders.fill(self._words.say.offer, values), *self._drills(proposals))

    def menu(self, proposals: Sequence[Proposal]) -> Reply:
        """What may be practised, for somebody who has told no card yet."""
        return self._reply(self._words.say.menu, *self._drills(proposals), self._words.choices.have.choice())

    def no_card(self, proposals: Sequence[Proposal]) -> Reply:
        """Practising without one, and how to get one."""
        return self._reply(self._words.say.no_card, *self._drills(proposals), self._words.choices.want.choice())

    def new(self, number: str, proposals: Sequence[Proposal]) -> Reply:
        """The number, to be read and to be heard."""
        say, choices = self._words.say, self._words.choices
        return Reply(
            placeholders.fill(say.new, {"number": shown(number)}),
            placeholders.fill(say.new, {"number": self._words.dictated(number)}),
            (choices.number_again.choice(), *self._drills(proposals))[:_MOST_CHOICES],
            Gesture.EXPLAIN,
        )

    def what(self) -> Reply:
        """What a card is."""
        choices = self._words.choices
        return self._reply(self._words.say.what, choices.want.choice(), choices.have.choice(), choices.without.choice())

    def ask(self, sentence: str) -> Reply:
        """Have the number told, for the first time or once more."""
        choices = self._words.choices
        return self._reply(sentence, choices.want.choice(), choices.without.choice(), gesture=Gesture.LISTEN)

    def without(self, sentence: str) -> Reply:
        """No card can be had now."""
        return self._reply(sentence, self._words.choices.without.choice())

    def gone(self, sentence: str) -> Reply:
        """A number under which there is nothing, or one that nobody knows any more."""
        choices = self._words.choices
        return self._reply(sentence, choices.have.choice(), choices.want.choice(), choices.without.choice())

    def _drills(self, proposals: Sequence[Proposal]) -> tuple[Choice, ...]:
        drill = self._words.choices.drill
        return tuple(drill.choice(title=proposal.scenario.title) for proposal in proposals)

    @staticmethod
    def _reply(text: str, *choices: Choice, gesture: Gesture = Gesture.EXPLAIN) -> Reply:
        return Reply(text, text, choices[:_MOST_CHOICES], gesture)
