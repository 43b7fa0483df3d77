"""What stands before a piece of evidence: a negation, a condition, or only something that looks like one.

The words are content: ``data/knowledge/negation.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.yaml_source import ContentError, Fault, load_yaml

_LOOK_BACK = 32
_BLANK = "□"


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


class ContextWords:
    """Tells whether what follows a stretch of text is said not to be so, or only supposed."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """``words`` has the keys ``negations``, ``no_negation``, ``after_all``, ``conditions`` and ``only_then``."""
        self._harmless = re.compile(_any_of(words["no_negation"]))
        self._negation = re.compile(
            rf"(?:{_any_of(words['negations'])})(?:(?!{_any_of(words['after_all'])})[^，。！？；,!?;\n]){{0,5}}$"
        )
        self._only_then = re.compile(_any_of(words["only_then"]))
        self._condition = re.compile(rf"(?:{_any_of(words['conditions'])})[^。！？!?\n]{{0,24}}$")

    def negates(self, text: str, position: int) -> bool:
        """Whether what stands at ``position`` of ``text`` is negated."""
        before = text[max(0, position - _LOOK_BACK) : position]
        before = self._harmless.sub(lambda match: _BLANK * len(match.group()), before)
        return bool(self._negation.search(before))

    def supposes(self, text: str, start: int, end: int) -> bool:
        """Whether what stands from ``start`` to ``end`` of ``text`` is only supposed to be so."""
        before = text[max(0, start - _LOOK_BACK) : start]
        return bool(self._condition.search(before)) or bool(self._only_then.match(text, end))


def load_context_words(path: Path) -> ContextWords:
    """Read the words.

    Raises:
        ContentError: a list is missing.
    """
    content: Any = load_yaml(path)
    try:
        return ContextWords({key: [str(word) for word in words] for key, words in content.items()})
    except (AttributeError, KeyError, TypeError) as error:
        raise ContentError([Fault(path, 1, 1, f"{type(error).__name__}: {error}")]) from error
