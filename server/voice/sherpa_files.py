"""Which files of a model directory make a voice: the three kinds that sherpa-onnx speaks Chinese with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from server.voice.errors import VoiceUnavailable

_VOCODERS = ("vocos*.onnx", "hifigan*.onnx")


@dataclass(frozen=True)
class VoiceFiles:
    """``kind`` is ``vits``, ``matcha`` or ``kokoro``; the others are paths, empty where there is none."""

    kind: str
    model: str
    tokens: str
    lexicon: str
    data_dir: str
    dict_dir: str
    vocoder: str
    voices: str
    rule_fsts: str


def find_voice(directory: Path | None) -> VoiceFiles:
    """The files in ``directory``, as sherpa-onnx publishes its voices.

    Raises:
        VoiceUnavailable: the directory or a file is missing; says which.
    """
    if directory is None:
        raise VoiceUnavailable("speech.model_dir is not set: name the folder with the voice model and tokens.txt")
    directory = directory.resolve()
    if not directory.is_dir():
        raise VoiceUnavailable(f"speech.model_dir: there is no folder {directory}")
    vocoder = _first(directory, *_VOCODERS)
    voices = _first(directory, "voices.bin")
    models = sorted(path for path in directory.glob("*.onnx") if str(path) != vocoder)
    tokens = _first(directory, "tokens.txt")
    if not models or not tokens:
        missing = "tokens.txt" if models else "model (*.onnx)"
        raise VoiceUnavailable(f"speech.model_dir: {directory} holds no {missing}")
    small = next((path for path in models if ".int8." in path.name), models[0])
    kind = "kokoro" if voices else "matcha" if vocoder else "vits"
    return VoiceFiles(
        kind=kind,
        model=str(small),
        tokens=tokens,
        lexicon=",".join(str(path) for path in sorted(directory.glob("lexicon*.txt")) if "gb" not in path.name),
        data_dir=_first(directory, "espeak-ng-data"),
        dict_dir=_first(directory, "dict"),
        vocoder=vocoder,
        voices=voices,
        rule_fsts="",  # numbers are written out before they come here, by their kind
    )


def _first(directory: Path, *patterns: str) -> str:
    return next((str(path) for pattern in patterns for path in sorted(directory.glob(pattern))), "")
