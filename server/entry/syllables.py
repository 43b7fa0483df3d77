"""Pinyin without tones as residents type it: whole syllables, beginnings of syllables, sounds that Wu does not part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# Speakers of Wu hear no difference between these.
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ing", "in"), ("eng", "en"))
_WHOLE, _BEGUN, _INITIAL_ONLY = 1.0, 1.2, 1.7
_MOST_READINGS = 4


@lru_cache(maxsize=4096)
def fold_syllable(syllable: str) -> str:
    """A syllable, or the beginning of one, as it sounds to somebody from Jiaxing: ``zhong`` → ``zong``."""
    folded = syllable.replace("v", "u").replace("ü", "u")
    for initial, plain in _INITIALS:
        if folded.startswith(initial):
            folded = plain + folded[len(initial) :]
            break
    for final, plain in _FINALS:
        if folded.endswith(final):
            folded = folded[: -len(final)] + plain
    return folded


@dataclass(frozen=True)
class Piece:
    """A stretch of what was typed that stands for one character. ``end`` counts characters of the input."""

    typed: str
    whole: bool
    end: int

    @property
    def folded(self) -> str:
        """As it is compared."""
        return fold_syllable(self.typed)

    def fits(self, syllable: str) -> bool:
        """Whether a folded syllable can be meant."""
        return syllable == self.folded if self.whole else syllable.startswith(self.folded)


@dataclass(frozen=True)
class Split:
    """One way to read the input. The smaller ``cost``, the likelier."""

    pieces: tuple[Piece, ...]
    cost: float


class Splitter:
    """Knows every syllable and cuts letters into pieces."""

    def __init__(self, syllables: Iterable[str]) -> None:
        self._whole = frozenset(syllables)
        self._begun = frozenset(s[:n] for s in self._whole for n in range(1, len(s)))
        self._initials = frozenset(s for s in self._begun if s in ("zh", "ch", "sh") or len(s) == 1)
        self._longest = max(map(len, self._whole))

    def splits(self, letters: str) -> list[Split]:
        """The likeliest ways to read ``letters`` (a–z; ``'`` parts syllables), best first; none if there is none."""
        best: list[list[Split]] = [[] for _ in range(len(letters) + 1)]
        best[0] = [Split((), 0.0)]
        for start in range(len(letters)):
            if letters[start] == "'":
                best[start + 1] += best[start]
            else:
                for end in range(start + 1, min(len(letters), start + self._longest) + 1):
                    for piece in self._readings(letters, start, end):
                        cost = _cost(piece, end == len(letters))
                        best[end] += [Split((*before.pieces, piece), before.cost + cost) for before in best[start]]
            for ways in best[start + 1 :]:
                ways.sort(key=lambda split: split.cost)
                del ways[_MOST_READINGS:]
        return best[-1]

    def _readings(self, letters: str, start: int, end: int) -> Iterator[Piece]:
        """A vowel alone (``a``) is a syllable and the beginning of others (``an``)."""
        typed = letters[start:end]
        if typed in self._whole:
            yield Piece(typed, True, end)
        begun = typed in self._initials or (end == len(letters) and typed in self._begun)
        if begun and (typed not in self._whole or len(typed) == 1):
            yield Piece(typed, False, end)


def _cost(piece: Piece, last: bool) -> float:
    if piece.whole:
        return _WHOLE
    return _BEGUN if last else _INITIAL_ONLY
