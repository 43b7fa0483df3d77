"""Training examples of the classifier: ``data/examples/{fraud,honest}/<label>.<register>.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.identifiers import ScamType, Stage
from bot.yaml_source import ContentError, Fault, load_folder, load_yaml

# Intents whose examples tell of something that happened; all others are talk and teach the classifier so.
_TELLING = frozenset(
    {"tell_situation", "emergency", "correct", "disbelief", "drill_move", "health_emergency", "despair"}
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


def load_examples(folder: Path) -> tuple[Example, ...]:
    """Read every example file of ``folder/fraud`` and ``folder/honest``.

    Raises:
        ContentError: a file is not of the form ``{label, register, examples: [text]}``.
    """
    labels = {*HONEST_LABELS, *(scam.value for scam in ScamType)}
    examples: list[Example] = []
    faults: list[Fault] = []
    for path in sorted([*(folder / "fraud").glob("*.yml"), *(folder / "honest").glob("*.yml")]):
        content = load_yaml(path)
        try:
            label, register = content["label"], content["register"]
            if label not in labels:
                raise ValueError(f"unknown label {label}")
            examples.extend(Example(str(text), label, register) for text in content["examples"])
        except (KeyError, TypeError, ValueError) as error:
            faults.append(Fault(path, 1, 1, f"expected label, register and examples: {error}"))
    if faults:
        raise ContentError(faults)
    return tuple(examples)


def load_stage_examples(folder: Path) -> tuple[tuple[str, Stage], ...]:
    """Read ``folder/stages``: texts with how far the fraud has gone.

    Raises:
        ContentError: a file is not of the form ``{stage, examples: [text]}``.
    """
    examples: list[tuple[str, Stage]] = []
    faults: list[Fault] = []
    for path, content in load_folder(folder / "stages").items():
        try:
            examples.extend((str(text), Stage(content["stage"])) for text in content["examples"])
        except (KeyError, TypeError, ValueError) as error:
            faults.append(Fault(path, 1, 1, f"expected stage and examples: {error}"))
    if faults:
        raise ContentError(faults)
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
        except (KeyError, TypeError) as error:
            raise ContentError([Fault(path, 1, 1, f"expected Rasa NLU examples: {error}")]) from error
    return tuple(examples)
