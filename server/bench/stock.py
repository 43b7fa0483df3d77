"""Stock Rasa on this project's training data: the customary DIET + TED pipeline, or this project's own model."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx

from bot.settings import BotSettings
from server.bench.processes import free_port, memory_mb, running, wait_until_up

DIET_TED = """\
recipe: default.v1
assistant_id: stock
language: zh
pipeline:
  - name: JiebaTokenizer
  - name: RegexFeaturizer
    use_word_boundaries: false
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 60
    constrain_similarities: true
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - name: TEDPolicy
    max_history: 5
    epochs: 30
    constrain_similarities: true
"""


@dataclass(frozen=True)
class StockRasa:
    """A running ``rasa run`` with its ``rasa run actions``."""

    url: str
    memory: Callable[[], float]

    async def say(self, client: httpx.AsyncClient, visit: str | None, text: str) -> str:
        """One turn through Rasa's REST channel."""
        sender = visit or uuid4().hex
        response = await client.post(f"{self.url}/webhooks/rest/webhook", json={"sender": sender, "message": text})
        response.raise_for_status()
        return sender


def train_diet_ted(settings: BotSettings, folder: Path, echo: Callable[[str], None]) -> Path:
    """Train the customary pipeline on this project's data; kept in ``folder`` for the next run."""
    model = folder / "stock-diet-ted.tar.gz"
    if model.is_file():
        return model
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yml").write_text(DIET_TED, encoding="utf-8")
    echo("Training stock Rasa with DIET + TED (some minutes, once) …")
    data = settings.data_dir
    command = [sys.executable, "-m", "rasa", "train", "--config", str(folder / "config.yml")]
    command += [
        "--domain",
        str(settings.domain_file),
        "--out",
        str(folder),
        "--fixed-model-name",
        model.stem[:-4],
    ]
    command += ["--data", *(str(data / topic) for topic in ("nlu", "rules", "stories"))]
    with (folder / "train.log").open("wb") as log:
        done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0 or not model.is_file():
        raise RuntimeError(f"training stock Rasa failed; see {folder / 'train.log'}")
    return model


@contextmanager
def stock_rasa(model: Path, folder: Path) -> Iterator[StockRasa]:
    """Start action server and Rasa server with ``model``; both are ended on leaving."""
    actions_port, port = free_port(), free_port()
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    (folder / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n", encoding="utf-8"
    )
    rasa = [sys.executable, "-m", "rasa", "run"]
    log = folder / "stock.log"
    with ExitStack() as stack:
        cwd = Path.cwd()
        options = ["--model", str(model), "--port", str(port), "-i", "127.0.0.1"]
        options += ["--credentials", str(folder / "credentials.yml"), "--endpoints", str(folder / "endpoints.yml")]
        environment = {"PYTHONPATH": str(cwd)}
        actions = stack.enter_context(
            running([*rasa, "actions", "--port", str(actions_port)], cwd=cwd, log=log, environment=environment)
        )
        server = stack.enter_context(
            running(
                [*rasa, *options],
                cwd=cwd,
                log=log,
                environment=environment,
            )
        )
        wait_until_up(f"http://127.0.0.1:{actions_port}/health", actions, log=log)
        wait_until_up(f"http://127.0.0.1:{port}/", server, log=log)
        yield StockRasa(f"http://127.0.0.1:{port}", lambda: memory_mb(actions) + memory_mb(server))


def copy_model(model: Path, folder: Path) -> Path:
    """A copy under another name, so that a run never touches the model in use."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(model, folder / "own-model.tar.gz"))
