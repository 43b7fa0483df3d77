"""What residents say: enough of it, and nothing that would be taken for another move or for leaving the drill."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.drills.engine import GUARDING
from bot.drills.faults import Problem, problem
from bot.drills.moves import Heard, MoveRecogniser
from bot.drills.parts_of import expectations
from bot.drills.phrases import DrillPhrases
from bot.drills.scenario import Kind, Move, Scenario
from bot.drills.shape import Path

_GIVING_IN = frozenset({Move.PAY, Move.DISCLOSE, Move.COMPLY})
_Spoken = tuple[tuple[Move, tuple[str, ...]], ...]


class PhraseChecks:
    """Hears every phrase as the engine would."""

    def __init__(self, phrases: DrillPhrases) -> None:
        self._phrases = phrases
        self._recogniser = MoveRecogniser(phrases, remember=True)
        self._heard = lru_cache(maxsize=16384)(self._heard_as)
        self._leaves = lru_cache(maxsize=16384)(self._leaves_drill)

    def problems(self, scenario: Scenario) -> Iterator[Problem]:
        """Moves without a phrase, and phrases that are heard as something else."""
        for path, expectation in expectations(scenario):
            if not expectation.phrases:
                example = self._phrases.choices.moves[Move(path[-1])].text
                yield problem(path, "no_phrases", move=path[-1], example=example)
            for number, phrase in enumerate(expectation.phrases):
                where = (*path, "phrases", number)
                if not phrase.strip():
                    yield problem(where, "too_short")
                elif self._leaves(phrase):
                    yield problem(where, "stop_clash", phrase=phrase)
        yield from self._clashes(scenario)

    def _clashes(self, scenario: Scenario) -> Iterator[Problem]:
        reported: set[Path] = set()
        for index, step in enumerate(scenario.steps):
            listed = scenario.expectations(step)
            spoken = tuple((move, expectation.phrases) for move, expectation in listed.items())
            for move, expectation in listed.items():
                base: Path = ("steps", index, "expects") if move in step.expects else ("anywhere",)
                for number, phrase in enumerate(expectation.phrases):
                    path = (*base, move.value, "phrases", number)
                    if path in reported or not phrase.strip() or self._leaves(phrase):
                        continue
                    heard = self._heard(phrase, move, spoken, scenario.kind)
                    if heard is not None:
                        reported.add(path)
                        yield problem(path, "clash", phrase=phrase, move=move.value, heard=heard.value)

    def _leaves_drill(self, phrase: str) -> bool:
        words = self._recogniser
        return words.is_stop(phrase) or words.is_real_emergency(phrase) or words.may_be_real(phrase)

    def _heard_as(self, phrase: str, move: Move, spoken: _Spoken, kind: Kind) -> Move | None:
        """What a phrase is taken for: by this step's phrases, and by those that hold everywhere.

        A phrase that gives in may not be what elsewhere protects, nor the reverse: a resident who says
        nearly the same would be taken for the opposite.
        """
        made = self._recogniser.moves(Heard(phrase), dict(spoken), kind)
        if made and made[0] is not move:
            return made[0]
        alone = self._recogniser.moves(Heard(phrase), {}, kind)
        opposite = _GIVING_IN if move in GUARDING else GUARDING if move in _GIVING_IN else frozenset()
        return alone[0] if alone and alone[0] in opposite else None
