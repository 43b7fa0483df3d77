"""``hean scenarios schema``: the JSON Schema that editors complete and check scenario files with."""

from __future__ import annotations

import os

import typer

from bot.drills.schema import load_words, schema_text
from server.commands.outcome import fail, readable_failures, settings_or_exit


def write_schema() -> None:
    """Write data/scenario.schema.json anew from the models and data/knowledge/scenario_fields.yml."""
    data = settings_or_exit().bot.data_dir
    with readable_failures():
        text = schema_text(load_words(data / "knowledge" / "scenario_fields.yml"))
    path = data / "scenario.schema.json"
    written = path.with_suffix(".new")
    try:
        written.write_text(text, encoding="utf-8")
        os.replace(written, path)
    except OSError as error:
        raise fail(f"{path} can't be written: {error.strerror}.") from error
    typer.echo(str(path))
