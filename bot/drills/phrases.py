"""The engine's own words and the phrases that hold in every scenario (``data/knowledge/drill.yml``)."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Extra, validator

from bot.drills.scenario import Move
from bot.yaml_model import load_model
from bot.yaml_source import load_marked


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
    told_some: str
    told_much: str
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
    """``whole`` must be all that was said, ``clause`` a clause of it, ``part`` may stand anywhere."""

    whole: tuple[str, ...]
    clause: tuple[str, ...] = ()
    part: tuple[str, ...]
    padding: tuple[str, ...] = ()


class EmergencyWords(_Part):
    """How a resident says that it is no drill.

    ``always`` phrases suffice, but not within one of ``harmless``; a word of ``real`` together with one of ``loss``
    does too, unless one of ``unless`` stands in the sentence. ``maybe`` phrases make the engine ask.
    """

    always: tuple[str, ...]
    harmless: tuple[str, ...] = ()
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
    about_others: tuple[str, ...] = ()
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
        return load_model(path, cls)


def load_equivalents(path: Path) -> dict[str, str]:
    """The words of ``drill.yml`` that are exchanged for others; none where what stands there is not of that form.

    Raises:
        ContentError: the file can't be read.
    """
    source = load_marked(path)
    listed = source.data.get("equivalents") if isinstance(source.data, dict) else None
    return {str(spoken): str(meant) for spoken, meant in listed.items()} if isinstance(listed, dict) else {}
