"""What was done with money and data, clause by clause: given, not given, only demanded, supposed, or going on.

N-grams of a whole text don't tell who did it, and whether "转了" stands in a clause that denies it. Each clause is read
for a deed (a verb of giving with a word for done), its agent and its object, for denial, demand and condition, and for
what comes with a loss or a talk that goes on. The stage model learns what these marks are worth.

The words are content: ``data/knowledge/deeds.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evidence.context import ContextWords
from bot.evidence.patterns import compile_pattern
from bot.yaml_source import ContentError, Reading, load_marked

LISTS = (
    "lookalikes", "turns", "give", "done", "done_amount", "tell", "money", "data", "own", "family", "strangers",
    "surely_done", "elsewhere", "demanded", "nearly", "supposed", "not_before",
)  # fmt: skip
_PAUSE = re.compile(r"[，。！？；：、,.!?;:\s]+")
_AMOUNT = r"(?:[0-9]+|[一二两三四五六七八九十百千万几]+)[多来几]?(?:万|千|百|块|元|个|笔|次|趟|回|单|克|根)?"
# How far the thing and the word for done may stand from the verb, and what demands it before the verb.
_GAP, _BEFORE = 9, 9
# "交了一万": the amount may follow.
_AMOUNT_AFTER = 4
_NO = "没|未|不|勿|呒|冇|别"
_BLANK = "□"
# Patterns may ask for the end of a clause.
_END = "。"
GIVEN = "given"
# Marks that tell of a deed or a loss, and those that deny one.
_LOSSES = (GIVEN, "past_deed", "taken", "gone", "no_trace")
_DENIALS = ("denied", "kept")
# What the stage is judged by beside the model: see :mod:`bot.judge.stage`.
DENIALS = frozenset(_DENIALS)
PAST_DEED, ONLY_DENIED, GOING_ON = "past_deed", "only denied", "going_on"
WANTS_BACK, OFFERS_BACK, DISSUADED, DEMANDED = "wants_back", "offers_back", "dissuaded", "demanded"


def _any_of(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"


@dataclass(frozen=True)
class DeedWords:
    """The lists of ``data/knowledge/deeds.yml``, which explains each; ``marks`` are patterns."""

    lists: Mapping[str, Sequence[str]]
    marks: Mapping[str, Sequence[str]]


class DeedReader:
    """Reads the deeds of a text. Holds only read-only words, so threads may share it."""

    def __init__(self, words: DeedWords, context: ContextWords) -> None:
        lists = {name: _any_of(words.lists[name]) for name in LISTS if name != "done_amount"}
        find = {name: re.compile(expression) for name, expression in lists.items()}
        self._context = context
        self._lookalikes, self._turns = find["lookalikes"], re.compile(f"(?={lists['turns']})")
        self._money, self._data = find["money"], find["data"]
        self._own, self._family, self._strangers = find["own"], find["family"], find["strangers"]
        self._our_family = re.compile(lists["own"] + lists["family"])
        self._elsewhere, self._demanded, self._supposed = find["elsewhere"], find["demanded"], find["supposed"]
        self._surely_done = find["surely_done"]
        self._nearly, self._not_before = find["nearly"], find["not_before"]
        between = rf"(?:(?!{_NO}|{lists['demanded']}).){{0,{_GAP}}}?"
        amounts = "|".join(compile_pattern(pattern) for pattern in words.lists["done_amount"])
        self._given = re.compile(rf"(?:{amounts}){_AMOUNT}|{lists['give']}{between}(?P<done>{lists['done']})")
        self._told = re.compile(rf"{lists['tell']}{between}(?P<done>{lists['done']}|[一两三几][遍回次])")
        self._marks = tuple(
            (name, re.compile("|".join(compile_pattern(pattern) for pattern in patterns)))
            for name, patterns in words.marks.items()
        )

    def marks(self, text: str) -> frozenset[str]:
        """The marks of every clause of a folded text, those of the last clause once more, and what they sum up to."""
        found: set[str] = set()
        last: set[str] = set()
        for clause in self._clauses(text):
            last = self._clause(clause)
            found |= last
        found |= {f"last {mark}" for mark in last}
        kinds = {mark.split()[0] for mark in found}
        if kinds.isdisjoint(_LOSSES):
            found.add("nothing lost")
            if not kinds.isdisjoint(_DENIALS):
                found.add(ONLY_DENIED)
        elif kinds.isdisjoint(_DENIALS):
            found.add("only lost")
        return frozenset(found)

    def _clauses(self, text: str) -> Iterator[str]:
        for clause in _PAUSE.split(text):
            # What is recognised from speech has few pauses: a turn of the story divides it too.
            yield from filter(None, self._turns.split(clause))

    def _clause(self, clause: str) -> set[str]:
        text = self._lookalikes.sub(lambda match: _BLANK * len(match.group()), clause)
        elsewhere = self._elsewhere.search(clause) is not None and self._own.search(clause) is None
        found = set(self._deeds(text))
        for name, pattern in self._marks:
            match = pattern.search(clause + _END)
            if match is not None:
                said = name in _LOSSES and self._context.reports(clause, match.start())
                found.add(f"said {name}" if said else name)
        if self._data.search(clause):
            found |= {f"data {mark}" for mark in self._deeds(text, told=True)}
        if self._demanded.search(clause):
            found.add(DEMANDED)
        if self._supposed.search(clause):
            found.add("supposed")
        if GOING_ON in found:
            found |= {f"{GOING_ON} and {name}" for name in ("place", "coming") if name in found}
        return {f"elsewhere {mark}" for mark in found} | {"elsewhere"} if elsewhere else found

    def _deeds(self, text: str, *, told: bool = False) -> Iterator[str]:
        """Each deed of a clause with its agent and object, or that it was denied, demanded or supposed."""
        for match in (self._told if told else self._given).finditer(text):
            start, end = match.span()
            before = text[:start]
            if self._context.negates(text, start) or self._nearly.search(before):
                yield "denied"
            elif self._supposed.search(before) or self._context.reports(text, start):
                yield "supposed"
            elif self._not_before.match(text, end) or self._only_demanded(text, match):
                yield DEMANDED
            elif told:
                yield GIVEN
            else:
                around = text[max(0, start - _BEFORE) : end + _AMOUNT_AFTER]
                yield f"{GIVEN} {self._agent(before)} {self._object(around)}"
                yield GIVEN

    def _only_demanded(self, text: str, match: re.Match[str]) -> bool:
        """Whether somebody only wants it done: 叫我打过去, 先付他一千; not 叫我打，我打了."""
        done = match.group("done")
        if done is not None and self._surely_done.search(done):
            return False
        return self._demanded.search(text, max(0, match.start() - _BEFORE), match.start() + 2) is not None

    def _agent(self, before: str) -> str:
        without = self._our_family.sub(_BLANK, before)
        if self._own.search(without) or not (self._family.search(before) or self._strangers.search(before)):
            return "own"
        return "family" if self._family.search(before) else "stranger"

    def _object(self, around: str) -> str:
        if self._money.search(around):
            return "money"
        return "data" if self._data.search(around) else "something"


def load_deed_words(path: Path) -> DeedWords:
    """Read the words.

    Raises:
        ContentError: a list is missing, or a pattern can't be read; with every place.
    """
    reading = Reading()
    source = load_marked(path)
    lists: dict[str, list[str]] = {}
    marks: dict[str, list[str]] = {}
    for key, listed in reading.entries(path, source):
        with reading.at(path, source, key):
            if key == "marks":
                marks = {str(name): [str(pattern) for pattern in patterns] for name, patterns in listed.items()}
            else:
                lists[str(key)] = [str(word) for word in listed]
    for name, patterns in (*marks.items(), ("done_amount", lists.get("done_amount", []))):
        where: tuple[str, ...] = ("marks", name) if name in marks else (name,)
        for index, pattern in enumerate(patterns):
            try:
                compile_pattern(pattern)
            except ValueError as error:
                reading.fault(path, source, (*where, index), f"{pattern}: {error}", "bad_pattern", pattern=pattern)
    if isinstance(source.data, dict):
        reading.require(path, {**lists, "marks": marks}, (*LISTS, "marks"))
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return DeedWords(lists, marks)
