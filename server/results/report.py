"""The HTML report of results: tables and plots in one file that needs nothing else."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable, Mapping

from matplotlib import font_manager, rc_context
from matplotlib.figure import Figure

from server.results.counts import ENDS
from server.results.table import ALL, COLUMNS, Row, Table

_STYLE = """
body{font:17px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
body{color:#1c2733}table{border-collapse:collapse;margin:1rem 0;width:100%}
td,th{border-bottom:1px solid #d8dee6;padding:.35rem .6rem;text-align:left}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}h2{margin-top:2.5rem}img{max-width:100%}
"""
_COLOURS = ("#1b6e4b", "#205493", "#b3261e", "#b26a00", "#7b8794")
_FONTS: tuple[str, ...] = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "Source Han Sans SC",
)
_FONTS += ("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback", "SimHei", "Microsoft YaHei")
_MOST_BARS = 40
# Words of a report by code.
Say = Callable[..., str]


def chinese_font() -> str | None:
    """A font of this machine that can write Chinese, or none."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in _FONTS if name in known), None)


def html_report(tables: Mapping[str, Table], say: Say, *, font: str | None) -> str:
    """One page. Without a ``font`` for Chinese, plots are labelled with identifiers."""
    title = html.escape(say("stats_title"))
    parts = [f"<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>{title}</title>"]
    parts.append(f"<style>{_STYLE}</style><h1>{title}</h1>")
    for period, table in tables.items():
        parts.append(f"<h2>{html.escape(say('stats_period', period=period))}</h2>")
        if not table.rows:
            parts.append(f"<p>{html.escape(say('stats_none'))}</p>")
            continue
        parts.append(_table(table, say))
        parts.append(_image(_ends_plot(table), say("stats_plot"), font, say))
    if any(table.threshold > 1 for table in tables.values()):
        least = next(iter(tables.values())).threshold
        parts.append(f"<p>{html.escape(say('stats_hidden', least=least))}</p>")
    return "\n".join(parts)


def _table(table: Table, say: Say) -> str:
    heads = "".join(f"<th class=n>{html.escape(say(f'stats_{column}'))}" for column in COLUMNS)
    head = f"<tr><th>{html.escape(say(f'stats_by_{table.by.value}'))}{heads}"
    head += f"<th class=n>{html.escape(say('stats_median'))}</tr>"
    return f"<table>{head}{''.join(_row(row, table.threshold, say) for row in table.rows)}</table>"


def _row(row: Row, threshold: int, say: Say) -> str:
    name = say("stats_all") if row.name == ALL else row.name
    cells = "".join(f"<td class=n>{html.escape(cell.text(threshold))}</td>" for cell in row.cells)
    median = "" if row.median_verification is None else f"{row.median_verification:g}"
    return f"<tr><td>{html.escape(name)}</td>{cells}<td class=n>{median}</td></tr>"


def _ends_plot(table: Table) -> Callable[[Callable[[str], str]], Figure]:
    """Ends by group as stacked bars; hidden numbers have none."""
    rows = [row for row in table.rows if row.name != ALL][:_MOST_BARS]

    def drawn(label: Callable[[str], str]) -> Figure:
        figure = Figure(figsize=(9, 1.2 + 0.35 * len(rows)))
        axis = figure.subplots()
        left = [0] * len(rows)
        for end, colour in zip(ENDS, _COLOURS, strict=True):
            values = [row.cell(end.value).value or 0 for row in rows]
            axis.barh([row.name for row in rows], values, left=left, color=colour, label=label(end.value))
            left = [before + value for before, value in zip(left, values, strict=True)]
        axis.invert_yaxis()
        axis.set_xlabel(label("starts"))
        axis.legend(fontsize="small", ncol=len(ENDS), loc="lower center", bbox_to_anchor=(0.5, 1.0))
        figure.tight_layout()
        return figure

    return drawn


def _image(draw: Callable[[Callable[[str], str]], Figure], alt: str, font: str | None, say: Say) -> str:
    buffer = io.BytesIO()
    family = [font, "DejaVu Sans"] if font else ["DejaVu Sans"]
    with rc_context({"font.family": family}):
        draw(lambda code: say(f"stats_{code}") if font else code).savefig(buffer, format="png", dpi=110)
    data = base64.b64encode(buffer.getvalue()).decode()
    return f"<img alt='{html.escape(alt)}' src='data:image/png;base64,{data}'>"
