"""The settings file as values with the lines they stand in, so that a fault can name its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.yaml_source import ContentError, load_yaml


class SettingsFileError(ValueError):
    """A settings file that can't be read; the message names file and line."""


@dataclass(frozen=True)
class SettingsFile:
    """``values`` as nested dicts; ``lines`` the line (from 1) of every key, by its path."""

    path: Path
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> SettingsFile:
        """Read one YAML file.

        Raises:
            SettingsFileError: it is missing, not UTF-8, not YAML or not a list of settings by name.
        """
        try:
            values = load_yaml(path)
        except ContentError as error:
            fault = error.faults[0]
            raise SettingsFileError(f"{path} line {fault.line}: {fault.message}.") from error
        if values is None:
            return cls(path)
        if not isinstance(values, dict):
            hint = "write groups of settings, as in `http:` and below it `port: 8000`"
            raise SettingsFileError(f"{path} line 1: {hint}.")
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        return cls(path, values, dict(_lines(root, ())))

    def line(self, location: tuple[str, ...]) -> int | None:
        """The line of a setting, or of the nearest group around it that the file has."""
        while location:
            if location in self.lines:
                return self.lines[location]
            location = location[:-1]
        return None


def _lines(node: yaml.Node | None, location: tuple[str, ...]) -> list[tuple[tuple[str, ...], int]]:
    found: list[tuple[tuple[str, ...], int]] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*location, str(key.value))
            found.append((here, key.start_mark.line + 1))
            found.extend(_lines(value, here))
    return found
