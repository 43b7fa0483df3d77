"""What staff know and write: scam types, stages, hotlines, answers. Read from ``data/knowledge``.

Texts name numbers by placeholder (``{police}``), so that a number is changed in one place, ``hotlines.yml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import yaml_marks
from bot.hotlines import Hotlines, load_hotlines
from bot.identifiers import Gesture, ScamType, Stage
from bot.knowledge_checks import PHRASES, check_placeholders, needed_answers
from bot.turn import Choice
from bot.yaml_source import ContentError, Fault, Reading, Wrong, load_marked, sentence


@dataclass(frozen=True)
class StageAdvice:
    """What is said at one stage whatever the scam: first words, the next step, advice, whom to call in order.

    ``lead_called`` are the first words once the evidence ``called`` was told: the call has been made. ``lead_other``
    are those where it happened to somebody else.
    """

    lead: tuple[str, ...]
    step: str
    advice: tuple[str, ...]
    hotlines: tuple[str, ...]
    gesture: Gesture
    called: str = ""
    lead_called: tuple[str, ...] = ()
    lead_other: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question that decides; not asked once any evidence of ``unless`` has been told.

    ``yes`` is the evidence that somebody gives who says yes; ``None`` where a yes decides nothing.
    """

    ask: str
    unless: tuple[str, ...] = ()
    yes: str | None = None


