"""YAML content of the form of a pydantic model, its faults with their places."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.yaml_source import ContentError, Reading, load_marked

M = TypeVar("M", bound=BaseModel)
_CODES = {"value_error.extra": "unknown_key", "value_error.missing": "lacks"}


def load_model(path: Path, model: type[M]) -> M:
    """Read and validate a file.

    Raises:
        ContentError: it can't be read, lacks something, or has a key that means nothing; with every place.
    """
    source = load_marked(path)
    try:
        return model.parse_obj(source.data)
    except ValidationError as error:
        reading = Reading()
        for item in error.errors():
            where = tuple(part for part in item["loc"] if part not in ("__root__", "__key__"))
            code = _CODES.get(item["type"], "wrong_form")
            reading.fault(path, source, where, item["msg"], code, key=where[-1] if where else "")
        raise ContentError(sorted(reading.faults)) from error
