"""The recogniser's own process: ``python -m server.hearing.sherpa_worker ENGINE MODEL TOKENS THREADS``.

sherpa-onnx ends its process when a model is not what it takes it for, so it must not be the server's. The process
reads one recording at a time from standard input and answers on standard output (:mod:`server.worker.frames`).
Request: ``{"id"}`` with 16-bit samples at 16 kHz as payload. Answer: ``{"id", "text", "marks"}``. Nothing is kept.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from server.hearing.recording import RATE_HZ
from server.worker.serving import Answer, NotLoaded, run

ENGINES = ("sense_voice", "paraformer", "dolphin")
# Less than a window of the models ends in nonsense: short recordings are filled up with silence.
_SHORTEST_SAMPLES = RATE_HZ
_MARK = re.compile(r"<\|?([^<>|]+)\|?>")
_SPACE_AT_HANZI = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")


class SherpaModel:
    """A loaded model. Loading ends the process when the file is no such model."""

    def __init__(self, engine: str, model: Path, tokens: Path, threads: int) -> None:
        import sherpa_onnx

        recogniser = sherpa_onnx.OfflineRecognizer
        shared = {"tokens": str(tokens), "num_threads": threads}
        if engine == "sense_voice":
            self._recogniser = recogniser.from_sense_voice(model=str(model), language="auto", use_itn=True, **shared)
        elif engine == "paraformer":
            self._recogniser = recogniser.from_paraformer(paraformer=str(model), **shared)
        else:
            self._recogniser = recogniser.from_dolphin_ctc(model=str(model), **shared)
        self.version = str(sherpa_onnx.__version__)

    def write_down(self, pcm: bytes) -> tuple[str, list[str]]:
        """The text of 16-bit samples, and the marks that the model set."""
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768
        samples = np.pad(samples, (0, max(0, _SHORTEST_SAMPLES - len(samples))))
        stream = self._recogniser.create_stream()
        stream.accept_waveform(RATE_HZ, samples)
        self._recogniser.decode_stream(stream)
        result = stream.result
        return text_and_marks(f"{result.lang}{result.text}")


def text_and_marks(written: str) -> tuple[str, list[str]]:
    """Part a transcript from the marks in it: ``<zh><WU>有人`` is ``有人`` with ``zh`` and ``WU``."""
    marks = _MARK.findall(written)
    text = _MARK.sub(" ", written).replace("▁", " ")
    return _SPACE_AT_HANZI.sub("", " ".join(text.split())), marks


def _loaded() -> tuple[str, Answer]:
    engine, model, tokens, threads = sys.argv[1:]
    try:
        loaded = SherpaModel(engine, Path(model), Path(tokens), int(threads))
    except ImportError as error:
        raise NotLoaded("sherpa-onnx is not installed: run `make hearing`") from error
    except Exception as error:
        raise NotLoaded(f"the model can't be loaded ({type(error).__name__})") from error

    def answer(_request: dict[str, Any], pcm: bytes) -> tuple[dict[str, Any], bytes]:
        text, marks = loaded.write_down(pcm)
        return {"text": text, "marks": marks}, b""

    return loaded.version, answer


if __name__ == "__main__":
    run(_loaded)
