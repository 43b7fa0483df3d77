"""What a test needs of the machine and may not find there."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Skip the test, saying what is missing; in CI, where nothing may go untested, fail it."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; in CI this must be tested", pytrace=False)
    pytest.skip(what)
