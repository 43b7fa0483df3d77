"""``hean eval``: measure understanding on labelled packs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.content import load_content
from bot.identifiers import ScamType
from bot.yaml_source import load_yaml
from server.evaluation.packs import Pack, PackError, Row, load_pack
from server.evaluation.predict import InProcess, OverHttp, Predictor
from server.evaluation.run import Bar, PackResult, failures, run_packs
from server.evaluation.scores import worst
from server.settings import Settings, load_settings

_OWN = Path("tests/evaluation")


def evaluate(
    packs: Annotated[list[Path] | None, typer.Argument(help="Pack files, .jsonl or .csv.")] = None,
    own: Annotated[bool, typer.Option("--own", help="Run the project's own packs in tests/evaluation.")] = False,
    enforce: Annotated[bool, typer.Option("--enforce", help="Exit 1 when a bar of the own packs is missed.")] = False,
    url: Annotated[str | None, typer.Option(help="Measure a running server instead, through /chat.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a report with plots to this file.")] = None,
    show_worst: Annotated[int, typer.Option("--worst", help="Show this many of the worst rows of each pack.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar.")] = False,
) -> None:
    """Judge every row of the packs and print the measures per register."""
    console = Console()
    settings = load_settings()
    paths = list(packs or [])
    if own or not paths:
        paths += sorted(_OWN.glob("*.jsonl"))
    try:
        loaded = _packs(paths, settings)
    except PackError as error:
        console.print(f"[red]{error}[/red]")
        raise typer.Exit(2) from error
    predictor: Predictor = OverHttp(url) if url else InProcess(load_content(settings.bot, console.print))

    def progress(rows: Iterable[Row], total: int, name: str) -> Iterable[Row]:
        return rows if quiet else track(rows, name, total, console=console, transient=True)

    results = run_packs([pack for pack in loaded if pack.kind != "intents"], predictor, progress)
    for result in results:
        console.print(_table(result))
        for row, prediction, why in worst(result.scored, show_worst) if show_worst else ():
            console.print(
                f"  {why} p={prediction.confidence:.2f} {row.id} {row.register}: {row.text[:90]}",
                markup=False,
            )
    if html is not None:
        from server.evaluation.report import html_report

        html.write_text(html_report(results), encoding="utf-8")
        console.print(f"Report: {html}")
    if enforce:
        _enforce(results, console)


def _packs(paths: list[Path], settings: Settings) -> list[Pack]:
    names = load_yaml(settings.bot.data_dir / "knowledge" / "labels.yml")
    labels = {str(name): ScamType(scam_type) for name, scam_type in names.items()}
    return [load_pack(path, labels) for path in paths]


def _table(result: PackResult) -> Table:
    table = Table(title=f"{result.pack.name}: {len(result.scored)} texts, median {result.milliseconds:.1f} ms")
    for column in ("register", "measure", "value", "rows"):
        table.add_column(column, justify="right" if column in ("value", "rows") else "left")
    for measure in result.measures:
        table.add_row(measure.register, measure.name, f"{measure.value:.3f}", str(measure.count))
    return table


def _enforce(results: list[PackResult], console: Console) -> None:
    bars = load_yaml(_OWN / "bars.yml")
    missed: list[str] = []
    for result in results:
        own = [Bar(str(b["register"]), str(b["name"]), float(b["bound"])) for b in bars.get(result.pack.name, [])]
        missed += failures(result, own)
    for sentence in missed:
        console.print(f"[red]below the bar[/red] {sentence}")
    if missed:
        raise typer.Exit(1)
    console.print("All bars are met.")
