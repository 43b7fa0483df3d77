"""Silence at once, a sign that a press was heard at once, and a warning that breaks into everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from screen import Screen
from tapped_stream import TappedStream

POLICE = "有人打电话讲是公安局个,叫我拿钞票转过去"
AUDIO = "document.querySelector('[data-testid=audio]')"
WARNING = "今天有人冒充社区上门收钱。不要开门，不要给钱。"


# Whether nothing sounds any more once the page is done with an event: the window hears of it last.
_SILENT_AFTER = f"""kind => {{
  window.silent = null;
  window.addEventListener(kind, () => {{ silent ??= {AUDIO}.paused; }});
}}"""
Warn = Callable[..., None]


@pytest.fixture
def staffed(new_page: Callable[..., Page], server_url: str) -> Iterator[tuple[Screen, Warn]]:
    """A screen, and how staff warn on it: for a minute, unless fields of the message say otherwise."""
    page = new_page()
    stream = TappedStream(page)
    screen = Screen(page)
    screen.open(server_url, "page-tests-warning")

    def warn(**fields: Any) -> None:
        empty = {"choices": [], "lines": [], "subtitles": [], "gesture": "explain", "url": None, "duration_ms": 60_000}
        stream.say({"type": "broadcast", "text": WARNING, "speech": WARNING, "urgent": True, **empty, **fields})

    yield screen, warn
    assert screen.errors == []


def test_an_urgent_warning_breaks_into_a_visit_and_shows_110(staffed: tuple[Screen, Warn]) -> None:
    screen, warn = staffed
    screen.ask(POLICE)
    screen.page.wait_for_function(f"!{AUDIO}.paused")
    warn()
    card = screen.at("urgent-card")
    expect(card).to_contain_text(WARNING)
    expect(card.locator(".urgent-number")).to_have_text("110")
    assert screen.in_viewport(card.locator(".urgent-number"))
    assert screen.page.evaluate(f"{AUDIO}.paused"), "what was being said has stopped"
    expect(screen.at("face")).to_have_attribute("data-gesture", "warn")
    screen.at("urgent-close").click()
    expect(card).to_be_hidden()
    expect(screen.at("verdict")).to_be_visible()


def test_an_urgent_warning_is_shown_to_nobody_too_and_again(staffed: tuple[Screen, Warn]) -> None:
    screen, warn = staffed
    for _ in range(2):
        warn()
        expect(screen.at("urgent-card")).to_be_visible()
        screen.at("urgent-close").click()
        expect(screen.at("urgent-card")).to_be_hidden()


def test_another_notice_leaves_a_visit_alone(staffed: tuple[Screen, Warn]) -> None:
    screen, warn = staffed
    say = screen.ask(POLICE)
    warn(urgent=False)
    warn(urgent=False)
    expect(screen.at("answer-text")).to_have_text(say["text"])
    expect(screen.at("urgent-card")).to_be_hidden()


@pytest.mark.parametrize("where", ["stop", "stage"])
def test_a_touch_silences_in_that_moment(screen: Screen, where: str) -> None:
    """Not a moment later: what the page does on a touch is done when its event is over."""
    screen.ask(POLICE)
    screen.page.wait_for_function(f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.2")
    screen.page.evaluate(_SILENT_AFTER, "pointerdown")
    screen.at(where).click(position={"x": 40, "y": 40})
    assert screen.page.evaluate("silent") is True
    expect(screen.page.locator("body[data-state=speaking]")).not_to_be_attached()
    assert any(message["type"] == "interrupt" for message in screen.sent)


def test_the_stop_word_silences_in_the_moment_in_which_it_is_sent(screen: Screen) -> None:
    screen.ask(POLICE)
    screen.page.wait_for_function(f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.2")
    screen.page.evaluate(_SILENT_AFTER, "submit")
    screen.at("text-input").fill("停")
    screen.at("send").click()
    assert screen.page.evaluate("silent") is True


@pytest.mark.parametrize("target", ["[data-testid=choice]", "[data-testid=start]", "[data-testid=send]"])
def test_the_page_shows_that_a_press_was_heard(screen: Screen, target: str) -> None:
    screen.at("text-input").fill("什么是刷单")
    screen.page.evaluate(
        """() => {
          window.heard = {};
          document.addEventListener('pointerdown', () => {
            heard.press ??= performance.now();
          }, {capture: true});
          const seen = () => { requestAnimationFrame(() => { heard.shown ??= performance.now(); }); };
          const watched = {attributes: true, attributeFilter: ["data-state", "data-panel"]};
          new MutationObserver(seen).observe(document.body, watched);
        }"""
    )
    screen.page.locator(target).first.click()
    screen.page.wait_for_function("heard.shown !== undefined")
    assert screen.page.evaluate("heard.shown >= heard.press")  # how soon is measured, not tested: machines differ


@pytest.mark.parametrize("kind", ["choice", "send", "question"])
def test_a_button_looks_pressed_before_anything_is_sent(screen: Screen, kind: str) -> None:
    screen.page.evaluate(
        """() => {
          window.order = [];
          // After the page's own, which marks the button.
          document.addEventListener('pointerdown', ({target}) => {
            if (target.closest('button')?.dataset.heard === '') order.push('marked');
          });
          const send = WebSocket.prototype.send;
          WebSocket.prototype.send = function (text) {
            if (['text', 'choice'].includes(JSON.parse(text).type)) order.push('sent');
            send.call(this, text);
          };
        }"""
    )
    if kind == "send":
        screen.at("text-input").fill("什么是刷单")
    if kind == "question":
        screen.at("text-input").click()
        screen.page.evaluate("order.length = 0")
    screen.at({"choice": "choice", "send": "send", "question": "candidate"}[kind]).first.click()
    screen.page.wait_for_function("order.includes('sent')")
    assert screen.page.evaluate("order") == ["marked", "sent"]
