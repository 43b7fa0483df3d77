"""What the server itself says: greetings, choices and tips of a screen, and the words for its own failure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bot.turn import Choice
from bot.yaml_source import ContentError, Fault, load_yaml


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
        ContentError: one is missing or lacks something; names the file.
    """
    folder = data / "knowledge"
    path = folder / "hotlines.yml"
    try:
        numbers = {key: str(line.get("number") or line.get("say")) for key, line in load_yaml(path).items()}
        path = folder / "fallbacks.yml"
        failures = _texts(load_yaml(path)["failure"], numbers)
        path = folder / "welcome.yml"
        welcome = load_yaml(path)
        return Words(
            failures,
            _texts(welcome["greetings"], numbers),
            tuple(Choice(str(choice["title"]), str(choice["text"])) for choice in welcome["choices"]),
            _texts(welcome["tips"], numbers),
        )
    except ContentError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContentError([Fault(path, 1, 1, f"{type(error).__name__}: {error}")]) from error


def _texts(texts: Any, numbers: dict[str, str]) -> tuple[str, ...]:
    if not isinstance(texts, list) or not texts:
        raise ValueError("expected a list of sentences")
    return tuple(str(text).format_map(numbers) for text in texts)


class Rotation:
    """Takes texts in turn, so that nobody hears the same words twice in a row."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._texts = texts
        self._next = count()

    def take(self) -> str:
        """The next text."""
        return self._texts[next(self._next) % len(self._texts)]
