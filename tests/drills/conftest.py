from __future__ import annotations

from pathlib import Path

import pytest

from bot.drills.assembly import Drills, build_drills
from bot.drills.phrases import DrillPhrases

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="session")
def data_dir() -> Path:
    return DATA


@pytest.fixture(scope="session")
def drills() -> Drills:
    return build_drills(DATA)


@pytest.fixture(scope="session")
def phrases() -> DrillPhrases:
    return DrillPhrases.from_file(DATA / "knowledge" / "drill.yml")
