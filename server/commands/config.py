"""``hean config``: every setting as it is now."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from server.commands.outcome import settings_or_exit
from server.settings import Settings, variable

_UNITS = {"_seconds": "seconds", "_ms": "ms", "_days": "days", "_bytes": "bytes"}


@dataclass(frozen=True)
class Setting:
    """One setting with its value and where to change it."""

    name: str
    value: Any
    default: Any
    unit: str
    description: str
    variable: str


def settings_list(settings: Settings) -> list[Setting]:
    """Every setting of every group."""
    found: list[Setting] = []
    for group, outer in settings.__fields__.items():
        model: BaseModel = getattr(settings, group)
        for name, field in model.__fields__.items():
            unit = field.field_info.extra.get("unit") or next(
                (unit for suffix, unit in _UNITS.items() if name.endswith(suffix)), ""
            )
            found.append(
                Setting(
                    f"{group}.{name}",
                    _plain(getattr(model, name)),
                    _plain(getattr(outer.default, name)),
                    unit,
                    field.field_info.description or "",
                    variable((group, name)),
                )
            )
    return found


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def config(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show every setting: its value, default, unit, meaning and environment variable."""
    settings = settings_list(settings_or_exit())
    if as_json:
        typer.echo(json.dumps([asdict(setting) for setting in settings], indent=2, ensure_ascii=False))
        return
    table = Table("Setting", "Value", "Default", "Unit", "Meaning", "Environment variable")
    for setting in settings:
        changed = setting.value != setting.default
        value = f"[bold]{setting.value}[/bold]" if changed else str(setting.value)
        table.add_row(setting.name, value, str(setting.default), setting.unit, setting.description, setting.variable)
    console = Console()
    # A pipe has no width of its own; nothing is to be cut off there.
    Console(width=None if console.is_terminal else 200).print(table)
