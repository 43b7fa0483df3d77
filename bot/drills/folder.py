"""Several scenario files looked at together, as before they are published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.drills.loading import LoadedFile, ScenarioLoader


def scenario_files(paths: Iterable[Path]) -> list[Path]:
    """The files that are meant: those named, and every ``*.yml`` of the folders named."""
    found: dict[Path, None] = {}
    for path in paths:
        for file in sorted(path.glob("*.yml")) if path.is_dir() else [path]:
            found.setdefault(file)
    return list(found)


def look_at(loader: ScenarioLoader, files: Iterable[Path]) -> list[LoadedFile]:
    """Every file with all its faults, among them those of its name and of an id that another one beside it has."""
    wanted = list(files)
    owners: dict[tuple[Path, str], Path] = {}
    result: dict[Path, LoadedFile] = {}
    for path in scenario_files([*dict.fromkeys(file.parent for file in wanted), *wanted]):
        loaded = loader.load_file(path)
        result[path] = loaded
        if loaded.scenario is None:
            continue
        owner = owners.setdefault((path.parent, loaded.scenario.id), path)
        if path.stem != loaded.scenario.id:
            result[path] = replace(loaded, faults=(*loaded.faults, loader.misnamed(path, loaded.scenario.id)))
        if owner != path:
            other = loader.duplicate(path, loaded.scenario.id, owner)
            result[path] = replace(result[path], faults=(*result[path].faults, *other.faults))
    return [result[path] for path in wanted]
