"""What ``hean eval`` does: packs in, tables, a report and an exit code out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.content import load_content
from bot.identifiers import ScamType
from bot.yaml_source import load_yaml
from server.evaluation.packs import Pack, Row, load_pack
from server.evaluation.predict import InProcess, OverHttp, Predictor
from server.evaluation.report import html_report
from server.evaluation.run import Bar, PackResult, failures, run_packs
from server.evaluation.scores import confusions, worst
from server.settings import Settings

OWN_PACKS = Path("tests/evaluation")


def evaluate_packs(
    paths: Sequence[Path],
    settings: Settings,
    console: Console,
    *,
    url: str | None,
    html: Path | None,
    show_worst: int,
    quiet: bool,
) -> list[PackResult]:
    """Judge every row of the packs and print the measures per register.

    Raises:
        PackError: a pack can't be read.
    """
    packs = _packs(paths, settings)
    predictor: Predictor = OverHttp(url) if url else InProcess(load_content(settings.bot, console.print))

    def progress(rows: Iterable[Row], total: int, name: str) -> Iterable[Row]:
        return rows if quiet else track(rows, name, total, console=console, transient=True)

    if not url and any(pack.kind == "intents" for pack in packs):
        console.print("Intents are the dialogue model's: packs of intents need --url of a running server.")
    results = run_packs([pack for pack in packs if url or pack.kind != "intents"], predictor, progress)
    for result in results:
        console.print(_table(result))
        if taken := confusions(result.scored):
            console.print("  types taken for others: " + ", ".join(f"{a} → {b} {n}×" for n, a, b in taken))
        for row, prediction, why in worst(result.scored, show_worst) if show_worst else ():
            line = f"  {why} p={prediction.confidence:.2f} {row.id} {row.register}: {row.text[:90]}"
            console.print(line, markup=False)
    if html is not None:
        html.write_text(html_report(results), encoding="utf-8")
        console.print(f"Report: {html}")
    return results


def missed_bars(results: Sequence[PackResult], bars_file: Path) -> list[str]:
    """Sentences for every measure below its bar in ``bars_file`` (pack → list of register, name, bound)."""
    bars = load_yaml(bars_file)
    missed: list[str] = []
    for result in results:
        own = [Bar(str(b["register"]), str(b["name"]), float(b["bound"])) for b in bars.get(result.pack.name, [])]
        missed += failures(result, own)
    return missed


def _packs(paths: Sequence[Path], settings: Settings) -> list[Pack]:
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
