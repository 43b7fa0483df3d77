"""The sight benchmark: drawn screens, photographed, sent to this server's ``/check/image``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

from server.bench.phone.compare import exact, plain, wrong
from server.bench.phone.photo import photograph, shots
from server.bench.phone.screens import Screen, draw
from server.bench.turn import hean_server

_SECONDS = 60.0


@dataclass(frozen=True)
class ScreenResult:
    """One screen read: ``written`` and ``wrong`` characters, ``seconds`` from sending to the verdict.

    ``exact`` of the ``must_be_exact`` links and numbers were read to the letter; ``same_verdict``: as for the text when
    it is typed in.
    """

    kind: str
    written: int
    wrong: int
    must_be_exact: int
    exact: int
    same_verdict: bool
    seconds: float


def bench_sight(folder: Path, screens: Sequence[Screen], echo: Callable[[str], None]) -> list[ScreenResult]:
    """Read every screen once on a server of its own, one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    results = []
    with hean_server(folder) as server, httpx.Client(base_url=f"{server.url}/api/v1", timeout=_SECONDS) as client:
        _send(client, photograph(draw(screens[0]), shots(1)[0]))  # the models are loaded with the first one
        for number, (screen, shot) in enumerate(zip(screens, shots(len(screens)), strict=True)):
            photo = photograph(draw(screen), shot, number)
            begun = perf_counter()
            seen = _send(client, photo)
            seconds = perf_counter() - begun
            result = _result(screen, seen, _verdict(client, screen), seconds)
            echo(f"{number:2} {screen.kind:6} {result.wrong:2} of {result.written:3} wrong, {result.seconds:.2f} s")
            results.append(result)
        echo(f"Memory of the server with its reading process: {server.memory():.0f} MB")
    return results


def _result(screen: Screen, seen: dict[str, Any], typed: str | None, seconds: float) -> ScreenResult:
    written = "\n".join(screen.texts())
    wanted = exact(written)
    read = plain(seen["text"]).lower()
    return ScreenResult(
        kind=screen.kind,
        written=len(plain(written)),
        wrong=wrong(written, seen["text"]),
        must_be_exact=len(wanted),
        exact=sum(each in read for each in wanted),
        same_verdict=(seen["assessment"] or {}).get("verdict") == typed,
        seconds=seconds,
    )


def _send(client: httpx.Client, photo: bytes) -> dict[str, Any]:
    response = client.post("/check/image", files={"image": photo})
    response.raise_for_status()
    seen: dict[str, Any] = response.json()
    return seen


def _verdict(client: httpx.Client, screen: Screen) -> str | None:
    response = client.post("/check", json={"text": "\n".join(screen.texts())})
    response.raise_for_status()
    verdict: str | None = (response.json()["assessment"] or {}).get("verdict")
    return verdict
