"""The catalog: live edits, last good versions, running drills on the version they began with."""

from __future__ import annotations

import os
import random
from itertools import count
from pathlib import Path

import pytest

from bot.drills.assembly import Drills
from bot.drills.catalog import ScenarioCatalog
from bot.drills.scenario import Kind
from bot.identifiers import ScamType


@pytest.fixture
def folder(data_dir: Path, tmp_path: Path) -> Path:
    for name in ("police-cash-pickup", "bank-suspicious-transfer"):
        text = (data_dir / "scenarios" / f"{name}.yml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def catalog(drills: Drills, folder: Path) -> ScenarioCatalog:
    return ScenarioCatalog(folder, drills.loader, clock=count().__next__)  # a second passes between two looks


def edit(path: Path, text: str) -> None:
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 1_000_000, before + 1_000_000))


def test_a_saved_edit_is_live(catalog: ScenarioCatalog, folder: Path) -> None:
    path = folder / "police-cash-pickup.yml"
    old = catalog.get("police-cash-pickup")
    assert old is not None
    edit(path, path.read_text(encoding="utf-8").replace(old.title, "换了名字"))
    new = catalog.get("police-cash-pickup")
    assert new is not None and new.title == "换了名字" and new.version != old.version
    assert catalog.get("police-cash-pickup", old.version) == old


def test_a_broken_file_keeps_its_last_good_version(catalog: ScenarioCatalog, folder: Path) -> None:
    path = folder / "police-cash-pickup.yml"
    old = catalog.get("police-cash-pickup")
    edit(path, "id: [")
    assert catalog.get("police-cash-pickup") == old
    assert [fault.path.name for fault in catalog.faults()] == [path.name]
    edit(path, (folder / "bank-suspicious-transfer.yml").read_text(encoding="utf-8"))
    assert catalog.get("police-cash-pickup") == old and len(catalog.all()) == 2


def test_a_deleted_file_is_gone(catalog: ScenarioCatalog, folder: Path) -> None:
    assert len(catalog.all()) == 2
    (folder / "police-cash-pickup.yml").unlink()
    assert [scenario.id for scenario in catalog.all()] == ["bank-suspicious-transfer"]
    assert catalog.get("police-cash-pickup") is None


def test_choose_by_kind_and_type(catalog: ScenarioCatalog) -> None:
    chance = random.Random(1)
    legitimate = catalog.choose(Kind.LEGITIMATE, chance=chance)
    assert legitimate is not None and legitimate.kind is Kind.LEGITIMATE
    police = catalog.choose(scam_type=ScamType.POLICE, chance=chance)
    assert police is not None and police.id == "police-cash-pickup"
    assert catalog.choose(scam_type=ScamType.GAME) is None
    again = catalog.choose(Kind.SCAM, exclude=["police-cash-pickup"], chance=chance)
    assert again is not None and again.id == "police-cash-pickup"
    assert len({str(catalog.choose(chance=chance)) for _ in range(30)}) == 2


def test_an_empty_folder_has_nothing_to_choose(drills: Drills, tmp_path: Path) -> None:
    catalog = ScenarioCatalog(tmp_path / "none", drills.loader)
    assert catalog.all() == [] and catalog.choose() is None and catalog.get("x") is None


def test_files_are_looked_at_again_after_half_a_second(drills: Drills, folder: Path) -> None:
    now = [0.0]
    catalog = ScenarioCatalog(folder, drills.loader, clock=lambda: now[0])
    assert len(catalog.all()) == 2
    (folder / "police-cash-pickup.yml").unlink()
    now[0] = 0.4
    assert len(catalog.all()) == 2
    now[0] = 0.6
    assert len(catalog.all()) == 1
