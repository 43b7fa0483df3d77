"""Evaluation packs: JSON Lines or CSV files of labelled rows, in the formats that ``hean eval`` reads.

==============  =====================================================================================
pack            columns
==============  =====================================================================================
risk            text, is_fraud (1, 0, null = not scored), label, register; optional decisive, stage, note
stages          text, stage
dialects        text or sentence, dialect; optional mandarin
pairs           text, mandarin, dialect, verdict_kind (fraud or honest)
asr             text, clean, is_fraud
intents         text, intent
==============  =====================================================================================
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.identifiers import ScamType, Stage

# ``note`` of public case collections says how far it went.
_STAGE_OF_NOTE = {"paid": Stage.PAID, "in_progress": Stage.IN_PROGRESS}


@dataclass(frozen=True)
class Row:
    """One labelled text. What a pack does not say is ``None``."""

    id: str
    text: str
    register: str
    is_fraud: bool | None = None
    scam_type: ScamType | None = None
    decisive: bool | None = None
    stage: Stage | None = None
    dialect: str | None = None
    mandarin: str | None = None
    intent: str | None = None


@dataclass(frozen=True)
class Pack:
    """Rows of one file. ``kind`` is the first column of the table above."""

    name: str
    kind: str
    rows: tuple[Row, ...]


class PackError(ValueError):
    """A pack that can't be read; says the file, the line and what is missing."""


def load_pack(path: Path, labels: Mapping[str, ScamType]) -> Pack:
    """Read one pack; ``labels`` maps other collections' names of fraud kinds to scam types.

    Raises:
        PackError: the file is missing, or a row is not of a known form.
    """
    try:
        raw = _raw_rows(path)
    except OSError as error:
        raise PackError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise PackError(f"{path}: no text in UTF-8 ({error})") from error
    if not raw:
        raise PackError(f"{path}: no rows")
    kind = _kind(raw[0])
    rows: list[Row] = []
    for number, entry in enumerate(raw, start=1):
        try:
            rows.append(_row(entry, kind, number, path.stem, labels))
        except (KeyError, ValueError) as error:
            raise PackError(f"{path}:{number}: {error}") from error
    return Pack(path.stem, kind, tuple(rows))


def _raw_rows(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                entry = json.loads(line)
            except json.JSONDecodeError as error:
                raise PackError(f"{path}:{number}: {error}") from error
            if not isinstance(entry, dict):
                raise PackError(f"{path}:{number}: a row is a JSON object")
            rows.append(entry)
    return rows


def _kind(entry: Mapping[str, Any]) -> str:
    if "clean" in entry:
        return "asr"
    if "verdict_kind" in entry:
        return "pairs"
    if "intent" in entry:
        return "intents"
    if "is_fraud" in entry:
        return "risk"
    if "dialect" in entry:
        return "dialects"
    if "stage" in entry:
        return "stages"
    raise PackError(f"columns {', '.join(entry)} are of no known pack")


def _row(entry: Mapping[str, Any], kind: str, number: int, name: str, labels: Mapping[str, ScamType]) -> Row:
    label = entry.get("label")
    scam_type = None
    if entry.get("is_fraud") and label:
        scam_type = ScamType(label) if label in set(ScamType) else labels.get(str(label))
    fraud = entry.get("is_fraud")
    if kind == "pairs":
        fraud = entry["verdict_kind"] == "fraud"
    stage = Stage(entry["stage"]) if entry.get("stage") else _STAGE_OF_NOTE.get(str(entry.get("note")))
    return Row(
        id=str(entry.get("id", number)),
        text=str(entry["text"] if "text" in entry else entry["sentence"]),
        register=str(entry.get("register") or name),
        is_fraud=None if fraud is None else bool(fraud),
        scam_type=scam_type,
        decisive=entry.get("decisive"),
        stage=stage,
        dialect=entry.get("dialect"),
        mandarin=entry.get("clean") or entry.get("mandarin"),
        intent=entry.get("intent"),
    )