@dataclass(frozen=True)
class Reason:
    """Why a kind of fraud is one. ``told`` names the evidence of which one must have been told before it is said:
    a reason that speaks of secrecy has no place where nobody asked for any."""

    say: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class MinuteStep:
    """The one thing to do this minute, where one of ``told`` was told, and none of ``unless``, at ``stage``.

    ``lead`` are first words of its own, where those of the stage speak of something else.
    """

    say: str
    told: tuple[str, ...]
    stage: Stage = Stage.IN_PROGRESS
    lead: str = ""
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScamKnowledge:
    """One scam type as residents hear of it. Its file also holds what only staff read.

    ``answers`` are answers to requests (by intent) that differ from those of ``answers.yml`` for this kind.
    """

    id: ScamType
    name: str
    say_scam: tuple[str, ...]
    say_caution: tuple[str, ...]
    reasons: tuple[Reason, ...]
    questions: tuple[Question, ...]
    disbelief: tuple[str, ...]
    step: Mapping[Stage, str]
    advice: Mapping[Stage, tuple[str, ...]]
    hotlines: Mapping[Stage, tuple[str, ...]]
    explain: Mapping[str, str]
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerText:
    """What is answered to talk around the subject; several wordings so that nobody hears the same twice."""

    gesture: Gesture
    texts: tuple[str, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """All of ``data/knowledge`` that replies are made from."""

    hotlines: Hotlines
    stages: Mapping[Stage, StageAdvice]
    types: Mapping[ScamType, ScamKnowledge]
    answers: Mapping[str, AnswerText]
    topics: Mapping[ScamType, tuple[str, ...]]
    fallbacks: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, str]
    subtitles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    this_minute: tuple[MinuteStep, ...] = ()

    def fill(self, text: str, **extra: str) -> str:
        """Put hotline numbers and ``extra`` values in the place of their ``{placeholders}``."""
        return self.hotlines.fill(text, **extra)

    def numbers(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The numbers of hotline keys, in order, without those only the resident knows."""
        return self.hotlines.numbers(keys)


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(sentence(v) for v in value) if isinstance(value, list) else (sentence(value),)


def _some(value: Any) -> tuple[str, ...]:
    texts = _texts(value)
    if not texts:
        raise Wrong("there is no text", "no_text")
    return texts


def _by_stage(value: Mapping[str, Any] | None) -> dict[Stage, Any]:
    return {Stage(stage): content for stage, content in (value or {}).items()}


def _choices(value: Any) -> tuple[Choice, ...]:
    return tuple(Choice(sentence(c["title"]), sentence(c["text"])) for c in value or [])


def _scam_knowledge(entry: Mapping[str, Any], hotlines: Hotlines) -> ScamKnowledge:
    step = {stage: sentence(text) for stage, text in _by_stage(entry["step"]).items()}
    explain = entry["explain"]
    keys = {stage: _hotlines(keys, hotlines) for stage, keys in _by_stage(entry.get("hotlines")).items()}
    if Stage.UNPAID not in step:
        raise KeyError("step.unpaid")
    return ScamKnowledge(
        id=ScamType(entry["id"]),
        name=sentence(entry["name"]),
        say_scam=_some(entry["say"]["scam"]),
        say_caution=_some(entry["say"]["caution"]),
        reasons=tuple(_reason(item) for item in entry["reasons"]),
        questions=tuple(_question(item) for item in entry["questions"]),
        disbelief=_texts(entry.get("disbelief")),
        step=step,
        advice={stage: _texts(advice) for stage, advice in _by_stage(entry.get("advice")).items()},
        hotlines=keys,
        explain={part: sentence(explain[part]) for part in ("what", "how", "do")},
        answers={str(intent): _some(texts) for intent, texts in (entry.get("answers") or {}).items()},
    )


def _reason(item: Any) -> Reason:
    if isinstance(item, dict):
        return Reason(sentence(item["say"]), tuple(str(name) for name in item["told"]))
    return Reason(sentence(item))


def _question(item: Mapping[str, Any]) -> Question:
    return Question(sentence(item["ask"]), tuple(str(n) for n in item.get("unless") or ()), item.get("if_yes"))


def _hotlines(value: Any, hotlines: Hotlines) -> tuple[str, ...]:
    keys = _texts(value)
    unknown = [key for key in keys if key not in hotlines]
    if unknown:
        names = ", ".join(unknown)
        raise Wrong(f"{names} is not in hotlines.yml", "unknown_hotline", names=names)
    return keys


class _Reader:
    """Reads the files one after another; goes on after a fault so that all are told at once."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / "knowledge"
        self._reading = Reading()
        self._hotlines = Hotlines({})

    def knowledge(self) -> Knowledge:
        """Everything.

        Raises:
            ContentError: with every fault of every file.
        """
        self._hotlines = load_hotlines(self._folder / "hotlines.yml")  # the other files name them
        knowledge = Knowledge(
            self._hotlines,
            self._stages(),
            self._types(),
            self._answers(),
            self._topics(),
            self._fallbacks(),
            self._phrases(),
            self._subtitles(),
            self._this_minute(),
        )
        if self._reading.faults:
            raise ContentError(sorted(self._reading.faults))
        return knowledge

    def _source(self, path: Path, *, spoken: bool = True) -> yaml_marks.Source:
        """The file; empty, with its faults noted, when it can't be read."""
        try:
            source = load_marked(path)
        except ContentError as error:
            self._reading.faults.extend(error.faults)
            return yaml_marks.Source({})
        if spoken:
            check_placeholders(self._reading, path, source, self._hotlines)
        return source

    def _require(self, path: Path, source: yaml_marks.Source, needed: Iterable[str]) -> None:
        if isinstance(source.data, dict) and source.marks:  # else it has been said that there is nothing
            self._reading.require(path, source.data, needed)

    def _stages(self) -> dict[Stage, StageAdvice]:
        path = self._folder / "stages.yml"
        source = self._source(path)
        stages: dict[Stage, StageAdvice] = {}
        for name, entry in self._reading.entries(path, source):
            with self._reading.at(path, source, name):
                stages[Stage(name)] = StageAdvice(
                    _some(entry["lead"]),
                    sentence(entry["step"]),
                    _some(entry["advice"]),
                    _hotlines(entry["hotlines"], self._hotlines),
                    Gesture(entry.get("gesture", "explain")),
                    str(entry.get("called", "")),
                    _texts(entry.get("lead_called")),
                    _texts(entry.get("lead_other")),
                )
        self._require(path, source, [stage.value for stage in Stage])
        return stages

    def _types(self) -> dict[ScamType, ScamKnowledge]:
        folder = self._folder / "scam_types"
        types: dict[ScamType, ScamKnowledge] = {}
        for scam_type in ScamType:
            path = folder / f"{scam_type.value}.yml"
            source = self._source(path)
            if source.marks:
                with self._reading.at(path, source):
                    types[scam_type] = _scam_knowledge(source.data, self._hotlines)
                    if types[scam_type].id is not scam_type:
                        message = f"must be {scam_type.value}, as the file's name"
                        self._reading.fault(path, source, ("id",), message, "other_id", wanted=scam_type.value)
        for path in sorted(folder.glob("*.yml")):
            if path.stem not in set(ScamType):
                self._reading.faults.append(Fault(path, 1, 1, "no scam type has the name of this file", "no_such_type"))
        return types

    def _answers(self) -> dict[str, AnswerText]:
        path = self._folder / "answers.yml"
        source = self._source(path)
        answers: dict[str, AnswerText] = {}
        for name, entry in self._reading.entries(path, source):
            with self._reading.at(path, source, name):
                answers[str(name)] = AnswerText(
                    Gesture(entry.get("gesture", "explain")), _some(entry["texts"]), _choices(entry.get("choices"))
                )
        try:
            needed = needed_answers(self._data / "rules")
        except ContentError as error:
            self._reading.faults.extend(error.faults)
        else:
            self._require(path, source, needed)
        return answers

    def _this_minute(self) -> tuple[MinuteStep, ...]:
        path = self._folder / "this_minute.yml"
        source = self._source(path)
        steps: list[MinuteStep] = []
        for number, entry in self._reading.items(path, source):
            with self._reading.at(path, source, number):
                steps.append(
                    MinuteStep(
                        sentence(entry["say"]),
                        tuple(str(name) for name in entry["told"]),
                        Stage(entry.get("stage", Stage.IN_PROGRESS)),
                        sentence(entry["lead"]) if "lead" in entry else "",
                        tuple(str(name) for name in entry.get("unless") or ()),
                    )
                )
        return tuple(steps)

    def _topics(self) -> dict[ScamType, tuple[str, ...]]:
        path = self._folder / "topics.yml"
        source = self._source(path)
        topics: dict[ScamType, tuple[str, ...]] = {}
        for name, names in self._reading.entries(path, source):
            with self._reading.at(path, source, name):
                topics[ScamType(name)] = _texts(names)
        return topics

    def _fallbacks(self) -> dict[str, tuple[str, ...]]:
        path = self._folder / "fallbacks.yml"
        source = self._source(path)
        fallbacks: dict[str, tuple[str, ...]] = {}
        for name, texts in self._reading.entries(path, source):
            with self._reading.at(path, source, name):
                fallbacks[str(name)] = _some(texts)
        self._require(path, source, ["failure"])
        return fallbacks

    def _phrases(self) -> dict[str, str]:
        path = self._folder / "phrases.yml"
        source = self._source(path, spoken=False)  # its placeholders are the code's own
        phrases: dict[str, str] = {}
        for name, text in self._reading.entries(path, source):
            with self._reading.at(path, source, name):
                phrases[str(name)] = sentence(text)
        self._require(path, source, PHRASES)
        return phrases

    def _subtitles(self) -> dict[str, dict[str, str]]:
        subtitles: dict[str, dict[str, str]] = {}
        for path in sorted((self._data / "dialects" / "replies").glob("*.yml")):
            source = self._source(path)
            lines = subtitles.setdefault(path.stem, {})
            for key, line in self._reading.entries(path, source):
                with self._reading.at(path, source, key):
                    lines[str(key)] = sentence(line["text"])
        return subtitles


def load_knowledge(data: Path) -> Knowledge:
    """Read ``data/knowledge`` and the dialect subtitles of ``data/dialects/replies``.

    Raises:
        ContentError: something is missing or misspelt; names every fault with its file and place.
    """
    return _Reader(data).knowledge()
