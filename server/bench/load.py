"""Load from several clients at once: each holds visits of a few turns, one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import quantiles
from time import perf_counter

import httpx

TURNS_PER_VISIT = 3
# One turn: client, visit's id or ``None`` for a new visit, text; returns the visit's id.
Say = Callable[[httpx.AsyncClient, str | None, str], Awaitable[str]]


@dataclass(frozen=True)
class LoadResult:
    """Latencies in milliseconds; ``per_second`` counts turns of all clients together."""

    clients: int
    p50: float
    p95: float
    per_second: float


async def run_load(say: Say, texts: Sequence[str], *, clients: int, turns: int) -> LoadResult:
    """Hold ``turns`` turns in all, divided over the clients."""
    latencies: list[float] = []
    supply = islice(cycle(texts), turns)

    async def visitor(client: httpx.AsyncClient) -> None:
        visit: str | None = None
        for number, text in enumerate(supply):
            if number % TURNS_PER_VISIT == 0:
                visit = None
            started = perf_counter()
            visit = await say(client, visit, text)
            latencies.append((perf_counter() - started) * 1000)

    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        started = perf_counter()
        await asyncio.gather(*(visitor(client) for _ in range(clients)))
        elapsed = perf_counter() - started
    cuts = quantiles(latencies, n=20)
    return LoadResult(clients, cuts[9], cuts[18], len(latencies) / elapsed)
