"""What the server itself says: greetings, choices and tips of a screen, and the words for its own failure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bot.hotlines import Hotlines, load_hotlines
from bot.knowledge_checks import check_placeholders
from bot.turn import Choice
from bot.yaml_source import ContentError, Reading, load_marked


@dataclass(frozen=True)
class Words:
    """Texts from ``data/knowledge`` with hotline numbers filled in. ``failures`` has at least one entry."""

    failures: tuple[str, ...]
    greetings: tuple[str, ...]
    choices: tuple[Choice, ...]
    tips: tuple[str, ...]


def load_words(data: Path) -> Words:
    """Read ``fallbacks.yml``, ``welcome.yml`` and ``hotlines.yml``.

    Raises:
        ContentError: one is missing or lacks something; with the place.
    """
    folder = data / "knowledge"
    hotlines = load_hotlines(folder / "hotlines.yml")
    reading = Reading()

    path = folder / "fallbacks.yml"
    source = load_marked(path)
    failures: tuple[str, ...] = ()
    with reading.at(path, source):
        failures = _texts(source.data["failure"], hotlines)
    check_placeholders(reading, path, source, hotlines)

    path = folder / "welcome.yml"
    source = load_marked(path)
    greetings: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    tips: tuple[str, ...] = ()
    with reading.at(path, source):
        greetings = _texts(source.data["greetings"], hotlines)
        choices = tuple(Choice(str(choice["title"]), str(choice["text"])) for choice in source.data["choices"])
        tips = _texts(source.data["tips"], hotlines)
    check_placeholders(reading, path, source, hotlines)

    if reading.faults:
        raise ContentError(reading.faults)
    return Words(failures, greetings, choices, tips)


def _texts(texts: Any, hotlines: Hotlines) -> tuple[str, ...]:
    if not isinstance(texts, list) or not texts:
        raise ValueError("expected a list of sentences")
    return tuple(hotlines.fill(str(text)) for text in texts)


class Rotation:
    """Takes texts in turn, so that nobody hears the same words twice in a row."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._texts = texts
        self._next = count()

    def take(self) -> str:
        """The next text."""
        return self._texts[next(self._next) % len(self._texts)]
