"""A screen that runs for months: notices when something stood still, starts anew only when nobody is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from screen import Screen
from tapped_stream import TappedStream

_LOADS = "Number(sessionStorage.getItem('loads'))"
_COUNT_LOADS = "sessionStorage.setItem('loads', Number(sessionStorage.getItem('loads')) + 1);"


def _screen(new_page: Callable[..., Page], url: str) -> tuple[Screen, TappedStream]:
    """A screen whose clock can be turned, and which hears no ping but those of the test."""
    page = new_page()
    page.add_init_script(_COUNT_LOADS)
    page.clock.install()
    stream = TappedStream(page, lambda message: None if message["type"] == "ping" else message)
    screen = Screen(page)
    screen.open(url, "page-tests-always-on")
    return screen, stream


def _loads(page: Page) -> int:
    loads: int = page.evaluate(_LOADS)
    return loads


def test_a_stream_without_pings_is_made_anew(new_page: Callable[..., Page], server_url: str) -> None:
    """The socket says that it is open, but nothing comes: a cable was pulled behind a switch."""
    screen, stream = _screen(new_page, server_url)
    screen.page.clock.run_for(60_000)
    stream.say({"type": "ping"})
    screen.until(lambda: {"type": "pong"} in screen.sent)
    screen.page.clock.run_for(60_000)
    assert stream.opened == 1, "a ping was heard in between"
    screen.page.clock.run_for(32_000)
    # The page's clock runs ahead of the server: before its welcome, a question would go without the stream.
    screen.until(lambda: stream.opened > 1 and stream.welcomed)
    assert screen.ask("什么是刷单")["text"]
    assert _loads(screen.page) == 1


def test_a_lost_server_is_asked_again_ever_more_rarely(new_page: Callable[..., Page], server_url: str) -> None:
    page = new_page()
    page.goto(f"{server_url}/healthz")
    waits = page.evaluate(
        """async () => {
          const {backoff} = await import('/static/js/backoff.js');
          const between = random => [0, 1, 2, 3, 4, 5, 6, 20, 1e6].map(attempt => backoff(attempt, {random}));
          return [between(() => 0), between(() => 1)];
        }"""
    )
    soonest, latest = waits
    assert latest == [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000]
    assert soonest == [wait / 4 for wait in latest], "screens that lost one server do not come back in one moment"


def test_a_new_page_is_taken_at_once_when_nobody_is_there(new_page: Callable[..., Page], server_url: str) -> None:
    screen, stream = _screen(new_page, server_url)
    stream.say({"type": "reload"})
    screen.page.wait_for_function(f"{_LOADS} === 2")
    expect(screen.page.locator("body[data-state=attract]")).to_be_attached()


def test_a_new_page_waits_until_the_visitor_has_left(new_page: Callable[..., Page], server_url: str) -> None:
    screen, stream = _screen(new_page, server_url)
    say = screen.ask("什么是刷单")
    stream.say({"type": "reload"})
    screen.silence()
    screen.page.clock.run_for(20_000)
    expect(screen.at("answer-text")).to_have_text(say["text"])
    assert _loads(screen.page) == 1
    screen.page.clock.run_for(50_000)
    screen.page.wait_for_function(f"{_LOADS} === 2")
    expect(screen.at("start")).to_be_visible()


def test_a_screen_that_stood_still_starts_anew(new_page: Callable[..., Page], server_url: str) -> None:
    """The machine slept for an hour. Should it happen again and again, starting does not help."""
    screen, _ = _screen(new_page, server_url)
    screen.page.clock.run_for(60_000)
    assert _loads(screen.page) == 1
    screen.page.clock.fast_forward("01:00:00")
    screen.page.wait_for_function(f"{_LOADS} === 2")
    expect(screen.page.locator("body[data-state=attract]")).to_be_attached()
    screen.page.clock.fast_forward(60_000)
    screen.page.clock.run_for(20_000)
    assert _loads(screen.page) == 2


def test_a_screen_that_stood_still_does_not_throw_a_visitor_out(new_page: Callable[..., Page], server_url: str) -> None:
    screen, _ = _screen(new_page, server_url)
    screen.ask("什么是刷单")
    screen.silence()
    screen.page.clock.fast_forward(40_000)
    screen.page.clock.run_for(10_000)
    expect(screen.at("answer-text")).to_be_visible()
    assert _loads(screen.page) == 1
    screen.page.clock.run_for(70_000)
    screen.page.wait_for_function(f"{_LOADS} === 2")


@pytest.mark.parametrize(
    ("trouble", "stands_ms", "noticed"),
    [
        ("", 60_000, True),
        ("window.requestAnimationFrame = () => 0;", 0, True),
        ("window.requestAnimationFrame = () => 0; Object.defineProperty(document, 'hidden', {value: true});", 0, False),
        ("", 0, False),
    ],
    ids=["its program was busy", "it is not drawn", "it is hidden", "nothing"],
)
def test_what_is_noticed(
    new_page: Callable[..., Page], server_url: str, trouble: str, stands_ms: int, noticed: bool
) -> None:
    """By a clock that is turned by hand: on a busy machine everything stands still for a moment."""
    page = new_page()
    page.clock.install()
    page.goto(f"{server_url}/healthz")
    page.evaluate(
        f"""async () => {{
          const {{Watchdog}} = await import('/static/js/watchdog.js');
          window.times = 0;
          new Watchdog(() => {{ times += 1; }});
          {trouble}
        }}"""
    )
    page.clock.fast_forward(stands_ms)
    page.clock.run_for(120_000)
    assert page.evaluate("times") == int(noticed), "once, and not again soon after"
