"""The model voice's own process: ``python -m server.voice.sherpa_worker FILES THREADS``.

``FILES`` is a JSON object with the fields of :class:`server.voice.sherpa_files.VoiceFiles`. sherpa-onnx ends its
process when a model is not what it takes it for, so it must not be the server's. Request: ``{"id", "text", "sid",
"speed"}``. Answer: ``{"id", "sample_rate_hz"}`` with 16-bit samples as payload, or ``{"id", "error"}``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np

from server.voice.sherpa_files import VoiceFiles
from server.worker.serving import Answer, NotLoaded, run


class SherpaVoice:
    """A loaded voice. Loading ends the process when the files are no such voice."""

    def __init__(self, files: VoiceFiles, threads: int) -> None:
        import sherpa_onnx

        shared = {
            "tokens": files.tokens,
            "lexicon": files.lexicon,
            "data_dir": files.data_dir,
            "dict_dir": files.dict_dir,
        }
        model = sherpa_onnx.OfflineTtsModelConfig(num_threads=threads)
        if files.kind == "kokoro":
            model.kokoro = sherpa_onnx.OfflineTtsKokoroModelConfig(model=files.model, voices=files.voices, **shared)
        elif files.kind == "matcha":
            model.matcha = sherpa_onnx.OfflineTtsMatchaModelConfig(
                acoustic_model=files.model, vocoder=files.vocoder, **shared
            )
        else:
            model.vits = sherpa_onnx.OfflineTtsVitsModelConfig(model=files.model, **shared)
        config = sherpa_onnx.OfflineTtsConfig(model=model, rule_fsts=files.rule_fsts, max_num_sentences=1)
        if not config.validate():
            raise ValueError("sherpa-onnx does not accept these files")
        self._voice = sherpa_onnx.OfflineTts(config)
        self.version = str(sherpa_onnx.__version__)

    def speak(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Say ``request["text"]``."""
        audio = self._voice.generate(request["text"], sid=request["sid"], speed=request["speed"])
        samples = np.asarray(audio.samples, np.float32)
        if not len(samples) or not np.isfinite(samples).all():
            return {"error": "the model made no sound of this text"}, b""
        return {"sample_rate_hz": audio.sample_rate}, (samples.clip(-1, 1) * 32767).astype("<i2").tobytes()


def _loaded() -> tuple[str, Answer]:
    files, threads = sys.argv[1:]
    try:
        voice = SherpaVoice(VoiceFiles(**json.loads(files)), int(threads))
    except ImportError as error:
        raise NotLoaded("sherpa-onnx is not installed: run `make hearing`") from error
    except Exception as error:
        raise NotLoaded(f"the voice can't be loaded ({type(error).__name__})") from error

    def answer(request: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        return voice.speak(request)

    return voice.version, answer


if __name__ == "__main__":
    run(_loaded)
