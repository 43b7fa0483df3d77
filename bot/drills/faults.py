"""What is wrong with a scenario file, said so that a community worker can mend it.

The sentences are content (``data/knowledge/scenario_faults.yml``); the code only knows their keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typing_extensions import Self

from bot import placeholders
from bot.yaml_source import ContentError, Reading, load_marked


@dataclass(frozen=True)
class Problem:
    """A fault whose place is not known yet: ``path`` leads to the value, ``code`` names the sentence."""

    path: tuple[Any, ...]
    code: str
    values: tuple[tuple[str, str], ...] = ()


class FaultMessages:
    """The sentences by code. An unknown code is shown as it is rather than hidden."""

    def __init__(self, sentences: dict[str, str]) -> None:
        self._sentences = sentences

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read the sentences, one mapping of code to sentence.

        Raises:
            ContentError: the file can't be read, or something in it is no sentence; with its place.
        """
        reading = Reading()
        source = load_marked(path)
        sentences: dict[str, str] = {}
        for code, sentence in reading.entries(path, source):
            if isinstance(sentence, str):
                sentences[str(code)] = sentence
            else:
                reading.fault(path, source, (code,), "expected a sentence", "want_sentence")
        if reading.faults:
            raise ContentError(reading.faults)
        return cls(sentences)

    def render(self, problem: Problem) -> str:
        """The sentence of a problem with its values filled in."""
        sentence = self._sentences.get(problem.code)
        if sentence is None:
            return problem.code
        return placeholders.fill(sentence, dict(problem.values))

    def say(self, code: str, /, **values: object) -> str:
        """The sentence of a code with values filled in."""
        return self.render(problem((), code, **values))


def problem(path: tuple[Any, ...], code: str, /, **values: object) -> Problem:
    """A problem whose values are turned into text."""
    return Problem(path, code, tuple((name, str(value)) for name, value in values.items()))
