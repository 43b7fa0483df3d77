"""Puts the parts of the drills together from the data directory. The only module that knows file names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.drills.catalog import ScenarioCatalog
from bot.drills.checks import ScenarioChecks
from bot.drills.engine import DrillEngine
from bot.drills.faults import FaultMessages
from bot.drills.loading import ScenarioLoader
from bot.drills.move_model import MoveModel
from bot.drills.phrases import DrillPhrases
from bot.hotlines import load_hotlines


@dataclass(frozen=True)
class Drills:
    """Everything that a conversation needs to lead drills."""

    catalog: ScenarioCatalog
    engine: DrillEngine
    loader: ScenarioLoader


def build_drills(
    data_dir: Path,
    *,
    fill: Callable[[str], str] | None = None,
    choices_at_once: bool = True,
    move_model: MoveModel | None = None,
) -> Drills:
    """Build from ``data_dir``. ``fill`` puts numbers in the place of ``{police}``; without it the hotlines are read.
    ``move_model`` hears moves in free speech; without it only phrases are heard.

    Raises:
        ContentError: one of the files of ``data/knowledge`` can't be used. A broken scenario raises nothing; it is
            among the catalog's faults.
    """
    knowledge = data_dir / "knowledge"
    phrases = DrillPhrases.from_file(knowledge / "drill.yml")
    hotlines = load_hotlines(knowledge / "hotlines.yml")
    loader = ScenarioLoader(
        FaultMessages.from_file(knowledge / "scenario_faults.yml"),
        ScenarioChecks(phrases, frozenset(hotlines)),
    )
    engine = DrillEngine(phrases, fill=fill or hotlines.fill, choices_at_once=choices_at_once, move_model=move_model)
    return Drills(ScenarioCatalog(data_dir / "scenarios", loader), engine, loader)
