"""Training examples of the classifier: ``data/examples/{fraud,honest}/<label>.<register>.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.identifiers import ScamType, Stage
from bot.yaml_marks import Source
from bot.yaml_source import ContentError, Fault, Reading, load_folder, load_marked_folder, sentence

# Intents whose examples tell of something that happened; all others are talk and teach the classifier so.
_TELLING = frozenset(
    [
        "tell_situation",
        "emergency",
        "correct",
        "disbelief",
        "drill_move",
        "health_emergency",
        "despair",
        "in_panic",
        "ask_if_he_comes_back",
    ]
)
HONEST_LABELS = ("talk", "legit_situation", "message", "publicity")


@dataclass(frozen=True)
class Example:
    """One text with its label: a scam type or one of :data:`HONEST_LABELS`."""

    text: str
    label: str
    register: str

    @property
    def is_fraud(self) -> bool:
        return self.label not in HONEST_LABELS


@dataclass(frozen=True)
class StageExample:
    """One text with how far the fraud has gone. ``told``: the text itself says that it is fraud, and teaches so.

    "他讲二十分钟就作废" goes on; that it is fraud is known from what was said before.
    """

    text: str
    stage: Stage
    told: bool


def load_examples(folder: Path) -> tuple[Example, ...]:
    """Read every example file of ``folder/fraud`` and ``folder/honest``.

    Raises:
        ContentError: a file is not of the form ``{label, register, examples: [text]}``.
    """
    labels = {*HONEST_LABELS, *(scam.value for scam in ScamType)}
    examples: list[Example] = []
    reading = Reading()
    for path, source in {**load_marked_folder(folder / "fraud"), **load_marked_folder(folder / "honest")}.items():
        label = register = ""
        with reading.at(path, source):
            label, register = str(source.data["label"]), str(source.data["register"])
            if label not in labels:
                where, allowed = ("label",), "、".join(sorted(labels))
                reading.fault(path, source, where, "unknown label", "bad_value", value=label, allowed=allowed)
        examples.extend(Example(text, label, register) for text in _listed(reading, path, source))
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return tuple(examples)


def _listed(reading: Reading, path: Path, source: Source) -> list[str]:
    """The texts under ``examples``; a fault for each that is none."""
    texts: list[str] = []
    listed: list[Any] = []
    with reading.at(path, source):
        listed = list(source.data["examples"])
    for number, text in enumerate(listed):
        with reading.at(path, source, "examples", number):
            texts.append(sentence(text))
    return texts


def load_stage_examples(folder: Path) -> tuple[StageExample, ...]:
    """Read ``folder/stages``: texts with how far the fraud has gone.

    Raises:
        ContentError: a file is not of the form ``{stage, fraud_told?, examples: [text]}``.
    """
    examples: list[StageExample] = []
    reading = Reading()
    for path, source in load_marked_folder(folder / "stages").items():
        stage, told = Stage.UNKNOWN, True
        with reading.at(path, source):
            stage, told = Stage(source.data["stage"]), bool(source.data.get("fraud_told", True))
        examples.extend(StageExample(text, stage, told) for text in _listed(reading, path, source))
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return tuple(examples)


def load_talk(folder: Path) -> tuple[Example, ...]:
    """Read the NLU examples of intents that are talk: what is a greeting to Rasa is no situation to the judge.

    Raises:
        ContentError: a file is not Rasa training data.
    """
    examples: list[Example] = []
    for path, content in load_folder(folder).items():
        try:
            for entry in content["nlu"]:
                if entry.get("intent") not in _TELLING:
                    lines = str(entry["examples"]).splitlines()
                    examples.extend(Example(line[2:].strip(), "talk", "nlu") for line in lines if line.startswith("- "))
        except (KeyError, TypeError, AttributeError) as error:
            fault = Fault(path, 1, 1, f"expected Rasa NLU examples: {error}", "rasa_examples")
            raise ContentError([fault]) from error
    return tuple(examples)
