"""Training of the small models in a process of its own, while the conversation goes on."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

logger = logging.getLogger(__name__)
_CODE = Path(__file__).parents[2]


class Retraining:
    """At most one training at a time."""

    def __init__(self, models: Path) -> None:
        self._models = models
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether a training is under way."""
        return self._process is not None and self._process.poll() is None

    def start(self, data: Path) -> None:
        """Begin to train what the content of ``data`` needs; nothing when a training runs already."""
        if self.running:
            return
        command = [sys.executable, "-m", "bot.retrain", str(data), str(self._models)]
        path = os.pathsep.join([str(_CODE), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path}
        )
        logger.info("training the small models in the background")

    def ended(self) -> bool | None:
        """Whether the training that has ended since the last call succeeded; ``None`` when none has."""
        if self._process is None or self._process.poll() is None:
            return None
        succeeded = self._process.returncode == 0
        self._process = None
        return succeeded

    def stop(self) -> None:
        """End a training that runs; the next start makes up for it."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        self._process = None
