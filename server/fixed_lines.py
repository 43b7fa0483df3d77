"""Sentences that are said again and again, as staff wrote them: worth recording, and worth having ready."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.hotlines import Hotlines, load_hotlines
from bot.yaml_source import load_folder, load_yaml

# Kinds in the order in which they matter, with where their texts stand: file (or folder) and keys; ``*`` is any key.
_PLACES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("greeting", "knowledge/answers.yml", ("greet", "texts")),
    ("greeting", "knowledge/welcome.yml", ("greetings",)),
    ("police", "knowledge/phrases.yml", ("urgent_reminder",)),
    ("police", "knowledge/stages.yml", ("*", "lead")),
    ("police", "knowledge/stages.yml", ("*", "step")),
    ("police", "knowledge/stages.yml", ("*", "advice")),
    ("warning", "knowledge/scam_types", ("say", "*")),
    ("warning", "knowledge/scam_types", ("step", "*")),
    ("warning", "knowledge/phrases.yml", ("call_anti_fraud",)),
    ("warning", "knowledge/scam_types", ("reasons",)),
    ("warning", "knowledge/scam_types", ("question",)),
    ("warning", "knowledge/scam_types", ("disbelief",)),
    ("drill", "knowledge/drill.yml", ("say", "*")),
    ("failure", "knowledge/fallbacks.yml", ("failure",)),
    ("answer", "knowledge/answers.yml", ("*", "texts")),
    ("answer", "knowledge/practice.yml", ("say", "*")),
    ("answer", "knowledge/scam_types", ("explain", "*")),
    ("tip", "knowledge/welcome.yml", ("tips",)),
)
KINDS = tuple(dict.fromkeys(kind for kind, _, _ in _PLACES))
_ENDS = "。！？!?"
_LONGEST = 80


@dataclass(frozen=True)
class FixedLine:
    """One sentence with its numbers filled in."""

    kind: str
    text: str


def fixed_lines(data: Path) -> list[FixedLine]:
    """Every fixed sentence once, the most important kinds first.

    Sentences with a placeholder that is filled in anew each time are left out.

    Raises:
        bot.yaml_source.ContentError: content can't be read; says where.
    """
    hotlines = load_hotlines(data / "knowledge" / "hotlines.yml")
    found: dict[str, FixedLine] = {}
    for kind, place, keys in _PLACES:
        path = data / place
        documents = load_folder(path).values() if path.is_dir() else [load_yaml(path)]
        for document in documents:
            for text in _texts(document, keys):
                for sentence in _sentences(text, hotlines):
                    found.setdefault(sentence, FixedLine(kind, sentence))
    return sorted(found.values(), key=lambda line: KINDS.index(line.kind))


def sentences(text: str) -> Iterator[str]:
    """A text at the ends of its sentences, where the voice cuts it too."""
    start = 0
    for index, character in enumerate(text):
        following = text[index + 1 : index + 2]
        if character in _ENDS and following not in (*_ENDS, "”", "」", "）"):
            yield text[start : index + 1].strip()
            start = index + 1
    if text[start:].strip():
        yield text[start:].strip()


def _sentences(text: str, hotlines: Hotlines) -> Iterator[str]:
    for sentence in sentences(hotlines.fill(text)):
        if "{" not in sentence and 2 <= len(sentence) <= _LONGEST:
            yield sentence if sentence[-1] in _ENDS else sentence + _ENDS[0]


def _texts(content: Any, keys: tuple[str, ...]) -> Iterator[str]:
    if not keys:
        yield from ([content] if isinstance(content, str) else map(str, content or ()))
        return
    if not isinstance(content, dict):
        return
    for key in content if keys[0] == "*" else keys[:1]:
        if content.get(key) is not None:
            yield from _texts(content[key], keys[1:])
