"""The turn benchmark: stock Rasa twice and this server, alone and with 16 clients."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.serving_models import ServingModels
from server.bench.load import LoadResult, Say, run_load
from server.bench.processes import free_port, memory_mb, running, wait_until_up
from server.bench.stock import copy_model, stock_rasa, train_diet_ted
from server.settings import Settings

CLIENTS = (1, 16)


@dataclass(frozen=True)
class SystemResult:
    """One system's loads and its resident memory in MB after them."""

    name: str
    loads: tuple[LoadResult, ...]
    memory_mb: float


@dataclass(frozen=True)
class HeanServer:
    """This server under test."""

    url: str
    memory: Callable[[], float]

    async def say(self, client: httpx.AsyncClient, visit: str | None, text: str) -> str:
        """One turn through ``/chat``."""
        response = await client.post(f"{self.url}/api/v1/chat", json={"session_id": visit, "text": text})
        response.raise_for_status()
        return str(response.json()["session_id"])


@contextmanager
def hean_server(folder: Path, **settings: str) -> Iterator[HeanServer]:
    """Start this server on a free port with a data base of its own; ``settings`` as environment variables."""
    port = free_port()
    log = folder / "hean.log"
    environment = {
        "PYTHONPATH": str(Path.cwd()),
        "HEAN_HTTP__PORT": str(port),
        "HEAN_RECORDS__PATH": str(folder / "bench.db"),
        # Turns are measured, and nothing that runs beside them in the first seconds after a start.
        "HEAN_SPEECH__AHEAD": "false",
        "HEAN_SIGHT__LOAD": "first",
        **settings,
    }
    with running(
        [sys.executable, "-m", "server", "serve"], cwd=Path.cwd(), log=log, environment=environment
    ) as process:
        wait_until_up(f"http://127.0.0.1:{port}/readyz", process, log=log)
        yield HeanServer(f"http://127.0.0.1:{port}", lambda: memory_mb(process))


def bench_turn(
    settings: Settings, folder: Path, texts: Sequence[str], turns: int, echo: Callable[[str], None]
) -> list[SystemResult]:
    """Measure the three systems one after the other, each alone on the machine."""
    folder.mkdir(parents=True, exist_ok=True)
    results: list[SystemResult] = []
    stock = train_diet_ted(settings.bot, folder, echo)
    own = copy_model(ServingModels(settings.bot.models_dir).current(), folder)
    for name, model in (("stock Rasa, DIET + TED", stock), ("stock Rasa, this model", own)):
        echo(f"Measuring {name} …")
        with stock_rasa(model, folder) as rasa:
            results.append(SystemResult(name, _loads(rasa.say, texts, turns), rasa.memory()))
    echo("Measuring He'an …")
    with hean_server(folder) as server:
        results.append(SystemResult("He'an /chat", _loads(server.say, texts, turns), server.memory()))
    return results


def _loads(say: Say, texts: Sequence[str], turns: int) -> tuple[LoadResult, ...]:
    async def measure() -> tuple[LoadResult, ...]:
        await run_load(say, texts, clients=2, turns=max(20, turns // 10))  # warm-up
        return tuple([await run_load(say, texts, clients=n, turns=turns) for n in CLIENTS])

    return asyncio.run(measure())
