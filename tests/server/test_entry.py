"""GET /input/candidates on the real server."""

from __future__ import annotations

import httpx
import pytest
from server_process import ServerProcess


@pytest.fixture(scope="module", autouse=True)
def _dictionary(server: ServerProcess) -> None:
    server.wait_for_keyboard()


def _ask(url: str, **query: str) -> httpx.Response:
    return httpx.get(f"{url}/api/v1/input/candidates", params=query, timeout=30)


def test_candidates_come_with_how_much_they_stand_for(server_url: str) -> None:
    response = _ask(server_url, pinyin="zhuanzhang", most="5")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    candidates = response.json()["candidates"]
    assert candidates[0] == {"text": "转账", "typed": 10}
    assert len(candidates) <= 5


@pytest.mark.parametrize("pinyin", ["", " ", "'", "ABC", "转账", "a" * 61, "a\x00", "/intent{}", "<b>", "😀", "a\n"])
def test_what_is_no_pinyin_is_refused(server_url: str, pinyin: str) -> None:
    response = _ask(server_url, pinyin=pinyin)
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize("most", ["0", "-1", "61", "many", ""])
def test_an_impossible_number_of_candidates_is_refused(server_url: str, most: str) -> None:
    assert _ask(server_url, pinyin="wo", most=most).status_code == 422
