"""Runs packs through a predictor, with progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from server.evaluation.packs import Pack, Row
from server.evaluation.predict import Prediction, Predictor
from server.evaluation.scores import Measure, measures, with_mandarin


@dataclass(frozen=True)
class PackResult:
    """One pack's predictions and measures; ``milliseconds`` is the median time of one judgement."""

    pack: Pack
    scored: tuple[tuple[Row, Prediction], ...]
    measures: tuple[Measure, ...]
    milliseconds: float


def run_packs(
    packs: Sequence[Pack],
    predictor: Predictor,
    track: Callable[[Iterable[Row], int, str], Iterable[Row]],
) -> list[PackResult]:
    """Judge every row of every pack. ``track`` wraps the rows (with their count and pack's name) to show progress."""
    results: list[PackResult] = []
    for pack in packs:
        rows = with_mandarin(pack)
        scored = tuple((row, predictor.predict(row.text)) for row in track(rows, len(rows), pack.name))
        time = median(prediction.milliseconds for _, prediction in scored)
        results.append(PackResult(pack, scored, tuple(measures(pack, scored)), time))
    return results


@dataclass(frozen=True)
class Bar:
    """A bound on one measure; ``register`` ``*`` means every register that has it."""

    register: str
    name: str
    bound: float


def failures(result: PackResult, bars: Sequence[Bar]) -> list[str]:
    """Sentences for every measure that misses its bar."""
    missed: list[str] = []
    for measure in result.measures:
        for bar in bars:
            if bar.name != measure.name or bar.register not in ("*", measure.register):
                continue
            good = measure.value >= bar.bound if measure.better == "high" else measure.value <= bar.bound
            if not good:
                missed.append(
                    f"{result.pack.name} / {measure.register}: {measure.name} {measure.value:.3f}, bar {bar.bound}"
                )
    return missed
