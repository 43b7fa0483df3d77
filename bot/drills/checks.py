"""What can be wrong with a scenario that is well formed: its graph, its phrases, its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from bot.drills.engine import GUARDING, accepted
from bot.drills.faults import Problem, problem
from bot.drills.graph import longest_paths, reachable, with_an_end
from bot.drills.moves import Heard, MoveRecogniser
from bot.drills.phrases import DrillPhrases
from bot.drills.scenario import HEAN, Expectation, Kind, Move, Scenario, ScenarioLine, Step
from bot.identifiers import DrillOutcome

_ROLE_LINE = 75
_HEAN_LINE = 90
_CLUE = 30
_FEWEST, _MOST = 4, 8
_LONGEST_SECONDS = 180
_SECONDS_BY_CHARACTER = 0.24  # about 250 characters a minute, the speed of a calm speaker
_SECONDS_BY_ANSWER = 5
_ALLOWED = {
    Kind.SCAM: frozenset({DrillOutcome.REPORTED, DrillOutcome.SCAMMED, DrillOutcome.QUIT}),
    Kind.LEGITIMATE: frozenset(
        {DrillOutcome.TRUSTED, DrillOutcome.MISREPORTED, DrillOutcome.SCAMMED, DrillOutcome.QUIT}
    ),
}
_GIVING_IN = frozenset({Move.PAY, Move.DISCLOSE, Move.COMPLY})
_LINK = re.compile(r"https?|www\.|\.(?:com|cn|net|top|vip|xyz)\b", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9０-９]{5,}|[0-9]{3,4}-[0-9]{7,8}|[〇零一二三四五六七八九幺]{6,}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Path = tuple[Any, ...]


class ScenarioChecks:
    """Finds every problem of a scenario. ``numbers`` are the placeholder names that texts may use."""

    def __init__(self, phrases: DrillPhrases, numbers: frozenset[str] = frozenset()) -> None:
        self._phrases = phrases
        self._numbers = numbers
        self._recogniser = MoveRecogniser(phrases)
        self._heard = lru_cache(maxsize=4096)(self._heard_as)

    def problems(self, scenario: Scenario) -> list[Problem]:
        """All of them, in no particular order."""
        found = list(self._references(scenario))
        if not found:  # the graph can only be walked when its names are right
            found += self._graph(scenario)
        found += self._phrases_of(scenario)
        found += self._words(scenario)
        return found

    def _references(self, scenario: Scenario) -> Iterator[Problem]:
        steps = [step.id for step in scenario.steps]
        for name, ids in (
            ("steps", steps),
            ("cast", [m.id for m in scenario.cast]),
            ("clues", [c.id for c in scenario.clues]),
        ):
            for index, item in enumerate(ids):
                if item in ids[:index]:
                    yield problem((name, index, "id"), "duplicate_part", id=item)
        for path, expectation in _expectations(scenario):
            if expectation.next is not None and expectation.next not in steps:
                yield self._unknown_step((*path, "next"), expectation.next, steps)
            if expectation.next is not None and expectation.outcome is not None:
                yield problem((*path, "outcome"), "next_and_outcome")
            if expectation.next is None and expectation.outcome is None and not expectation.reply:
                yield problem(path, "stays_silent")
        for index, clue in enumerate(scenario.clues):
            step = scenario.step(clue.step)
            if step is None:
                yield self._unknown_step(("clues", index, "step"), clue.step, steps)
                continue
            listed = scenario.expectations(step)
            if not any(accepted(listed, move) for move in clue.noticed_by):
                move = clue.noticed_by[0].value
                yield problem(("clues", index, "noticed_by"), "clue_never_noticed", step=clue.step, move=move)
        known = {HEAN, *(member.id for member in scenario.cast)}
        for path, line in _lines(scenario):
            if line.speaker is not None and line.speaker not in known:
                yield problem((*path, "speaker"), "unknown_speaker", speaker=line.speaker)

    def _unknown_step(self, path: Path, step: str, steps: list[str]) -> Problem:
        near = get_close_matches(step, steps, 1, 0.5) or steps[:1]
        return problem(path, "unknown_step", step=step, suggestion="→ " + near[0])

    def _graph(self, scenario: Scenario) -> Iterator[Problem]:
        seen = reachable(scenario)
        ending = with_an_end(scenario)
        for index, step in enumerate(scenario.steps):
            if step.id not in seen:
                yield problem(("steps", index, "id"), "unreachable_step", step=step.id)
            elif step.id not in ending:
                yield problem(("steps", index, "id"), "dead_end", step=step.id)
            listed = scenario.expectations(step)
            open_moves = [move.value for move in Move if move in GUARDING and accepted(listed, move) is None]
            if open_moves:
                yield problem(("steps", index, "id"), "unguarded", step=step.id, moves="、".join(open_moves))
        reached: set[DrillOutcome] = set()
        for path, expectation in _expectations(scenario):
            outcome = expectation.outcome
            if outcome is None:
                continue
            reached.add(outcome)
            if outcome not in scenario.outcomes:
                yield problem((*path, "outcome"), "missing_outcome_text", outcome=outcome.value)
            yield from self._allowed(scenario, outcome, (*path, "outcome"))
        for outcome in scenario.outcomes:
            if outcome not in reached and outcome is not DrillOutcome.QUIT:
                yield problem(("outcomes", outcome.value), "unused_outcome", outcome=outcome.value)
        longest = longest_paths(scenario)
        exchanges = max(len(path) for path in longest)
        if not _FEWEST <= exchanges <= _MOST:
            yield problem(("steps",), "wrong_steps", count=exchanges)
        seconds = max(_seconds(scenario, path) for path in longest)
        if seconds > _LONGEST_SECONDS:
            yield problem(("steps",), "too_slow", seconds=round(seconds))

    def _allowed(self, scenario: Scenario, outcome: DrillOutcome, path: Path) -> Iterator[Problem]:
        allowed = _ALLOWED[scenario.kind]
        if outcome not in allowed:
            names = "、".join(sorted(item.value for item in allowed))
            yield problem(path, "wrong_outcome", kind=scenario.kind.value, outcome=outcome.value, allowed=names)

    def _phrases_of(self, scenario: Scenario) -> Iterator[Problem]:
        for path, expectation in _expectations(scenario):
            move = Move(path[-1])
            if not expectation.phrases and not self._phrases.moves.get(move):
                example = self._phrases.choices.moves[move].text
                yield problem(path, "no_phrases", move=move.value, example=example)
            blank = [i for i, phrase in enumerate(expectation.phrases) if not phrase.strip()]
            for index in blank:
                yield problem((*path, "phrases", index), "too_short")
        reported: set[Path] = set()
        for index, step in enumerate(scenario.steps):
            listed = scenario.expectations(step)
            spoken = tuple((move, expectation.phrases) for move, expectation in listed.items())
            for move, expectation in listed.items():
                base: Path = ("steps", index, "expects") if move in step.expects else ("anywhere",)
                for number, phrase in enumerate(expectation.phrases):
                    path = (*base, move.value, "phrases", number)
                    if path in reported or not phrase.strip():
                        continue
                    if self._leaves(phrase):
                        reported.add(path)
                        yield problem(path, "stop_clash", phrase=phrase)
                        continue
                    heard = self._heard(phrase, move, spoken, scenario.kind)
                    if heard is not None:
                        reported.add(path)
                        yield problem(path, "clash", phrase=phrase, move=move.value, heard=heard.value)

    def _leaves(self, phrase: str) -> bool:
        words = self._recogniser
        return words.is_stop(phrase) or words.is_real_emergency(phrase) or words.may_be_real(phrase)

    def _heard_as(
        self, phrase: str, move: Move, spoken: tuple[tuple[Move, tuple[str, ...]], ...], kind: Kind
    ) -> Move | None:
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

    def _words(self, scenario: Scenario) -> Iterator[Problem]:
        for path, line in _lines(scenario):
            hean = line.speaker == HEAN
            for text, where in [(line.text, path), *((t, path) for t in line.variants.values())]:
                yield from self._length(text, where, _HEAN_LINE if hean else _ROLE_LINE)
                yield from self._numbers_in(text, where)
                if not hean and scenario.kind is Kind.SCAM:
                    yield from self._spoken_by_a_scammer(text, where)
        for index, step in enumerate(scenario.steps):
            yield from self._length(step.nudge, ("steps", index, "nudge"), _ROLE_LINE)
            yield from self._numbers_in(step.nudge, ("steps", index, "nudge"))
            if scenario.kind is Kind.SCAM:
                yield from self._spoken_by_a_scammer(step.nudge, ("steps", index, "nudge"))
        for where, text, limit in _hean_texts(scenario):
            yield from self._length(text, where, limit)
            yield from self._numbers_in(text, where)

    def _length(self, text: str, path: Path, limit: int) -> Iterator[Problem]:
        if len(text) > limit:
            yield problem(path, "too_long", length=len(text), limit=limit)

    def _numbers_in(self, text: str, path: Path) -> Iterator[Problem]:
        for match in (*_DIGITS.finditer(text), *_LINK.finditer(text)):
            if match.group() not in self._phrases.hotlines:
                yield problem(path, "real_number", number=match.group())
        for name in _PLACEHOLDER.findall(text):
            if name not in self._numbers:
                yield problem(path, "unknown_placeholder", name=name)

    def _spoken_by_a_scammer(self, text: str, path: Path) -> Iterator[Problem]:
        for number in self._phrases.hotlines:
            if re.search(rf"(?<!\d){number}(?!\d)", text):
                yield problem(path, "real_number", number=number)
        for name in _PLACEHOLDER.findall(text):
            yield problem(path, "real_number", number=name)
        for brand in self._phrases.brands:
            if brand in text:
                yield problem(path, "brand", brand=brand)


def _expectations(scenario: Scenario) -> Iterator[tuple[Path, Expectation]]:
    for index, step in enumerate(scenario.steps):
        for move, expectation in step.expects.items():
            yield ("steps", index, "expects", move.value), expectation
    for move, expectation in scenario.anywhere.items():
        yield ("anywhere", move.value), expectation


def _lines(scenario: Scenario) -> Iterator[tuple[Path, ScenarioLine]]:
    for index, step in enumerate(scenario.steps):
        for number, line in enumerate(step.lines):
            yield ("steps", index, "lines", number), line
    for path, expectation in _expectations(scenario):
        for number, line in enumerate(expectation.reply):
            yield (*path, "reply", number), line


def _hean_texts(scenario: Scenario) -> Iterator[tuple[Path, str, int]]:
    for name in ("intro", "opening", "debrief"):
        yield (name,), getattr(scenario, name), _HEAN_LINE
    for outcome, text in scenario.outcomes.items():
        yield ("outcomes", outcome.value), text, _HEAN_LINE
    for path, expectation in _expectations(scenario):
        if expectation.feedback:
            yield (*path, "feedback"), expectation.feedback, _HEAN_LINE
    for index, clue in enumerate(scenario.clues):
        yield ("clues", index, "text"), clue.text, _CLUE
        yield ("clues", index, "advice"), clue.advice, _HEAN_LINE


def _seconds(scenario: Scenario, path: tuple[str, ...]) -> float:
    steps: list[Step] = [step for step in scenario.steps if step.id in path]
    spoken = len(scenario.intro) + len(scenario.opening)
    spoken += sum(len(line.text) for step in steps for line in step.lines)
    return spoken * _SECONDS_BY_CHARACTER + len(steps) * _SECONDS_BY_ANSWER
