"""Words of a text with jieba's part-of-speech tags, for telling names of persons from other words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.words import chinese_words

# A turn has 500 characters at most; guessing at words unknown to the dictionary is slow where nothing is known.
_MOST_GUESSED = 1000


class Word(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive). ``known``: the dictionary has it, else it is a guess."""

    start: int
    end: int
    person: bool
    known: bool


@lru_cache(maxsize=1)
def _tagger() -> tuple[object, frozenset[str]]:
    """The tagger on the shared dictionary, and the characters that it can guess about."""
    from jieba.posseg import POSTokenizer
    from jieba.posseg.char_state_tab import P as states

    return POSTokenizer(chinese_words()), frozenset(states)


def load() -> None:
    """Load the dictionary, which takes about a second, instead of leaving that to the first text."""
    _tagger()


def words(text: str) -> Iterator[Word]:
    """The words of ``text`` in order, spaces and signs among them."""
    tagger, guessable = _tagger()
    frequency = chinese_words().FREQ
    # About a character it has never met the tagger tries every tag after every tag: a hundred times slower.
    readable = "".join(character if character in guessable else " " for character in text)
    start = 0
    for part, guess in ((readable[:_MOST_GUESSED], True), (readable[_MOST_GUESSED:], False)):
        for pair in tagger.cut(part, HMM=guess):  # type: ignore[attr-defined]
            end = start + len(pair.word)
            yield Word(start, end, pair.flag.startswith("nr"), bool(frequency.get(pair.word, 0)))
            start = end
