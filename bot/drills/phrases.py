"""The engine's own words and the phrases that hold in every scenario (``data/knowledge/drill.yml``)."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Extra, ValidationError, validator

from bot.drills.scenario import Move
from bot.yaml_source import ContentError, Reading, load_marked


class _Part(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Say(_Part):
    """Sentences of the digital human around a scenario; some take ``{clues}`` or ``{advice}``."""

    mark: str
    begin: str
    how_to_stop: str
    end: str
    unclear: str
    back_to_drill: str
    is_it_real: str
    emergency: str
    stopped: str
    too_long: str
    already_over: str
    noticed: str
    missed: str
    right_step: str
    joiner: str


class ChoiceWords(_Part):
    """What a button shows and what it says for the resident."""

    title: str
    text: str


class Choices(_Part):
    """Buttons that do not come from a scenario; ``moves`` is used when a step lists no phrase for a move."""

    stop: ChoiceWords
    really_happened: ChoiceWords
    only_drill: ChoiceWords
    after: tuple[ChoiceWords, ...]
    moves: dict[Move, ChoiceWords]

    @validator("moves", allow_reuse=True)
    def _every_move(cls, moves: dict[Move, ChoiceWords]) -> dict[Move, ChoiceWords]:
        missing = [move.value for move in Move if move not in moves]
        if missing:
            raise ValueError(f"missing: {', '.join(missing)}")
        return moves


class StopWords(_Part):
    """``whole`` must be all that was said, ``part`` may stand anywhere."""

    whole: tuple[str, ...]
    part: tuple[str, ...]
    padding: tuple[str, ...] = ()


class EmergencyWords(_Part):
    """How a resident says that it is no drill.

    ``always`` phrases suffice; a word of ``real`` together with one of ``loss`` does too, unless one of
    ``unless`` stands in the sentence. ``maybe`` phrases make the engine ask.
    """

    always: tuple[str, ...]
    real: tuple[str, ...]
    loss: tuple[str, ...]
    unless: tuple[str, ...]
    maybe: tuple[str, ...]


class DrillPhrases(_Part):
    """Everything of ``drill.yml``."""

    say: Say
    choices: Choices
    stop: StopWords
    emergency: EmergencyWords
    go_on: tuple[str, ...]
    equivalents: dict[str, str] = {}
    negators: tuple[str, ...]
    not_negation: tuple[str, ...]
    after_negators: tuple[str, ...]
    questions: tuple[str, ...]
    intents: dict[str, Move] = {}
    moves: dict[Move, tuple[str, ...]]
    hotlines: tuple[str, ...]
    brands: tuple[str, ...]

    @classmethod
    def from_file(cls, path: Path) -> DrillPhrases:
        """Read and validate the file.

        Raises:
            ContentError: it can't be read, lacks something, or has a key that means nothing; with every place.
        """
        source = load_marked(path)
        try:
            return cls.parse_obj(source.data)
        except ValidationError as error:
            reading = Reading()
            for item in error.errors():
                where = tuple(part for part in item["loc"] if part not in ("__root__", "__key__"))
                reading.fault(path, source, where, item["msg"])
            raise ContentError(sorted(reading.faults)) from error
