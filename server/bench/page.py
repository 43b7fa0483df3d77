"""The page benchmark: what a browser costs that stands in a lobby with nobody before it."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from server.bench.processes import processor_seconds, running
from server.bench.turn import HeanServer, hean_server

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
KINDS = ("page", "drawing", "browser", "other")
# What docs/kiosk asks for as far as it matters, and no graphics card; a made-up camera with a small moving picture.
_FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
_SETTLES_S = 15.0


class ChromiumMissing(Exception):
    """There is no browser on this machine."""


@dataclass(frozen=True)
class Idle:
    """One screen measured: shares of one core, 0 to 1, by kind of process (``KINDS``)."""

    width: int
    height: int
    camera: bool
    shares: dict[str, float]

    @property
    def total(self) -> float:
        """All of the browser's processes."""
        return sum(self.shares.values())


def bench_page(folder: Path, seconds: float, echo: Callable[[str], None]) -> list[Idle]:
    """Measure the attract loop upright, lying, and with the camera that looks out for visitors.

    Processor time counts, not the clock, so that other programs on the machine change little.

    Raises:
        ChromiumMissing: no browser was found.
    """
    browser = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if browser is None:
        raise ChromiumMissing(f"There is no Chromium on this machine (looked for {', '.join(CHROMIUMS)}).")
    folder.mkdir(parents=True, exist_ok=True)
    results = []
    for camera, sizes in ((False, ((1080, 1920), (1920, 1080))), (True, ((1080, 1920),))):
        with hean_server(folder, HEAN_KIOSK__WATCH_FOR_VISITORS=str(camera).lower()) as server:
            for size in sizes:
                echo(f"Watching the page for {seconds:.0f} s at {size[0]} × {size[1]} …")
                results.append(_measure(browser, server, folder, size, camera, seconds))
    return results


def _measure(
    browser: str, server: HeanServer, folder: Path, size: tuple[int, int], camera: bool, seconds: float
) -> Idle:
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *_FLAGS, f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}"]
        if os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to run as root with it
        command.append(f"{server.url}/?kiosk=bench")
        with running(command, cwd=folder, log=folder / "chromium.log", environment={}) as process:
            time.sleep(_SETTLES_S)
            before, begun = processor_seconds(process), time.monotonic()
            time.sleep(seconds)
            after, lasted = processor_seconds(process), time.monotonic() - begun
    shares = dict.fromkeys(KINDS, 0.0)
    for pid, (line, used) in after.items():
        shares[_kind(line)] += (used - before.get(pid, ("", 0.0))[1]) / lasted
    return Idle(size[0], size[1], camera, shares)


def _kind(command: str) -> str:
    """What a browser's process is for, one of ``KINDS``."""
    found = re.search(r"--type=(\S+)", command)
    if found is None:
        return "browser"
    return {"renderer": "page", "gpu-process": "drawing"}.get(found[1], "other")
