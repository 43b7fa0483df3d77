"""From free speech to moves: what did the resident just do?

Phrases of the step and phrases that hold everywhere are looked for in the words as spoken and in their
Mandarin equivalent. A longer phrase hides those within it, and a negation turns a move round: 转给你 pays,
不转给你 refuses.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from bot.drills.folding import Folded, Folding
from bot.drills.move_model import MoveModel
from bot.drills.phrase_index import PhraseIndex
from bot.drills.phrases import DrillPhrases
from bot.drills.scenario import Kind, Move

_CLAUSES = re.compile(r"[，。！？；、,.!?;\s]+")
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
_PROTECTING = frozenset({Move.VERIFY, Move.REFUSE, Move.HANG_UP, Move.REPORT})
# How much each sign weighs beside the model's logarithm of the probability; measured on answers of half the drills
# in tests/drills/free_answers.
_NEAR, _SAID, _RULED, _RULED_VERIFY = 2.0, 2.0, 1.0, 1.5
_TORN = 0.3
_LEAST_LIKELY = 1e-6
_ALSO = 0.1
_LEAST_SURE = 0.35
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
    """One utterance: as spoken, its Mandarin equivalent, the model's intent."""

    text: str
    normalised: str = ""
    intent: str | None = None

    def versions(self) -> tuple[str, ...]:
        """The different wordings to look at."""
        return (self.text,) if self.normalised in ("", self.text) else (self.text, self.normalised)


@dataclass(frozen=True)
class _Match:
    move: Move
    start: int
    end: int
    special: bool


