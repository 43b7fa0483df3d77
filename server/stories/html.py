"""Reports as one HTML file each that needs nothing else. Their words stand in ``pages``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.yaml_source import load_yaml
from server.stories.coverage import Covered
from server.stories.play import Result

_PAGES = Path(__file__).with_name("pages")


def results_html(results: Sequence[Result], target: str, made: datetime) -> str:
    """What was played against ``target``, failures first."""
    times = [told.milliseconds for result in results for told in result.told if told.reply]
    totals = Counter(_folder(result) for result in results)
    wrong = Counter(_folder(result) for result in results if not result.holds)
    return _page(
        "results.html.j2",
        made,
        results=results,
        failed=[result for result in results if not result.holds],
        folders=[(folder, totals[folder], wrong[folder]) for folder in sorted(totals)],
        median_ms=median(times) if times else 0.0,
        target=target,
    )


def coverage_html(covered: Sequence[Covered], stories: int, made: datetime) -> str:
    """What the stories touched, and what is missing."""
    labels = load_yaml(_PAGES / "labels.yml")
    return _page("coverage.html.j2", made, covered=covered, stories=stories, labels=labels)


def _folder(result: Result) -> str:
    return result.loaded.id.partition("/")[0]


def _page(template: str, made: datetime, **values: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(_PAGES), autoescape=select_autoescape(["j2"]), trim_blocks=True, lstrip_blocks=True
    )
    style = (_PAGES / "style.css").read_text(encoding="utf-8")
    return environment.get_template(template).render(style=style, made=made.strftime("%Y-%m-%d %H:%M"), **values)
