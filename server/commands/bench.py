"""``hean bench``: measurements side by side with stock Rasa."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.yaml_source import load_yaml
from server.settings import load_settings

app = typer.Typer(help="Benchmarks, side by side with stock Rasa in one run.", no_args_is_help=True)


@app.callback()
def bench() -> None:
    """Benchmarks, side by side with stock Rasa in one run."""


@app.command("turn")
def turn(
    turns: Annotated[int, typer.Option(help="Turns a measurement.", min=40)] = 320,
    folder: Annotated[Path, typer.Option(help="Where the stock model and logs are kept.")] = Path("models/bench"),
) -> None:
    """p50, p95, turns a second and memory of stock Rasa (DIET + TED; this model) and of /chat, with ratios."""
    from server.bench.turn import bench_turn

    console = Console()
    settings = load_settings()
    texts = [str(text) for text in load_yaml(settings.bot.data_dir / "bench" / "turns.yml")["turns"]]
    results = bench_turn(settings, folder, texts, turns, console.print)
    first = results[0]
    table = Table(title=f"One turn, {turns} turns a measurement; × compares with {first.name}")
    for column in ("system", "clients", "p50 ms", "p95 ms", "turns/s", "× turns/s", "memory MB", "× memory"):
        table.add_column(column, justify="left" if column == "system" else "right")
    for result in results:
        for load, reference in zip(result.loads, first.loads, strict=True):
            table.add_row(
                result.name,
                str(load.clients),
                f"{load.p50:.1f}",
                f"{load.p95:.1f}",
                f"{load.per_second:.1f}",
                f"{load.per_second / reference.per_second:.2f}",
                f"{result.memory_mb:.0f}",
                f"{result.memory_mb / first.memory_mb:.2f}",
            )
    console.print(table)