class MoveRecogniser:
    """Maps utterances to moves and knows the words that leave a drill. Safe to share.

    With ``remember`` it keeps what it was asked about, for those who ask about the same texts again and again:
    never where residents speak, whose words must not stay in memory.
    """

    def __init__(self, phrases: DrillPhrases, *, model: MoveModel | None = None, remember: bool = False) -> None:
        self._phrases = phrases
        self._model = model
        fold = Folding(phrases.equivalents).fold
        self._fold: Callable[[str], Folded] = lru_cache(maxsize=16384)(fold) if remember else fold
        # For the phrases of scenarios only: what residents say must not stay in memory.
        self._phrase = lru_cache(maxsize=16384)(self._plain)
        generic = [(move, self._plain(p)) for move, group in phrases.moves.items() for p in group]
        generic += [(Move.ASK, self._plain(p)) for p in phrases.questions]
        self._generic = PhraseIndex(generic)
        self._alone = {phrase: move for move, phrase in reversed(generic)}
        meanings = {phrase for _, phrase in generic}
        self._either_or = tuple(w for w in map(self._plain, phrases.not_negation) if w not in meanings)
        self._negators = tuple(self._plain(word) for word in phrases.negators)
        self._after_negators = tuple(self._plain(word) for word in phrases.after_negators)
        self._not_negation = tuple(self._plain(word) for word in phrases.not_negation)
        self._questions = frozenset(self._plain(word) for word in phrases.questions)
        self._stop_whole = frozenset(self._plain(word) for word in phrases.stop.whole)
        self._stop_clause = frozenset(self._plain(word) for word in phrases.stop.clause)
        self._stop_part = self._any_of(phrases.stop.part)
        self._stop_padding = tuple(self._plain(word) for word in phrases.stop.padding)
        self._about_others = self._any_of(phrases.about_others)
        self._go_on = self._any_of(phrases.go_on)
        emergency = phrases.emergency
        self._always, self._harmless = self._any_of(emergency.always), self._any_of(emergency.harmless)
        self._real, self._loss = self._any_of(emergency.real), self._any_of(emergency.loss)
        self._unless, self._maybe = self._any_of(emergency.unless), self._any_of(emergency.maybe)

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
                if move is Move.REFUSE and kind is Kind.LEGITIMATE and self._about_others.search(folded.text):
                    move = Move.COMPLY  # whoever comes, I give them nothing: just what the caller advised
                found.setdefault(move)
        order = _PRIORITY_LEGITIMATE if kind is Kind.LEGITIMATE else _PRIORITY
        ruled = tuple(move for move in order if move in found)
        if self._model is not None:
            return self._weighed(self._model, heard, special, ruled, kind)
        if not ruled:
            guess = self._similar(heard, special)
            if guess is not None:
                return (guess,)
            guess = self._phrases.intents.get(heard.intent or "")
            if guess is None:
                return ()
            denied = any(self._denies(self._fold(version).text) for version in heard.versions())
            return (_TURNED.get(guess, guess) if denied else guess,)
        return ruled

    def spoken(self, heard: Heard) -> frozenset[Move]:
        """The moves that stand in the words themselves, whatever the model makes of the rest."""
        return frozenset(move for version in heard.versions() for move in self._found(self._fold(version), ()))

    def _weighed(
        self, model: MoveModel, heard: Heard, special: Sequence[tuple[Move, str]], ruled: tuple[Move, ...], kind: Kind
    ) -> tuple[Move, ...]:
        """What the model makes of it, in the light of the phrases: those that were found, and those that are near."""
        whole = self._fold(heard.normalised or heard.text)
        if whole.text in self._alone:
            return (self._alone[whole.text],)
        likely = model.probabilities(whole.divided(), kind)
        weights = {move: math.log(max(p, _LEAST_LIKELY)) for move, p in likely.items()}
        for move, phrase in special:
            if move in weights:
                nearness = max(_shared_pairs(self._plain(version), phrase) for version in heard.versions())
                weights[move] = max(weights[move], math.log(max(likely[move], _LEAST_LIKELY)) + _NEAR * nearness)
        said = self._said(heard, special)
        for move in said:
            if move in weights:
                weights[move] += _SAID
        if ruled and ruled[0] in weights:
            # Who says that he will ask somebody means it, whatever else he says.
            weights[ruled[0]] += _RULED_VERIFY if ruled[0] is Move.VERIFY else _RULED
        first = max(weights, key=lambda move: weights[move])
        if first is None or self._torn(weights, first):
            return ()
        if not ruled and not said and likely.get(first, 0.0) < _LEAST_SURE:
            return ()  # strange words: better to ask than to guess
        also = (move for move in ruled if likely.get(move, 0.0) >= _ALSO)
        return tuple(dict.fromkeys((first, *also)))

    @staticmethod
    def _torn(weights: Mapping[Move | None, float], first: Move) -> bool:
        """Whether giving in and protecting oneself are about as likely: better to ask than to take for the opposite."""
        opposite = _PROTECTING if first in _GIVING_IN else _GIVING_IN if first in _PROTECTING else frozenset()
        return any(weights[first] - weights.get(move, -math.inf) < _TORN for move in opposite)

    def _said(self, heard: Heard, special: Sequence[tuple[Move, str]]) -> set[Move]:
        """The moves of the step whose phrases were said as they stand, and not denied."""
        return {
            move
            for folded in map(self._fold, heard.versions())
            for move, phrase in special
            for match in self._matches(folded, move, phrase, True)
            if not self._negated(folded, match)
        }

    def is_stop(self, text: str) -> bool:
        """Whether the resident wants to leave the drill."""
        plain = self._plain(text)
        if self._says_only(plain, self._stop_whole) or self._stop_part.search(plain):
            return True
        return any(self._says_only(self._plain(clause), self._stop_clause) for clause in _CLAUSES.split(text))

    def _says_only(self, plain: str, words: frozenset[str]) -> bool:
        """Whether nothing but one of ``words`` was said, whatever polite words stand around it."""
        bare = plain
        for word in self._stop_padding:
            bare = bare.replace(word, "")
        return plain in words or bare in words

    def is_real_emergency(self, text: str) -> bool:
        """Whether the resident says that it happens in real life, not in the drill."""
        plain = self._plain(text)
        if self._always.search(self._harmless.sub("", plain)):
            return True
        if self._unless.search(plain):
            return False
        return bool(self._real.search(plain) and self._loss.search(plain))

    def may_be_real(self, text: str) -> bool:
        """Whether it could be real life and has to be asked: 我被骗了, said in the middle of a drill."""
        plain = self._plain(text)
        return bool(self._maybe.search(plain)) and not self._unless.search(plain)

    def goes_on(self, text: str) -> bool:
        """Whether the resident says that it is only the drill and wants to go on."""
        plain = self._plain(text)
        return bool(self._go_on.search(plain))

    def _found(self, folded: Folded, special: Iterable[tuple[Move, str]]) -> list[Move]:
        text = folded.text
        matches = [
            match
            for group, is_special in ((special, True), (self._generic.within(text), False))
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

    def _matches(self, folded: Folded, move: Move, phrase: str, special: bool) -> list[_Match]:
        if len(phrase) <= 1:  # 好 alone agrees; within 好人 it says nothing
            return [_Match(move, a, b, special) for a, b in folded.clauses() if set(folded.text[a:b]) == set(phrase)]
        return [_Match(move, start, end, special) for start, end in _places(folded.text, phrase)]

    def _negated(self, folded: Folded, match: _Match) -> bool:
        after = folded.text[match.end :]
        if after.startswith(self._after_negators):
            return True
        if folded.text[match.start] == "我" or match.move in (Move.ASK, Move.STALL):
            return False
        begin = max(0, match.start - _NEGATION_REACH, *(b for b in folded.breaks if b <= match.start), 0)
        # 别哭别哭 does not deny itself.
        before = folded.text[begin : match.start].replace(folded.text[match.start : match.end], "")
        window = folded.text[begin : match.end + 2]
        for word in self._not_negation:
            if word in window:
                before = before.replace(word, "")
                if any(negator in word for negator in self._negators) and not before:
                    return False
        return any(negator in before for negator in self._negators)

    def _denies(self, plain: str) -> bool:
        """Whether a plain text says no to something; 没问题 and 要不要 do not."""
        for word in self._not_negation:
            plain = plain.replace(word, "")
        return any(negator in plain for negator in self._negators)

    def _similar(self, heard: Heard, special: Sequence[tuple[Move, str]]) -> Move | None:
        best: dict[Move, float] = {}
        for version in heard.versions():
            plain = self._plain(version)
            if len(plain) < 3:
                continue
            for move, phrase in special:
                ratio = SequenceMatcher(None, plain, phrase, autojunk=False).ratio()
                # 镯子我不给 is nearly 镯子我给, and the opposite of it.
                meant = _TURNED.get(move) if self._denies(plain) != self._denies(phrase) else move
                if meant is not None:
                    best[meant] = max(best.get(meant, 0.0), ratio)
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][1] < _SIMILAR_ENOUGH:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLEARLY_BETTER:
            return None
        return ranked[0][0]

    def _any_of(self, words: Iterable[str]) -> re.Pattern[str]:
        """Finds any of the words in a plain text; nothing when there are none."""
        return re.compile("|".join(re.escape(self._plain(word)) for word in words) or r"(?!)")

    def _plain(self, text: str) -> str:
        return self._fold(text).text


def _places(text: str, part: str) -> list[tuple[int, int]]:
    """Where a part stands in a text, as start and end."""
    result = []
    start = text.find(part)
    while start >= 0:
        result.append((start, start + len(part)))
        start = text.find(part, start + 1)
    return result


def _shared_pairs(text: str, phrase: str) -> float:
    """How alike two texts are, by the pairs of neighbouring characters that they share: 0 to 1."""
    mine, theirs = ({part[i : i + 2] for i in range(len(part) - 1)} for part in (text, phrase))
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine or theirs else 0.0
