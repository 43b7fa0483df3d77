"""The HTML report of an evaluation: tables and plots in one file that needs nothing else."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Sequence

from matplotlib.figure import Figure

from server.evaluation.run import PackResult
from server.evaluation.scores import calibration, confusions, worst

_STYLE = """
body{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
body{color:#1c2733}table{border-collapse:collapse;margin:1rem 0;width:100%}
td,th{border-bottom:1px solid #d8dee6;padding:.35rem .6rem;text-align:left}
td.n{text-align:right;font-variant-numeric:tabular-nums}h2{margin-top:2.5rem}img{max-width:100%}
"""


def html_report(results: Sequence[PackResult]) -> str:
    """One page for all packs."""
    parts = ["<!doctype html><html lang='en'><meta charset='utf-8'><title>He'an evaluation</title>"]
    parts.append(f"<style>{_STYLE}</style><h1>He'an evaluation</h1>")
    for result in results:
        parts.append(f"<h2>{html.escape(result.pack.name)}</h2>")
        parts.append(f"<p>{len(result.scored)} texts, median {result.milliseconds:.1f} ms a judgement.</p>")
        parts.append(_measures_table(result))
        if any(row.is_fraud is not None for row, _ in result.scored):
            parts += [
                _plot(_bars(result)),
                _plot(_calibration(result)),
                _confusion_table(result),
                _worst_table(result),
            ]
    return "\n".join(parts)


def _measures_table(result: PackResult) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(m.register)}</td><td>{html.escape(m.name)}</td><td class=n>{m.value:.3f}</td>"
        f"<td class=n>{m.count}</td></tr>"
        for m in result.measures
    )
    return f"<table><tr><th>register<th>measure<th>value<th>rows</tr>{rows}</table>"


def _bars(result: PackResult) -> Figure:
    shown = [m for m in result.measures if m.name in ("recall", "false alarms")]
    figure = Figure(figsize=(9, 0.5 + 0.4 * len(shown)))
    axis = figure.subplots()
    colours = ["#1b6e4b" if m.name == "recall" else "#b3261e" for m in shown]
    axis.barh([f"{m.register} · {m.name}" for m in shown], [m.value for m in shown], color=colours)
    axis.set_xlim(0, 1)
    axis.invert_yaxis()
    axis.set_xlabel("share of rows")
    figure.tight_layout()
    return figure


def _calibration(result: PackResult) -> Figure:
    points = calibration(result.scored)
    figure = Figure(figsize=(5, 4))
    axis = figure.subplots()
    axis.plot([0, 1], [0, 1], color="#9aa5b1", linestyle="--", label="perfect")
    axis.scatter([p[0] for p in points], [p[1] for p in points], s=[20 + p[2] for p in points], color="#205493")
    axis.set_xlabel("predicted probability of fraud")
    axis.set_ylabel("share that was fraud")
    axis.legend()
    figure.tight_layout()
    return figure


def _confusion_table(result: PackResult) -> str:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td><td class=n>{n}</td></tr>" for n, a, b in confusions(result.scored))
    return f"<h3>Types taken for others</h3><table><tr><th>is<th>taken for<th>rows</tr>{rows}</table>"


def _worst_table(result: PackResult) -> str:
    rows = "".join(
        f"<tr><td>{why}</td><td>{html.escape(row.register)}</td><td class=n>{p.confidence:.2f}</td>"
        f"<td>{html.escape(row.text[:160])}</td></tr>"
        for row, p, why in worst(result.scored)
    )
    return f"<h3>Worst rows</h3><table><tr><th>what<th>register<th>p<th>text</tr>{rows}</table>"


def _plot(figure: Figure) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110)
    return f"<img alt='plot' src='data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}'>"
