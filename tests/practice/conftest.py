"""Cards in a fresh file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from server.practice.store import CardStore
from server.practice.tries import Tries

TODAY = date(2026, 11, 26)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "records.db"


@pytest.fixture
def key(path: Path) -> Path:
    return path.with_name("practice.key")


@pytest.fixture
def store(path: Path, key: Path) -> Callable[..., CardStore]:
    """Makes a store; the same file each time, as another process would see it."""

    def make(today: date = TODAY, unknown: int = 20, made: int = 1000) -> CardStore:
        return CardStore(path, key, unknown=Tries(unknown), made=Tries(made), busy_timeout_ms=50, today=lambda: today)

    return make
