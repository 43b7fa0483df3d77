"""The list of recordings of one dialect, as volunteers write it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Extra, Field, StrictBool, ValidationError

from bot.identifiers import Dialect
from bot.yaml_source import ContentError, Fault, load_yaml

MANIFEST = "clips.yml"


@dataclass(frozen=True)
class Clip:
    """One recording: ``text`` is the sentence that it is played for, ``path`` its WAV.

    ``speaker`` is the initial of whoever spoke. Only what somebody else has ``checked`` is ever played.
    """

    dialect: Dialect
    text: str
    path: Path
    speaker: str
    checked: bool


class _Entry(BaseModel):
    text: str = Field(min_length=1, max_length=200)
    file: str = Field(regex=r"^[\w.-]+\.wav$")
    speaker: str = Field(min_length=1, max_length=2)
    checked: StrictBool

    class Config:
        extra = Extra.forbid


def load_clips(folder: Path) -> list[Clip]:
    """All recordings of all dialects under ``folder``; none when the folder is not there.

    Raises:
        ContentError: a list can't be used; with the place.
    """
    clips: list[Clip] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob(f"*/{MANIFEST}")):
        try:
            dialect = Dialect(path.parent.name)
            content = load_yaml(path) or {}
            entries = [_Entry.parse_obj(entry) for entry in content["clips"] or []]
        except ContentError as error:
            faults += error.faults
            continue
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
            faults.append(Fault(path, 1, 1, wrong))
            continue
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults.append(Fault(path, 1, 1, f"expected clips, in a folder named by a dialect: {error}"))
            continue
        clips += [Clip(dialect, each.text, path.parent / each.file, each.speaker, each.checked) for each in entries]
    if faults:
        raise ContentError(faults)
    return clips
