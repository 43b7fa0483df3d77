"""The dialect that sound and words tell together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.dialect.lexicon import family
from bot.identifiers import Dialect
from bot.turn import DialectGuess
from bot.yaml_source import ContentError, Fault, load_yaml

# Recognisers write dialect down in Mandarin words: such words say little against what the sound says.
_MANDARIN_WORDS = 0.5


class Regions:
    """What the marks of recognisers tell: ``data/hearing/regions.yml``."""

    def __init__(self, guesses: Mapping[str, DialectGuess]) -> None:
        self._guesses = dict(guesses)

    def of_sound(self, marks: Sequence[str]) -> DialectGuess:
        """The guess of the surest mark; unknown when none says anything."""
        known = [self._guesses[mark] for mark in marks if mark in self._guesses]
        return max(known, key=lambda guess: guess.confidence, default=DialectGuess(Dialect.UNKNOWN, 0.0))


def combined(sound: DialectGuess, words: DialectGuess) -> DialectGuess:
    """One guess of two: agreement makes surer, contradiction less sure, and what knows nothing is not counted."""
    if sound.id is Dialect.UNKNOWN:
        return words
    if words.id is Dialect.UNKNOWN:
        return sound
    if family(sound.id) is family(words.id):
        both = 1 - (1 - sound.confidence) * (1 - words.confidence)
        return DialectGuess(words.id, round(both, 3))  # words tell Jiaxing from the rest of Wu
    weight = words.confidence * (_MANDARIN_WORDS if words.id is Dialect.CMN else 1.0)
    winner, loser = (sound.id, weight) if sound.confidence >= weight else (words.id, sound.confidence)
    return DialectGuess(winner, round(max(sound.confidence, weight) * (1 - loser / 2), 3))


def load_regions(path: Path) -> Regions:
    """Read ``regions.yml``.

    Raises:
        ContentError: it is missing or names something that is no dialect; with the place.
    """
    try:
        content = load_yaml(path)["regions"]
        guesses = {
            str(mark): DialectGuess(Dialect(entry["dialect"]), min(1.0, max(0.0, float(entry["weight"]))))
            for mark, entry in content.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, ContentError):
            raise
        raise ContentError([Fault(path, 1, 1, f"expected marks with dialect and weight: {error}")]) from error
    return Regions(guesses)
