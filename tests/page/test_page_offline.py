"""The screen without its server: says whom to call, and comes back by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from cable import Cable
from playwright.sync_api import Page, expect
from screen import Screen

BACK_MS = 40_000  # the page waits up to 15 s between two tries


@pytest.fixture
def wired(new_page: Callable[..., Page], cable: Cable) -> Iterator[Screen]:
    """A kiosk behind a cable. That the browser complains about a cut connection is right."""
    screen = Screen(new_page())
    screen.open(cable.url, "page-tests-offline")
    yield screen
    assert [error for error in screen.errors if error.startswith("uncaught")] == []


def test_a_cut_connection_shows_whom_to_call_and_heals(wired: Screen, cable: Cable) -> None:
    card = wired.at("offline-card")
    expect(card).to_be_hidden()
    cable.pull()
    expect(card).to_be_visible()
    for number in ("110", "96110"):
        shown = card.get_by_text(number, exact=True)
        expect(shown).to_be_visible()
        assert float(shown.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 60
    cable.plug()
    expect(card).to_be_hidden(timeout=BACK_MS)
    assert wired.ask("什么是刷单")["text"]


def test_the_retry_button_works_at_once(wired: Screen, cable: Cable) -> None:
    cable.pull()
    expect(wired.at("offline-card")).to_be_visible()
    cable.plug()
    wired.at("retry").click()
    expect(wired.at("offline-card")).to_be_hidden()


def test_a_visit_goes_on_after_a_short_loss(wired: Screen, cable: Cable) -> None:
    wired.ask("我刚刚已经把五万块转给他了")
    wired.at("urgent-close").click()
    wired.silence()
    cable.pull()
    expect(wired.at("offline-card")).to_be_visible()
    cable.plug()
    expect(wired.at("offline-card")).to_be_hidden(timeout=BACK_MS)
    assert "110" in wired.ask("谢谢")["text"], "the story was lost with the connection"


def test_without_the_stream_the_page_asks_over_http(new_page: Callable[..., Page], server_url: str) -> None:
    screen = Screen(new_page())
    screen.page.route_web_socket(re.compile(".*/stream"), lambda socket: socket.close())
    screen.page.goto(f"{server_url}/?kiosk=page-tests-http")
    expect(screen.page.locator("body[data-state=attract]")).to_be_attached()
    screen.at("text-input").fill("有人打电话说是公安局的，叫我把钱转到安全账户")
    screen.at("send").click()
    expect(screen.at("verdict")).to_have_attribute("data-verdict", "scam")
    screen.page.wait_for_function("document.querySelector('[data-testid=audio]').currentTime > 0.2")


def test_markup_in_a_reply_is_shown_and_not_run(new_page: Callable[..., Page], server_url: str) -> None:
    """Should a reply ever hold markup: it is text everywhere on the page."""
    harm = "<img src=x onerror='window.harm=1'>"
    answer = {
        "session_id": "x" * 22,
        "turn_id": "t",
        "reply": {
            "text": harm, "speech": harm, "choices": [{"title": harm, "text": harm}], "gesture": "warn",
            "lines": [], "subtitles": [harm + "说"],
        },
        "dialect": {"id": "cmn", "confidence": 1},
        "intent": {"name": "tell_situation", "confidence": 1},
        "assessment": {
            "verdict": "scam", "scam_type": "police", "stage": "paid", "hotlines": ["110", harm], "advice": [harm],
            "red_flags": [{"id": "x", "label": harm, "text": harm, "start": 0, "end": 4}], "confidence": 1,
        },
        "drill": None,
        "audio": None,
    }  # fmt: skip
    screen = Screen(new_page())
    screen.page.route_web_socket(re.compile(".*/stream"), lambda socket: socket.close())
    screen.page.route("**/api/v1/chat", lambda route: route.fulfill(json=answer))
    screen.page.goto(f"{server_url}/?kiosk=page-tests-markup")
    expect(screen.page.locator("body[data-state=attract]")).to_be_attached()
    screen.at("text-input").fill("你好")
    screen.at("send").click()
    expect(screen.at("answer-text")).to_have_text(harm)
    expect(screen.choices.first).to_have_text(harm)
    expect(screen.at("urgent-card")).to_contain_text(harm)
    assert screen.page.locator(".kiosk img").count() == 0
    assert screen.page.evaluate("window.harm") is None
