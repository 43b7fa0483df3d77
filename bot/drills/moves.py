"""From free speech to moves: what did the resident just do?

Phrases of the step and phrases that hold everywhere are looked for in the words as spoken and in their
Mandarin equivalent. A longer phrase hides those within it, and a negation turns a move round: 转给你 pays,
不转给你 refuses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from bot.drills.phrases import DrillPhrases
from bot.drills.scenario import Kind, Move

_NEGATION_REACH = 4
_SIMILAR_ENOUGH = 0.62
_CLEARLY_BETTER = 0.08
_TURNED = {
    Move.PAY: Move.REFUSE,
    Move.DISCLOSE: Move.REFUSE,
    Move.COMPLY: Move.REFUSE,
    Move.VERIFY: Move.COMPLY,
    Move.REPORT: Move.COMPLY,
    Move.HANG_UP: Move.COMPLY,
}
_GIVING_IN = frozenset({Move.PAY, Move.DISCLOSE, Move.COMPLY})
_PRIORITY = (
    Move.REPORT,
    Move.HANG_UP,
    Move.VERIFY,
    Move.REFUSE,
    Move.DISCLOSE,
    Move.PAY,
    Move.STALL,
    Move.ASK,
    Move.COMPLY,
)
# With a genuine contact "I hang up and ask the bank myself" is above all a verification.
_PRIORITY_LEGITIMATE = (Move.VERIFY, Move.REPORT, Move.HANG_UP, *_PRIORITY[3:])


@dataclass(frozen=True)
class Heard:
    """One utterance: as spoken, its Mandarin equivalent, the model's intent and whether it negates."""

    text: str
    normalised: str = ""
    intent: str | None = None
    negated: bool = False

    def versions(self) -> tuple[str, ...]:
        """The different wordings to look at."""
        return (self.text,) if self.normalised in ("", self.text) else (self.text, self.normalised)


@dataclass(frozen=True)
class _Folded:
    text: str
    breaks: frozenset[int]

    def clauses(self) -> list[tuple[int, int]]:
        edges = sorted({0, len(self.text), *self.breaks})
        return list(pairwise(edges))


@dataclass(frozen=True)
class _Match:
    move: Move
    start: int
    end: int
    special: bool


