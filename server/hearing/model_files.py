"""Which files of a model directory a recogniser loads, and what is wrong when they are not there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from server.hearing.recogniser import HearingUnavailable

_MODELS = ("model.int8.onnx", "model.onnx")  # the smaller one first: a kiosk has no graphics card
_TOKENS = "tokens.txt"


@dataclass(frozen=True)
class ModelFiles:
    """The network and its table of tokens."""

    model: Path
    tokens: Path


def find_model(directory: Path | None) -> ModelFiles:
    """The files in ``directory``, as sherpa-onnx publishes its models.

    Raises:
        HearingUnavailable: the directory or one of the files is missing or empty; says which.
    """
    if directory is None:
        raise HearingUnavailable("hearing.model_dir is not set: name the folder with the model and tokens.txt")
    if not directory.is_dir():
        raise HearingUnavailable(f"hearing.model_dir: there is no folder {directory}")
    model = next((directory / name for name in _MODELS if _is_filled(directory / name)), None)
    if model is None:
        raise HearingUnavailable(f"hearing.model_dir: {directory} holds no {' or '.join(_MODELS)}")
    tokens = directory / _TOKENS
    if not _is_filled(tokens):
        raise HearingUnavailable(f"hearing.model_dir: {directory} holds no {_TOKENS}")
    return ModelFiles(model, tokens)


def _is_filled(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
