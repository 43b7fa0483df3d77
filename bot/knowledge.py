"""What staff know and write: scam types, stages, hotlines, answers. Read from ``data/knowledge``.

Texts name numbers by placeholder (``{police}``), so that a number is changed in one place, ``hotlines.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.identifiers import Gesture, ScamType, Stage
from bot.turn import Choice
from bot.yaml_source import ContentError, Fault, load_folder, load_yaml


@dataclass(frozen=True)
class Hotline:
    """A place to call. ``number`` is ``None`` where only the resident knows it (the bank's, on the card)."""

    key: str
    number: str | None
    name: str
    say: str


@dataclass(frozen=True)
class StageAdvice:
    """What is said at one stage whatever the scam: first words, the next step, advice, whom to call in order."""

    lead: tuple[str, ...]
    step: str
    advice: tuple[str, ...]
    hotlines: tuple[str, ...]
    gesture: Gesture


@dataclass(frozen=True)
class ScamKnowledge:
    """One scam type as residents hear of it."""

    id: ScamType
    name: str
    gist: str
    say_scam: tuple[str, ...]
    say_caution: tuple[str, ...]
    reasons: tuple[str, ...]
    question: str
    disbelief: tuple[str, ...]
    step: Mapping[Stage, str]
    advice: Mapping[Stage, tuple[str, ...]]
    hotlines: Mapping[Stage, tuple[str, ...]]
    explain: Mapping[str, str]
    law: str
    tell_apart: str


@dataclass(frozen=True)
class AnswerText:
    """What is answered to talk around the subject; several wordings so that nobody hears the same twice."""

    gesture: Gesture
    texts: tuple[str, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """All of ``data/knowledge`` that replies are made from."""

    hotlines: Mapping[str, Hotline]
    stages: Mapping[Stage, StageAdvice]
    types: Mapping[ScamType, ScamKnowledge]
    answers: Mapping[str, AnswerText]
    topics: Mapping[ScamType, tuple[str, ...]]
    fallbacks: Mapping[str, tuple[str, ...]]
    subtitles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fill(self, text: str, **extra: str) -> str:
        """Put hotline numbers and ``extra`` values in the place of their ``{placeholders}``."""
        values = {key: hotline.number or hotline.say for key, hotline in self.hotlines.items()} | extra
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        return text

    def numbers(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The numbers of hotline keys, in order, without those only the resident knows."""
        found = (self.hotlines[key].number for key in keys if key in self.hotlines)
        return tuple(dict.fromkeys(number for number in found if number))


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)


def _by_stage(value: Mapping[str, Any] | None) -> dict[Stage, Any]:
    return {Stage(stage): content for stage, content in (value or {}).items()}


def _choices(value: Any) -> tuple[Choice, ...]:
    return tuple(Choice(str(c["title"]), str(c["text"])) for c in value or [])


def _scam_knowledge(entry: Mapping[str, Any]) -> ScamKnowledge:
    return ScamKnowledge(
        id=ScamType(entry["id"]),
        name=entry["name"],
        gist=entry["gist"],
        say_scam=_texts(entry["say"]["scam"]),
        say_caution=_texts(entry["say"]["caution"]),
        reasons=_texts(entry["reasons"]),
        question=entry["question"],
        disbelief=_texts(entry.get("disbelief")),
        step=_by_stage(entry["step"]),
        advice={stage: _texts(advice) for stage, advice in _by_stage(entry.get("advice")).items()},
        hotlines={stage: _texts(keys) for stage, keys in _by_stage(entry.get("hotlines")).items()},
        explain=entry["explain"],
        law=entry.get("law") or "",
        tell_apart=entry.get("tell_apart") or "",
    )


def load_knowledge(data: Path) -> Knowledge:
    """Read ``data/knowledge`` and the dialect subtitles of ``data/dialects/replies``.

    Raises:
        ContentError: something is missing or misspelt; names the file and what it lacks.
    """
    folder = data / "knowledge"
    path = folder
    try:
        path = folder / "hotlines.yml"
        hotlines = {
            key: Hotline(key, entry.get("number"), entry["name"], entry.get("say") or entry["name"])
            for key, entry in load_yaml(path).items()
        }
        path = folder / "stages.yml"
        stages = {
            Stage(name): StageAdvice(
                _texts(entry["lead"]),
                entry["step"],
                _texts(entry["advice"]),
                _texts(entry["hotlines"]),
                Gesture(entry.get("gesture", "explain")),
            )
            for name, entry in load_yaml(path).items()
        }
        types: dict[ScamType, ScamKnowledge] = {}
        for path, entry in load_folder(folder / "scam_types").items():  # noqa: B007
            knowledge = _scam_knowledge(entry)
            types[knowledge.id] = knowledge
        path = folder / "answers.yml"
        answers = {
            name: AnswerText(
                Gesture(entry.get("gesture", "explain")),
                _texts(entry["texts"]),
                _choices(entry.get("choices")),
            )
            for name, entry in load_yaml(path).items()
        }
        path = folder / "topics.yml"
        topics = {ScamType(name): _texts(names) for name, names in load_yaml(path).items()}
        path = folder / "fallbacks.yml"
        fallbacks = {name: _texts(texts) for name, texts in load_yaml(path).items()}
        subtitles: dict[str, dict[str, str]] = {}
        for path, lines in load_folder(data / "dialects" / "replies").items():
            subtitles[path.stem] = {key: line["text"] for key, line in lines.items() if isinstance(line, dict)}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, ContentError):
            raise
        raise ContentError([Fault(path, 1, 1, f"{type(error).__name__}: {error}")]) from error
    return Knowledge(hotlines, stages, types, answers, topics, fallbacks, subtitles)
