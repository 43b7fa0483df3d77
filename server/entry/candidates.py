"""What may be meant by typed pinyin: a whole sentence, words, then single characters."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from server.entry.dictionary import Word
from server.entry.syllables import Piece, Split, Splitter, fold_syllable

_MISHEARD = 2.0  # what a sound that Wu does not part costs, in logarithms of frequency
_UNLIKELIER = 1.5  # what an unlikelier way to cut the letters costs
_OWN = 3.0  # what words of the staff are worth more when they are abbreviated
_WORD_OF_A_SENTENCE = 18.0  # logarithm of all words of the corpus, so that frequencies become probabilities
_MOST_CHARACTERS = 5
_MOST_MATCHES = 60  # of one stretch; they come by frequency
_MOST_IN_A_SENTENCE = 6


@dataclass(frozen=True)
class Candidate:
    """Something to write, and for how many of the typed characters it stands."""

    text: str
    typed: int


@dataclass(frozen=True)
class _Entry:
    word: Word
    folded: tuple[str, ...]


class PinyinInput:
    """Candidates for pinyin, whole or abbreviated (``zhuanzhang``, ``zz``), by how common they are."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._by_initials: dict[str, list[_Entry]] = defaultdict(list)
        self._by_syllables: dict[tuple[str, ...], list[_Entry]] = defaultdict(list)
        self._longer: dict[str, list[_Entry]] = defaultdict(list)
        syllables: set[str] = set()
        for word in words:
            entry = _Entry(word, tuple(map(fold_syllable, word.syllables)))
            syllables.update(word.syllables)
            initials = "".join(s[0] for s in entry.folded)
            self._by_initials[initials].append(entry)
            self._by_syllables[entry.folded].append(entry)
            if word.own:
                for length in range(2, len(initials)):
                    self._longer[initials[:length]].append(entry)
        self._splitter = Splitter(syllables | {s.replace("v", "u") for s in syllables})

    def candidates(self, letters: str, most: int) -> list[Candidate]:
        """At most ``most`` candidates, best first. ``letters``: a–z in lower case and ``'`` between syllables."""
        splits = self._splitter.splits(letters)
        found: dict[str, Candidate] = {}
        if splits and splits[0].pieces:
            for candidate in self._ordered(splits):
                found.setdefault(candidate.text, candidate)
                if len(found) >= most:
                    break
        return list(found.values())

    def _ordered(self, splits: list[Split]) -> Iterator[Candidate]:
        """Everything typed first (words and the likeliest sentence), then shorter and shorter beginnings."""
        cheapest = splits[0].cost
        scored: list[tuple[int, float, Candidate]] = []
        for split in splits:
            unlikely = _UNLIKELIER * (split.cost - cheapest)
            for count in range(min(len(split.pieces), _MOST_CHARACTERS), 0, -1):
                pieces = split.pieces[:count]
                for entry in islice(self._matching(pieces), _MOST_MATCHES):
                    candidate = Candidate(entry.word.text, pieces[-1].end)
                    scored.append((pieces[-1].end, _score(entry, pieces) - unlikely, candidate))
            for entry in self._beginning(split.pieces):
                candidate = Candidate(entry.word.text, split.pieces[-1].end)
                scored.append((candidate.typed, _score(entry, split.pieces) - unlikely - _UNLIKELIER, candidate))
        scored.sort(key=lambda item: (-item[0], -item[1]))
        sentence = self._sentence(splits[0])
        if sentence is not None and not any(item[2].typed == sentence.typed for item in scored):
            yield sentence
        yield from (item[2] for item in scored)

    def _matching(self, pieces: Sequence[Piece]) -> Iterator[_Entry]:
        if all(piece.whole for piece in pieces):
            yield from self._by_syllables.get(tuple(piece.folded for piece in pieces), ())
            return
        yield from (entry for entry in self._by_initials.get(_initials(pieces), ()) if _fits(pieces, entry))

    def _beginning(self, pieces: Sequence[Piece]) -> Iterator[_Entry]:
        """Words of the staff that begin so and go on."""
        yield from (entry for entry in self._longer.get(_initials(pieces), ()) if _fits(pieces, entry))

    def _sentence(self, split: Split) -> Candidate | None:
        """The likeliest words in a row for all that was typed."""
        pieces = split.pieces
        best: list[tuple[float, str] | None] = [(0.0, "")] + [None] * len(pieces)
        for end in range(1, len(pieces) + 1):
            for start in range(max(0, end - _MOST_CHARACTERS), end):
                before = best[start]
                word = self._likeliest(pieces[start:end])
                if before is None or word is None:
                    continue
                score = before[0] + _score(word, pieces[start:end]) - _WORD_OF_A_SENTENCE
                reached = best[end]
                if reached is None or score > reached[0]:
                    best[end] = (score, before[1] + word.word.text)
        reached = best[-1]
        return Candidate(reached[1], pieces[-1].end) if reached is not None else None

    def _likeliest(self, pieces: Sequence[Piece]) -> _Entry | None:
        few = islice(self._matching(pieces), _MOST_IN_A_SENTENCE)
        return max(few, key=lambda entry: _score(entry, pieces), default=None)


def _fits(pieces: Sequence[Piece], entry: _Entry) -> bool:
    return all(piece.fits(syllable) for piece, syllable in zip(pieces, entry.folded, strict=False))


def _initials(pieces: Sequence[Piece]) -> str:
    return "".join(piece.folded[0] for piece in pieces)


def _score(entry: _Entry, pieces: Sequence[Piece]) -> float:
    """The likelier, the larger: how common it is, less what was typed differently."""
    score = math.log(entry.word.weight + 1)
    for piece, syllable in zip(pieces, entry.word.syllables, strict=False):
        spellings = (syllable, syllable.replace("v", "u"))
        if not any(spelling.startswith(piece.typed) for spelling in spellings):
            score -= _MISHEARD
        elif piece.whole and piece.typed not in spellings:
            score -= _MISHEARD / 4
    return score + (_OWN if entry.word.own and not all(piece.whole for piece in pieces) else 0.0)
