"""Speaking instead of typing: only what the resident confirms is asked. The recogniser is played, none is installed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from screen import Screen

WORDS = "有人打电话说是公安局的，叫我把钱转到安全账户"


def _hears(stream: WebSocketRoute) -> None:
    """The real stream; the server seems to have a recogniser."""
    server = stream.connect_to_server()

    def pass_on(frame: str | bytes) -> None:
        message = json.loads(frame)
        stream.send(json.dumps(message | {"hearing": True} if message["type"] == "welcome" else message))

    server.on_message(pass_on)


@pytest.fixture(params=[(1080, 1920), (1920, 1080), (1366, 768)], ids=lambda size: f"{size[0]}x{size[1]}")
def listening(new_page: Callable[..., Page], server_url: str, request: pytest.FixtureRequest) -> Screen:
    """A screen that has recorded and recognised ``WORDS``."""
    page = new_page(request.param)
    page.route_web_socket(re.compile(".*/stream"), _hears)
    heard = {"text": WORDS, "dialect": "cmn", "confidence": 0.9, "engine": "played", "latency_ms": 1}
    page.route("**/api/v1/hearing", lambda route: route.fulfill(json=heard))
    screen = Screen(page)
    screen.open(server_url, "page-tests-hearing")
    expect(screen.at("mic")).to_have_attribute("data-available", "true")
    screen.at("mic").click()
    expect(screen.at("mic")).to_have_attribute("aria-pressed", "true")
    expect(screen.page.locator("body")).to_have_attribute("data-state", "listening")
    expect(screen.at("caption")).to_contain_text(re.compile("还能说 (1[0-3]|[1-9]) 秒"))
    screen.at("mic").click()
    expect(screen.at("heard")).to_have_text(WORDS)
    return screen


def test_what_was_heard_is_asked_once_it_is_confirmed(listening: Screen) -> None:
    for needed in ("heard", "hearing-yes", "hearing-edit", "hearing-again"):
        assert listening.in_viewport(listening.at(needed)), needed
    assert not [message for message in listening.sent if message["type"] == "text"]
    listening.at("hearing-yes").click()
    expect(listening.at("verdict")).to_have_attribute("data-verdict", "scam")


def test_what_was_heard_wrongly_can_be_corrected(listening: Screen) -> None:
    listening.at("hearing-edit").click()
    expect(listening.at("text-input")).to_have_value(WORDS)
    expect(listening.at("text-input")).to_be_focused()