class MoveRecogniser:
    """Maps utterances to moves and knows the words that leave a drill. Stateless; safe to share."""

    def __init__(self, phrases: DrillPhrases) -> None:
        self._phrases = phrases
        # For the phrases of scenarios only: what residents say must not stay in memory.
        self._phrase = lru_cache(maxsize=16384)(self._plain)
        self._equivalents = sorted(phrases.equivalents.items(), key=lambda pair: -len(pair[0]))
        self._generic = [(move, self._plain(p)) for move, group in phrases.moves.items() for p in group]
        self._generic += [(Move.ASK, self._plain(p)) for p in phrases.questions]
        meanings = {phrase for _, phrase in self._generic}
        self._either_or = tuple(w for w in map(self._plain, phrases.not_negation) if w not in meanings)
        self._negators = tuple(self._plain(word) for word in phrases.negators)
        self._after_negators = tuple(self._plain(word) for word in phrases.after_negators)
        self._not_negation = tuple(self._plain(word) for word in phrases.not_negation)
        self._questions = frozenset(self._plain(word) for word in phrases.questions)
        self._stop_whole = frozenset(self._plain(word) for word in phrases.stop.whole)
        self._stop_part = tuple(self._plain(word) for word in phrases.stop.part)
        self._stop_padding = tuple(self._plain(word) for word in phrases.stop.padding)
        self._go_on = tuple(self._plain(word) for word in phrases.go_on)
        emergency = phrases.emergency
        self._always, self._real, self._loss, self._unless, self._maybe = (
            tuple(self._plain(word) for word in group)
            for group in (emergency.always, emergency.real, emergency.loss, emergency.unless, emergency.maybe)
        )

    def moves(
        self, heard: Heard, step_phrases: Mapping[Move, Sequence[str]], kind: Kind = Kind.SCAM
    ) -> tuple[Move, ...]:
        """Everything that the resident does at once, the weightiest first; empty when it is unclear."""
        special = [(move, self._phrase(p)) for move, group in step_phrases.items() for p in group]
        found: dict[Move, None] = {}
        for version in heard.versions():
            folded = self._fold(version)
            exact = [move for move, phrase in special if phrase == folded.text]
            if exact:
                return (exact[0],)
            for move in self._found(folded, special):
                found.setdefault(move)
        if not found:
            guess = self._similar(heard, special) or self._phrases.intents.get(heard.intent or "")
            if guess is None:
                return ()
            return (_TURNED.get(guess, guess) if heard.negated else guess,)
        order = _PRIORITY_LEGITIMATE if kind is Kind.LEGITIMATE else _PRIORITY
        return tuple(move for move in order if move in found)

    def is_stop(self, text: str) -> bool:
        """Whether the resident wants to leave the drill."""
        plain = self._plain(text)
        bare = plain
        for word in self._stop_padding:
            bare = bare.replace(word, "")
        if plain in self._stop_whole or bare in self._stop_whole:
            return True
        return any(part in plain for part in self._stop_part)

    def is_real_emergency(self, text: str) -> bool:
        """Whether the resident says that it happens in real life, not in the drill."""
        plain = self._plain(text)
        if any(word in plain for word in self._always):
            return True
        if any(word in plain for word in self._unless):
            return False
        return any(word in plain for word in self._real) and any(word in plain for word in self._loss)

    def may_be_real(self, text: str) -> bool:
        """Whether it could be real life and has to be asked: 我被骗了, said in the middle of a drill."""
        plain = self._plain(text)
        return not any(word in plain for word in self._unless) and any(word in plain for word in self._maybe)

    def goes_on(self, text: str) -> bool:
        """Whether the resident says that it is only the drill and wants to go on."""
        plain = self._plain(text)
        return any(word in plain for word in self._go_on)

    def _found(self, folded: _Folded, special: Iterable[tuple[Move, str]]) -> list[Move]:
        text = folded.text
        matches = [
            match
            for group, is_special in ((special, True), (self._generic, False))
            for move, phrase in group
            if phrase in text
            for match in self._matches(folded, move, phrase, is_special)
        ]
        matches.sort(key=lambda m: (m.start - m.end, not m.special, m.start))
        kept: list[_Match] = []
        # The 不要 within 要不要 refuses nothing.
        taken = [span for word in self._either_or for span in _places(folded.text, word)]
        for match in matches:
            spans = [*taken, *((k.start, k.end) for k in kept)]
            if not any(start <= match.start and match.end <= end for start, end in spans):
                kept.append(match)
        asking = any(folded.text[m.start : m.end] in self._questions for m in kept)
        moves: list[Move] = []
        for match in kept:
            if self._negated(folded, match):
                if match.move not in _TURNED:
                    continue
                moves.append(_TURNED[match.move])
            elif asking and match.move in _GIVING_IN and not match.special:
                continue  # "why should I transfer it?" asks; it does not pay
            else:
                moves.append(match.move)
        return moves

    def _matches(self, folded: _Folded, move: Move, phrase: str, special: bool) -> list[_Match]:
        if len(phrase) <= 1:  # 好 alone agrees; within 好人 it says nothing
            return [_Match(move, a, b, special) for a, b in folded.clauses() if set(folded.text[a:b]) == set(phrase)]
        return [_Match(move, start, end, special) for start, end in _places(folded.text, phrase)]

    def _negated(self, folded: _Folded, match: _Match) -> bool:
        after = folded.text[match.end :]
        if after.startswith(self._after_negators):
            return True
        if folded.text[match.start] == "我" or match.move in (Move.ASK, Move.STALL):
            return False
        begin = max(0, match.start - _NEGATION_REACH, *(b for b in folded.breaks if b <= match.start), 0)
        before = folded.text[begin : match.start]
        window = folded.text[begin : match.end + 2]
        for word in self._not_negation:
            if word in window:
                before = before.replace(word, "")
                if any(negator in word for negator in self._negators) and not before:
                    return False
        return any(negator in before for negator in self._negators)

    def _similar(self, heard: Heard, special: Sequence[tuple[Move, str]]) -> Move | None:
        best: dict[Move, float] = {}
        for version in heard.versions():
            plain = self._plain(version)
            if len(plain) < 3:
                continue
            for move, phrase in special:
                ratio = SequenceMatcher(None, plain, phrase, autojunk=False).ratio()
                best[move] = max(best.get(move, 0.0), ratio)
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][1] < _SIMILAR_ENOUGH:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLEARLY_BETTER:
            return None
        return ranked[0][0]

    def _plain(self, text: str) -> str:
        return self._fold(text).text

    def _fold(self, text: str) -> _Folded:
        text = unicodedata.normalize("NFKC", text).lower()
        for spoken, meaning in self._equivalents:
            text = text.replace(spoken, meaning)
        kept: list[str] = []
        breaks: set[int] = set()
        for character in text:
            if character.isalnum():
                kept.append(character)
            elif kept:
                breaks.add(len(kept))
        return _Folded("".join(kept), frozenset(b for b in breaks if b < len(kept)))


def _places(text: str, part: str) -> list[tuple[int, int]]:
    """Where a part stands in a text, as start and end."""
    result = []
    start = text.find(part)
    while start >= 0:
        result.append((start, start + len(part)))
        start = text.find(part, start + 1)
    return result
