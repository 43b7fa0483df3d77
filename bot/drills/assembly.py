"""Puts the parts of the drills together from the data directory. The only module that knows file names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.drills.catalog import ScenarioCatalog
from bot.drills.checks import ScenarioChecks
from bot.drills.engine import DrillEngine
from bot.drills.faults import FaultMessages
from bot.drills.loading import ScenarioLoader
from bot.drills.phrases import DrillPhrases


@dataclass(frozen=True)
class Drills:
    """Everything that a conversation needs to lead drills."""

    catalog: ScenarioCatalog
    engine: DrillEngine
    loader: ScenarioLoader


def build_drills(data_dir: Path, *, fill: Callable[[str], str] | None = None, choices_at_once: bool = True) -> Drills:
    """Build from ``data_dir``. ``fill`` puts the numbers in the place of ``{police}`` and the like."""
    knowledge = data_dir / "knowledge"
    phrases = DrillPhrases.from_file(knowledge / "drill.yml")
    hotlines = yaml.safe_load((knowledge / "hotlines.yml").read_text(encoding="utf-8"))
    loader = ScenarioLoader(
        FaultMessages.from_file(knowledge / "scenario_faults.yml"),
        ScenarioChecks(phrases, frozenset(hotlines)),
    )
    engine = DrillEngine(phrases, fill=fill or _filler(hotlines), choices_at_once=choices_at_once)
    return Drills(ScenarioCatalog(data_dir / "scenarios", loader), engine, loader)


def _filler(hotlines: dict[str, dict[str, str]]) -> Callable[[str], str]:
    values = {key: entry.get("number") or entry.get("say", "") for key, entry in hotlines.items()}

    def fill(text: str) -> str:
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        return text

    return fill
