"""How long a screen waits for her voice: from the question to the first byte of sound, over the stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import httpx
from websockets.client import WebSocketClientProtocol, connect

from server.bench.turn import hean_server

_SLOWEST = 100  # words a minute


@dataclass(frozen=True)
class StreamResult:
    """Milliseconds from the question: to the answer's text alone, and to the first byte of its sound both ways.

    ``sentences`` is how many an answer has on average, ``sound_ms`` how long it is.
    """

    text: tuple[float, float]
    whole: tuple[float, float]
    parts: tuple[float, float]
    sentences: float
    sound_ms: float


async def _measure(url: str, texts: Sequence[str]) -> StreamResult:
    text: list[float] = []
    waits: dict[bool, list[float]] = {False: [], True: []}
    counts: list[int] = []
    lengths: list[float] = []
    stream = f"{url.replace('http', 'ws', 1)}/api/v1/kiosks"
    async with (
        httpx.AsyncClient(base_url=url) as client,
        connect(f"{stream}/bench-whole/stream") as whole,
        connect(f"{stream}/bench-parts/stream") as parts,
    ):
        for socket, in_parts in ((whole, False), (parts, True)):
            await socket.send(json.dumps({"type": "hello", "session_id": None, "parts": in_parts}))
        for number, question in enumerate(texts):
            started = perf_counter()
            (await client.post("/api/v1/chat", json={"text": question})).raise_for_status()
            text.append((perf_counter() - started) * 1000)
            for in_parts in (number % 2 == 0, number % 2 == 1):
                # Nothing is kept of a speed at which nothing was spoken yet.
                rate = _SLOWEST + 2 * number + in_parts
                ms, said = await _ask(parts if in_parts else whole, client, question, rate)
                waits[in_parts].append(ms)
                counts += [len(said)] if in_parts else []
                lengths += [] if in_parts else [said[0]["duration_ms"]]
    return StreamResult(
        _figures(text),
        _figures(waits[False]),
        _figures(waits[True]),
        sum(counts) / len(counts),
        sum(lengths) / len(lengths),
    )


async def _ask(
    socket: WebSocketClientProtocol, client: httpx.AsyncClient, question: str, rate: int
) -> tuple[float, list[dict[str, Any]]]:
    """Time to the first byte of the answer's sound, and the messages that it came in."""
    started = perf_counter()
    await socket.send(json.dumps({"type": "text", "text": question, "rate": rate}))
    said = [await _next(socket, "say")]
    async with client.stream("GET", said[0]["url"]) as sound:
        await anext(sound.aiter_raw())
        ms = (perf_counter() - started) * 1000
    while not said[-1]["last"]:
        said.append(await _next(socket, "more"))
    return ms, said


async def _next(socket: WebSocketClientProtocol, kind: str) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = json.loads(await socket.recv())
        if message["type"] == kind:
            return message


def _figures(times: list[float]) -> tuple[float, float]:
    return median(times), quantiles(times, n=20)[18]


def bench_stream(folder: Path, texts: Sequence[str]) -> StreamResult:
    """Ask each question twice, by a screen that takes whole answers and by one that takes sentences."""
    with hean_server(folder, HEAN_SPEECH__CACHE_DIR=str(folder / "speech")) as server:
        return asyncio.run(_measure(server.url, texts))
