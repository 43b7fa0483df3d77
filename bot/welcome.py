"""What stands around a conversation: greetings, choices and tips of a screen, and the words for a failure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.hotlines import Hotlines, load_hotlines
from bot.knowledge_checks import check_placeholders
from bot.practice.words import PracticeWords, load_practice_words
from bot.turn import Choice
from bot.yaml_source import ContentError, Reading, Wrong, load_marked, sentence


@dataclass(frozen=True)
class Words:
    """Texts from ``data/knowledge`` with hotline numbers filled in. ``failures`` has at least one entry.

    ``questions`` are asked most; ``lookups`` are what else a screen keeps answers to, for the time when its server is
    gone. ``silence`` are the words on which she stops speaking, ``particles`` what may stand around them.
    """

    failures: tuple[str, ...]
    greetings: tuple[str, ...]
    choices: tuple[Choice, ...]
    questions: tuple[Choice, ...]
    lookups: tuple[Choice, ...]
    tips: tuple[str, ...]
    silence: frozenset[str]
    particles: frozenset[str]
    practice: PracticeWords

    def wants_silence(self, text: str) -> bool:
        """Whether somebody says nothing but that she shall be quiet."""
        bare = "".join(character for character in text if character.isalnum())
        without = "".join(character for character in bare if character not in self.particles)
        return bare in self.silence or without in self.silence


def load_words(data: Path) -> Words:
    """Read ``fallbacks.yml``, ``welcome.yml``, ``silence.yml``, ``practice.yml`` and ``hotlines.yml``.

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
    questions: tuple[Choice, ...] = ()
    lookups: tuple[Choice, ...] = ()
    tips: tuple[str, ...] = ()
    with reading.at(path, source):
        greetings = _texts(source.data["greetings"], hotlines)
        choices = _choices(source.data["choices"])
        questions = _choices(source.data["questions"])
        lookups = _choices(source.data["lookups"])
        tips = _texts(source.data["tips"], hotlines)
    check_placeholders(reading, path, source, hotlines)

    path = folder / "silence.yml"
    source = load_marked(path)
    silence: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    with reading.at(path, source):
        silence = frozenset(map(str, source.data["words"]))
        particles = frozenset(map(str, source.data["particles"]))

    practice: PracticeWords | None = None
    try:
        practice = load_practice_words(data)
    except ContentError as error:
        reading.faults.extend(error.faults)
    if reading.faults or practice is None:
        raise ContentError(reading.faults)
    return Words(failures, greetings, choices, questions, lookups, tips, silence, particles, practice)


def _texts(texts: Any, hotlines: Hotlines) -> tuple[str, ...]:
    if not isinstance(texts, list) or not texts:
        raise Wrong("expected a list of sentences", "not_list")
    return tuple(hotlines.fill(sentence(text)) for text in texts)


def _choices(choices: Any) -> tuple[Choice, ...]:
    if not isinstance(choices, list) or not choices:
        raise Wrong("expected a list of choices with title and text", "not_list")
    return tuple(Choice(sentence(choice["title"]), sentence(choice["text"])) for choice in choices)
