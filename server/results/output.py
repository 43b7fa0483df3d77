"""Results for machines: JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from server.results.table import COLUMNS, Table


def to_json(tables: Mapping[str, Table]) -> dict[str, Any]:
    """The tables by period. A hidden number is ``null``, and ``hidden`` says why: ``small`` or ``telling``."""
    return {"periods": [{"period": period, **_one(table)} for period, table in tables.items()]}


def _one(table: Table) -> dict[str, Any]:
    rows = []
    for row in table.rows:
        pairs = list(zip(COLUMNS, row.cells, strict=True))
        rows.append(
            {
                "group": row.name,
                **{column: cell.value for column, cell in pairs},
                "median_first_verification": row.median_verification,
                "hidden": {column: cell.hidden.name.lower() for column, cell in pairs if cell.value is None},
            }
        )
    return {"by": table.by.value, "smallest_group": table.threshold, "groups": rows}


def to_csv(tables: Mapping[str, Table]) -> str:
    """One line a period and group; hidden numbers as on the screen, ``<5`` and ``*``."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["period", "group", *COLUMNS, "median_first_verification"])
    for period, table in tables.items():
        for row in table.rows:
            numbers = [cell.text(table.threshold) for cell in row.cells]
            median = "" if row.median_verification is None else f"{row.median_verification:g}"
            writer.writerow([period, row.name, *numbers, median])
    return written.getvalue()
