"""The scenario benchmark: how long many files take to be read, checks included."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from bot.drills.assembly import build_drills
from bot.drills.catalog import ScenarioCatalog

_ID = re.compile(r"^id: *\S+", re.MULTILINE)


@dataclass(frozen=True)
class LoadingResult:
    """How many files were published, and the seconds that it took: by the clock and of this process alone."""

    files: int
    wall_seconds: float
    process_seconds: float


def bench_scenarios(data_dir: Path, files: int, echo: Callable[[str], None]) -> LoadingResult:
    """Read copies of the published scenarios, each with an id of its own, as a catalog does when it starts."""
    shipped = sorted((data_dir / "scenarios").glob("*.yml"))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(files):
            text = shipped[number % len(shipped)].read_text(encoding="utf-8")
            (Path(folder) / f"copy-{number}.yml").write_text(_ID.sub(f"id: copy-{number}", text, count=1), "utf-8")
        echo(f"Reading {files} scenarios …")
        loader = build_drills(data_dir).loader
        began, used = perf_counter(), process_time()
        published = len(ScenarioCatalog(Path(folder), loader).all())
        return LoadingResult(published, perf_counter() - began, process_time() - used)
