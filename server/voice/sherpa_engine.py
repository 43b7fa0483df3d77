"""A voice from a model directory of the deployer's, by sherpa-onnx: VITS (Melo), Matcha or Kokoro."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from server.voice.alignment import aligned
from server.voice.engine import Delivery, Sound, Token, in_writing
from server.voice.errors import VoiceUnavailable
from server.voice.sherpa_files import find_voice
from server.voice.sound import samples_of
from server.worker.by_worker import ByWorker
from server.worker.process import Worker, WorkerFailed

_WORKER = "server.voice.sherpa_worker"
_USUAL_RATE = 150  # words a minute, which a model speaks at speed 1


class SherpaEngine(ByWorker):
    """See :class:`server.voice.engine.Engine`. Speaks Mandarin.

    ``speakers`` gives each speaker a voice of the model. ``seconds`` is how long a sentence may take before its process
    is killed, ``start_seconds`` how long loading may.
    """

    name = "sherpa"

    def __init__(
        self,
        directory: Path | None,
        speakers: Mapping[str, int],
        *,
        threads: int,
        seconds: float = 20.0,
        start_seconds: float = 60.0,
    ) -> None:
        self._directory = directory
        self._speakers = dict(speakers)
        self._threads = threads
        self._start_seconds = start_seconds
        super().__init__(self._loaded, seconds=seconds)
        self._version = ""

    @property
    def version(self) -> str:
        """Of sherpa-onnx, with the model's name; known once started."""
        return self._version

    def says(self, tokens: Sequence[Token], delivery: Delivery) -> bool:
        """Mandarin."""
        return delivery.language == "mandarin"

    def voice_of(self, delivery: Delivery) -> str:
        """The model's folder and the number of the voice in it."""
        folder = self._directory.name if self._directory else ""
        return f"{folder}#{self._speakers.get(delivery.speaker, 0)}"

    def synthesize(self, tokens: Sequence[Token], delivery: Delivery) -> Sound:
        """Speak. A process that fails is replaced and asked again."""
        request = {
            "text": in_writing(tokens),
            "sid": self._speakers.get(delivery.speaker, 0),
            "speed": delivery.rate / _USUAL_RATE,
        }
        try:
            answer, pcm = self._worker.ask(request)
        except WorkerFailed as error:
            raise VoiceUnavailable(f"the voice model failed: {error}") from error
        return aligned(samples_of(pcm), int(answer["sample_rate_hz"]), tokens)

    def _loaded(self) -> Worker:
        files = find_voice(self._directory)
        try:
            worker = Worker(_WORKER, [json.dumps(asdict(files)), str(self._threads)])
        except OSError as error:
            raise VoiceUnavailable(f"the voice model's process can't be started: {error.strerror}") from error
        try:
            worker.greet(self._start_seconds)
        except WorkerFailed as error:
            worker.kill()
            raise VoiceUnavailable(f"{files.model} could not be loaded as {files.kind}: {error}") from error
        self._version = f"sherpa-onnx {worker.version} {files.kind} {Path(files.model).name}"
        return worker
