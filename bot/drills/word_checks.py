"""The words of a scenario: short enough to be listened to, without a number or a name that is real."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.drills.faults import Problem, problem
from bot.drills.parts_of import labels, narration, phrases, role_lines
from bot.drills.phrases import DrillPhrases
from bot.drills.scenario import HEAN, Kind, Scenario
from bot.drills.shape import Path

ROLE_LINE = 75
HEAN_LINE = 90
_LABEL = 30
_PHRASE = 30
_LINK = re.compile(r"https?|www\.|\.(?:com|cn|net|top|vip|xyz)\b", re.IGNORECASE)
_DIGIT, _SPOKEN_DIGIT, _GAP = "[0-9０-９]", "[〇零一二三四五六七八九幺]", r"[ \-－—·.，、]?"
_NUMBER = re.compile(rf"(?:{_DIGIT}{_GAP}){{7,}}|{_DIGIT}{{5,}}|(?:{_SPOKEN_DIGIT}{_GAP}){{7,}}|{_SPOKEN_DIGIT}{{6,}}")
_TRAILING = " -－—·.，、"
TO_FILL_IN = "……"  # what a new file is full of
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class WordChecks:
    """``numbers`` are the placeholder names that texts may use."""

    def __init__(self, words: DrillPhrases, numbers: frozenset[str]) -> None:
        self._words = words
        self._numbers = numbers
        spoken = "|".join(sorted(map(re.escape, words.hotlines), key=len, reverse=True))
        self._hotline = re.compile(rf"(?<!\d)(?:{spoken})(?!\d)")

    def problems(self, scenario: Scenario) -> Iterator[Problem]:
        """Texts that are too long, and what nobody may read out."""
        for path, line in role_lines(scenario):
            hean = line.speaker == HEAN
            for text, where in [(line.text, path), *((t, path) for t in line.variants.values())]:
                yield from self._text(text, where, HEAN_LINE if hean else ROLE_LINE)
                if not hean and scenario.kind is Kind.SCAM:
                    yield from self._by_a_scammer(text, where)
        for path, text in narration(scenario):
            yield from self._text(text, path, HEAN_LINE)
        for path, text in labels(scenario):
            yield from self._text(text, path, _LABEL)
        for path, text in phrases(scenario):
            yield from self._text(text, path, _PHRASE)
        for index, source in enumerate(scenario.sources):  # it is read by staff only
            if TO_FILL_IN in source:
                yield problem(("sources", index), "to_fill_in")

    def _text(self, text: str, path: Path, limit: int) -> Iterator[Problem]:
        if TO_FILL_IN in text:
            yield problem(path, "to_fill_in")
        if len(text) > limit:
            yield problem(path, "too_long", length=len(text), limit=limit)
        for match in (*_NUMBER.finditer(text), *_LINK.finditer(text)):
            number = match.group().rstrip(_TRAILING)
            if number not in self._words.hotlines:
                yield problem(path, "real_number", number=number)
        for name in _PLACEHOLDER.findall(text):
            if name not in self._numbers:
                yield problem(path, "unknown_placeholder", name=name, known="、".join(sorted(self._numbers)))

    def _by_a_scammer(self, text: str, path: Path) -> Iterator[Problem]:
        for number in self._hotline.findall(text):
            yield problem(path, "real_number", number=number)
        for name in _PLACEHOLDER.findall(text):
            yield problem(path, "real_number", number=name)
        for brand in self._words.brands:
            if brand in text:
                yield problem(path, "brand", brand=brand)
