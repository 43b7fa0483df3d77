"""Short talks that a newly trained model has to hold before it may serve (``data/canaries``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, Extra, ValidationError

from bot.turn import Answer
from bot.yaml_source import ContentError, Reading, load_marked

OneOf = str | list[str | None] | None


class Expected(BaseModel):
    """What the last answer has to be. What is not written is not looked at; a list means any of these."""

    verdict: OneOf
    scam_type: OneOf
    stage: OneOf
    first_hotline: OneOf
    intent: OneOf
    drill: OneOf
    reply_contains: tuple[str, ...] = ()
    reply_not_contains: tuple[str, ...] = ()

    class Config:
        extra = Extra.forbid

    def missed(self, answer: Answer) -> list[str]:
        """One line for each thing that is not as expected."""
        found = answer.assessment
        actual: dict[str, str | None] = {
            "verdict": found.verdict.value if found else None,
            "scam_type": found.scam_type.value if found and found.scam_type else None,
            "stage": found.stage.value if found else None,
            "first_hotline": found.hotlines[0] if found and found.hotlines else None,
            "intent": answer.intent.name,
            "drill": answer.drill.status if answer.drill else None,
        }
        lines = []
        for name in sorted(set(actual) & self.__fields_set__):
            wanted = getattr(self, name)
            if actual[name] not in (wanted if isinstance(wanted, list) else [wanted]):
                lines.append(f"{name} is {actual[name]}, expected {wanted}")
        text = answer.reply.text
        lines += [f"the reply lacks {part!r}" for part in self.reply_contains if part not in text]
        lines += [f"the reply has {part!r}" for part in self.reply_not_contains if part in text]
        return lines


class Canary(BaseModel):
    """One talk: what is said, sentence after sentence, and what has to come back at the end."""

    name: str
    say: tuple[str, ...]
    expect: Expected

    class Config:
        extra = Extra.forbid


def load_canaries(folder: Path) -> tuple[Canary, ...]:
    """Read every file of a folder.

    Raises:
        ContentError: one can't be read, or there is none at all; with every place.
    """
    reading = Reading()
    canaries: list[Canary] = []
    for path in sorted(folder.glob("*.yml")):
        source = load_marked(path)
        for number, entry in reading.items(path, source):
            try:
                canaries.append(Canary.parse_obj(entry))
            except ValidationError as error:
                for item in error.errors():
                    where = (number, *(part for part in item["loc"] if part != "__root__"))
                    reading.fault(path, source, where, item["msg"], "wrong_form")
    if not canaries and not reading.faults:
        reading.require(folder / "turns.yml", (), ["name, say, expect"])
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return tuple(canaries)


def report(canary: Canary, answers: Sequence[Answer]) -> list[str]:
    """What is wrong with the answers to a canary; nothing when it holds."""
    return [f"{canary.name}: {line}" for line in canary.expect.missed(answers[-1])]
