"""``hean bench``: measurements of speed, of reading and of the idle page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.yaml_source import load_yaml
from server.commands.outcome import fail
from server.settings import load_settings

app = typer.Typer(
    help="Benchmarks: turns beside stock Rasa, voice, drills, the idle page, reading of photographed screens.",
    no_args_is_help=True,
)


_Folder = Annotated[Path, typer.Option(help="Where records and logs of the measurement are kept.")]
_FOLDER = Path("models/bench")


def _table(title: str, columns: Sequence[str]) -> Table:
    """A table that says on the left what was measured and has the numbers right of it."""
    table = Table(title=title)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


@app.callback()
def bench() -> None:
    """Benchmarks: turns beside stock Rasa, voice, drills, the idle page, reading of photographed screens."""


@app.command("voice")
def voice(
    sentences: Annotated[int, typer.Option(help="Sentences to speak.", min=20)] = 60,
) -> None:
    """Milliseconds from text to sound: a sentence never spoken before, one that is kept, and an answer on a screen."""
    import asyncio
    import tempfile

    from server.assembly import build_default_voice
    from server.bench.stream import bench_stream
    from server.bench.voice import bench_voice
    from server.commands.outcome import readable_failures
    from server.fixed_lines import fixed_lines

    settings = load_settings()
    with readable_failures(), tempfile.TemporaryDirectory() as folder:
        settings.speech.cache_dir = Path(folder)
        lines = [line.text for line in fixed_lines(settings.bot.data_dir)]
        texts = lines[:: max(1, len(lines) // sentences)][:sentences]
        result = asyncio.run(bench_voice(build_default_voice(settings), texts, settings.speech.rate_normal))
        questions = [str(text) for text in load_yaml(settings.bot.data_dir / "bench" / "turns.yml")["turns"]]
        answer = bench_stream(Path(folder), questions[:sentences])
    table = _table(
        f"{len(texts)} fixed sentences, {sum(map(len, texts)) / len(texts):.0f} characters on average",
        ("text to first audio byte", "p50 ms", "p95 ms", "goal ms"),
    )
    table.add_row("never spoken before", f"{result.made_p50:.1f}", f"{result.made_p95:.1f}", "80")
    table.add_row("kept", f"{result.kept_p50:.1f}", f"{result.kept_p95:.1f}", "10")
    console = Console()
    console.print(table)
    title = f"Answers of {answer.sentences:.1f} sentences and {answer.sound_ms / 1000:.1f} s, never spoken before"
    table = _table(title, ("question to first audio byte over the stream", "p50 ms", "p95 ms"))
    for name, (p50, p95) in (
        ("the whole answer", answer.whole),
        ("sentence by sentence", answer.parts),
        ("the text alone, without sound", answer.text),
    ):
        table.add_row(name, f"{p50:.1f}", f"{p95:.1f}")
    console.print(table)
    console.print(
        f"{result.per_character:.2f} ms a character. For comparison: projects with neural voices on a graphics"
    )
    console.print("card state about 2.2 s from text to first sound.")


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
    table = _table(
        f"One turn, {turns} turns a measurement; × compares with {first.name}",
        ("system", "clients", "p50 ms", "p95 ms", "turns/s", "× turns/s", "memory MB", "× memory"),
    )
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


@app.command("scenarios")
def scenarios(files: Annotated[int, typer.Option(help="How many files.", min=1, max=5000)] = 200) -> None:
    """Seconds to read and check many scenario files."""
    from server.bench.scenarios import bench_scenarios

    console = Console()
    result = bench_scenarios(load_settings().bot.data_dir, files, console.print)
    seconds = f"{result.wall_seconds:.2f} s by the clock, {result.process_seconds:.2f} s of processor time"
    console.print(f"{result.files} published in {seconds}")


@app.command("page")
def page(
    seconds: Annotated[float, typer.Option(help="How long to watch each screen.", min=5)] = 60.0,
    folder: _Folder = _FOLDER,
) -> None:
    """Processor time of Chromium's processes while the page waits for somebody, as a share of one core."""
    from server.bench.page import KINDS, ChromiumMissing, bench_page

    console = Console()
    try:
        results = bench_page(folder, seconds, console.print)
    except ChromiumMissing as error:
        raise fail(str(error)) from error
    table = _table(
        f"Attract loop, {seconds:.0f} s each, drawn without a graphics card; share of one core",
        ("screen", *KINDS, "all", "goal"),
    )
    for result in results:
        name = f"{result.width}×{result.height}{', camera' if result.camera else ''}"
        shares = [f"{result.shares[kind]:.1%}" for kind in KINDS]
        table.add_row(name, *shares, f"{result.total:.1%}", "≤ 15 %")
    console.print(table)


@app.command("taps")
def taps(
    tries: Annotated[int, typer.Option(help="How often to tap each kind of button.", min=1)] = 8,
    folder: _Folder = _FOLDER,
) -> None:
    """Milliseconds from a tap to the picture that shows that it was heard, for every kind of tap."""
    from server.bench.page import ChromiumMissing
    from server.bench.taps import PlaywrightMissing, bench_taps

    console = Console()
    try:
        results = bench_taps(folder, tries, console.print)
    except (ChromiumMissing, PlaywrightMissing) as error:
        raise fail(str(error)) from error
    table = _table(
        f"{tries} taps each, drawn without a graphics card, the touch included",
        ("tap", "median ms", "slowest ms", "goal"),
    )
    for result in results:
        table.add_row(result.name, f"{median(result.times):.0f}", f"{max(result.times):.0f}", "≤ 100")
    console.print(table)


@app.command("sight")
def sight(
    folder: _Folder = _FOLDER,
) -> None:
    """Characters read rightly on forty drawn and badly photographed phone screens, and the time to the verdict."""
    from server.bench.phone.screens import FontMissing, load_screens
    from server.bench.sight import bench_sight

    console = Console()
    screens = load_screens(load_settings().bot.data_dir / "bench" / "screens.yml")
    try:
        results = bench_sight(folder, screens, console.print)
    except FontMissing as error:
        raise fail(str(error)) from error
    table = _table(
        f"{len(results)} phone screens, photographed askew, in bad light and with noise",
        ("screens", "number", "characters", "right", "links and numbers", "same verdict", "median s", "max s"),
    )
    for kind in (*dict.fromkeys(result.kind for result in results), "all"):
        of_kind = [result for result in results if kind in (result.kind, "all")]
        written, seconds = sum(result.written for result in of_kind), [result.seconds for result in of_kind]
        table.add_row(
            kind,
            str(len(of_kind)),
            str(written),
            f"{1 - sum(result.wrong for result in of_kind) / written:.2%}",
            f"{sum(result.exact for result in of_kind)} of {sum(result.must_be_exact for result in of_kind)}",
            f"{sum(result.same_verdict for result in of_kind)} of {len(of_kind)}",
            f"{median(seconds):.2f}",
            f"{max(seconds):.2f}",
        )
    console.print(table)
