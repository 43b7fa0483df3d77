"""Words of danger to life in what was said. The words are content: ``data/knowledge/danger.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.evidence.patterns import compile_pattern
from bot.yaml_source import ContentError, Reading, load_marked

HEALTH, DESPAIR, TOLD, OWN = "health", "despair", "told_of_relative", "own"
# How far behind "讲我女儿" the word of danger may stand, in the same sentence.
_REACH = 24


class DangerWords:
    """Tells whether somebody's health or life is in danger now. Holds only read-only words, so threads may share it."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """``words`` has the keys of ``data/knowledge/danger.yml``, which explains each."""
        self._phrases = {
            key: re.compile("|".join(re.escape(phrase) for phrase in words[key])) for key in (HEALTH, DESPAIR)
        }
        told = "|".join(compile_pattern(pattern) for pattern in words[TOLD])
        # "…, 我胸口痛": what is said of oneself afterwards is no longer told of the relative.
        own = "|".join(re.escape(word) for word in words[OWN])
        self._told = re.compile(rf"(?:{told})(?:(?!{own})[^。！？!?\n]){{0,{_REACH}}}$")

    def kind(self, text: str, *, suspicious: bool) -> str | None:
        """:data:`DESPAIR` or :data:`HEALTH`; ``None`` without danger.

        In a ``suspicious`` text what somebody tells of a relative elsewhere is no danger seen ("电话里讲我女儿昏过去
        了，叫我打钱"); "邻居跑来说我老伴摔倒了" is.
        """
        if self._phrases[DESPAIR].search(text):
            return DESPAIR
        for match in self._phrases[HEALTH].finditer(text):
            if not suspicious or not self._told.search(text, 0, match.start()):
                return HEALTH
        return None


def load_danger_words(path: Path) -> DangerWords:
    """Read the words.

    Raises:
        ContentError: a list is missing, or a pattern can't be read; with every place.
    """
    reading = Reading()
    source = load_marked(path)
    words: dict[str, list[str]] = {}
    for key, phrases in reading.entries(path, source):
        with reading.at(path, source, key):
            words[str(key)] = [str(phrase) for phrase in phrases]
    for index, pattern in enumerate(words.get(TOLD, [])):
        try:
            compile_pattern(pattern)
        except ValueError as error:
            reading.fault(path, source, (TOLD, index), f"{pattern}: {error}", "bad_pattern", pattern=pattern)
    if isinstance(source.data, dict):
        reading.require(path, words, (HEALTH, DESPAIR, TOLD, OWN))
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return DangerWords(words)
