"""Recognisers of sherpa-onnx on a model directory of the deployer's: SenseVoice, Paraformer, Dolphin."""

from __future__ import annotations

from pathlib import Path

from server.hearing.model_files import find_model
from server.hearing.recogniser import HearingUnavailable, Transcript
from server.hearing.recording import Recording
from server.worker.by_worker import ByWorker
from server.worker.process import Worker, WorkerFailed

_WORKER = "server.hearing.sherpa_worker"


class SherpaRecogniser(ByWorker):
    """See :class:`server.hearing.recogniser.Recogniser`.

    ``engine`` is one of ``server.hearing.sherpa_worker.ENGINES``; ``threads`` is what the network may use; ``seconds``
    is how long one recording may take before its process is killed, ``start_seconds`` how long loading may.
    """

    def __init__(
        self, engine: str, directory: Path | None, *, threads: int, seconds: float = 20.0, start_seconds: float = 60.0
    ) -> None:
        self._engine = engine
        self._directory = directory
        self._threads = threads
        self._start_seconds = start_seconds
        super().__init__(self._loaded, seconds=seconds)

    @property
    def name(self) -> str:
        """The kind of model."""
        return self._engine

    def recognise(self, recording: Recording) -> Transcript:
        """Write down one recording after those that came before. A process that failed is replaced and asked again."""
        try:
            answer, _ = self._worker.ask({}, recording.pcm)
        except WorkerFailed as error:
            raise HearingUnavailable(f"the recogniser failed: {error}") from error
        return Transcript(str(answer["text"]), tuple(map(str, answer["marks"])))

    def _loaded(self) -> Worker:
        files = find_model(self._directory)
        try:
            worker = Worker(
                _WORKER, [self._engine, str(files.model.resolve()), str(files.tokens.resolve()), str(self._threads)]
            )
        except OSError as error:
            raise HearingUnavailable(f"the recogniser's process can't be started: {error.strerror}") from error
        try:
            worker.greet(self._start_seconds)
        except WorkerFailed as error:
            worker.kill()
            kind = self._engine
            raise HearingUnavailable(f"hearing.engine: {files.model} could not be loaded as {kind}: {error}") from error
        return worker
