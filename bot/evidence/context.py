"""What stands before a piece of evidence: a negation, a condition, or only something that looks like one.

The words are content: ``data/knowledge/negation.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.yaml_source import ContentError, Reading, load_marked

LISTS = ("then", "negations", "no_negation", "after_all", "conditions", "reported", "inward", "only_then")
_LOOK_BACK = 32
# How many characters a negation reaches within its clause: one word, and "nobody asked me to" with its list.
_NEAR, _FAR = 5, 24
# ... and a demand to the deed that is demanded: "叫我把验证码…".
_DEMAND = 8
# ... and where money came in stands within or beside the deed: "打了五千|块到我卡上".
_BESIDE = 7
_BLANK = "□"


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


class ContextWords:
    """Tells whether what follows a stretch of text is said not to be so, or only supposed."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """``words`` has the keys of ``data/knowledge/negation.yml``, which explains each."""
        self._harmless = re.compile(_any_of(words["no_negation"]))
        between = rf"(?:(?!{_any_of(words['after_all'])})[^，。！？；,!?;\n])"
        self._negation = re.compile(rf"(?:{_any_of(words['negations'])}){between}{{0,{_NEAR}}}$")
        self._far_negation = re.compile(rf"(?:{_any_of(words['far_negations'])}){between}{{0,{_FAR}}}$")
        self._inward = re.compile(_any_of(words["inward"]))
        self._only_then = re.compile(_any_of(words["only_then"]))
        self._demand = re.compile(rf"(?:{_any_of(words['demands'])}){between}{{0,{_DEMAND}}}$")
        self._done = re.compile(_any_of(words["done"]))
        self._reported = re.compile(rf"(?:{_any_of(words['reported'])})[^，。！？；,!?;\n]{{0,{_FAR}}}$")
        onward = rf"(?:(?!{_any_of(words['then'])})[^。！？!?\n])"
        self._condition = re.compile(rf"(?:{_any_of(words['conditions'])}){onward}{{0,24}}$")

    def negates(self, text: str, position: int, *, far: bool = False) -> bool:
        """Whether what stands at ``position`` of ``text`` is negated.

        ``far`` also finds "nobody asked me to …, … or …", which holds to the end of the clause.
        """
        before = text[max(0, position - _LOOK_BACK) : position]
        before = self._harmless.sub(lambda match: _BLANK * len(match.group()), before)
        return bool(self._negation.search(before)) or (far and bool(self._far_negation.search(before)))

    def supposes(self, text: str, start: int, end: int) -> bool:
        """Whether what stands from ``start`` to ``end`` of ``text`` is only supposed, told by somebody else, or money
        that came in."""
        if self.reports(text, start):
            return True
        if self._only_then.match(text, end) or self._inward.search(text, start, end + _BESIDE):
            return True
        return bool(self._condition.search(text[max(0, start - _LOOK_BACK) : start]))

    def reports(self, text: str, position: int) -> bool:
        """Whether what stands at ``position`` is what somebody else says: "打电话说我医保卡被盗刷"."""
        return self._reported.search(text[max(0, position - _LOOK_BACK) : position]) is not None

    def demands(self, text: str, start: int, end: int) -> bool:
        """Whether the deed from ``start`` to ``end`` of ``text`` is only demanded: "叫我把验证码讲给他听"."""
        done = self._done.search(text, start, min(len(text), end + 1))
        return done is None and bool(self._demand.search(text[max(0, start - _LOOK_BACK) : start]))


def load_context_words(path: Path) -> ContextWords:
    """Read the words.

    Raises:
        ContentError: a list is missing.
    """
    reading = Reading()
    source = load_marked(path)
    words: dict[str, list[str]] = {}
    for key, listed in reading.entries(path, source):
        with reading.at(path, source, key):
            words[str(key)] = [str(word) for word in listed]
    if isinstance(source.data, dict):
        reading.require(path, words, LISTS)
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return ContextWords(words)
