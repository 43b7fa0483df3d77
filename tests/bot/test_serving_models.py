"""Which model serves, and the way back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.serving_models import ModelMissing, ServingModels


@pytest.fixture
def models(tmp_path: Path) -> list[Path]:
    made = []
    for number in range(4):
        path = tmp_path / f"hean-{number}.tar.gz"
        path.write_bytes(b"model")
        os.utime(path, (number + 1, number + 1))
        made.append(path)
    return made


def test_without_a_pointer_the_newest_serves(models: list[Path], tmp_path: Path) -> None:
    assert ServingModels(tmp_path).current() == models[3]


def test_the_one_before_serves_after_a_rollback_and_stays(models: list[Path], tmp_path: Path) -> None:
    serving = ServingModels(tmp_path)
    serving.serve(models[1])
    assert serving.current() == models[1]
    assert len(serving.kept()) == 3, "the last few are kept"
    serving.serve(models[3])
    assert serving.roll_back() == models[1]
    assert ServingModels(tmp_path).current() == models[1] and serving.refused(models[3])
    serving.serve(models[3])  # trained anew
    assert serving.current() == models[3] and not serving.refused(models[3])


def test_a_rollback_without_an_earlier_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        ServingModels(tmp_path).roll_back()
    (tmp_path / "only.tar.gz").write_bytes(b"model")
    with pytest.raises(ModelMissing, match="earlier"):
        ServingModels(tmp_path).roll_back()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"served": 1}', "\x00"])
def test_a_damaged_pointer_is_as_none(models: list[Path], tmp_path: Path, content: str) -> None:
    (tmp_path / "serving.json").write_text(content, encoding="utf-8")
    assert ServingModels(tmp_path).current() == models[3]


def test_a_model_that_is_gone_does_not_serve(models: list[Path], tmp_path: Path) -> None:
    serving = ServingModels(tmp_path)
    serving.serve(models[3])
    models[3].unlink()
    assert serving.current() != models[3]
