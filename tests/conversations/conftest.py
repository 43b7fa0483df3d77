"""A client of the real server."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from server.stories.always import Always, load_never_said


@pytest.fixture(scope="session")
def client(server_url: str) -> Iterator[httpx.Client]:
    # A turn takes some ten milliseconds; the limit is for a machine that is busy with something else.
    with httpx.Client(base_url=server_url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def always() -> Always:
    """What holds for every answer."""
    return Always(load_never_said())
