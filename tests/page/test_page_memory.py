"""A day before the screen in a minute or two: what it holds at the end is what it held in the morning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect
from screen import Screen
from tapped_stream import Message, TappedStream

_HOUR_MS, _PING_MS = 3_600_000, 60_000
# What Playwright's clock itself remembers of every turn of its hand.
_CLOCK_BYTES = 160
# Until then the browser itself still grows: it compiles what is used often, in steps that get smaller.
_WARM_HOURS = 12
_DAY_HOURS = 24
# One visitor an hour, each with something else on the mind.
_VISITS = (
    ("有人打电话讲是公安局个,叫我拿钞票转过去", "什么是刷单"),
    ("我刚刚已经把五万块转给他了", "谢谢"),
    ("我想做一次防骗演练", "你是骗子，我挂了"),
    ("社区卫生站打电话叫我明天去量血压，不要钱的", "哔哩噗噜哗啦哗啦"),
)


def _silently(message: Message) -> Message:
    return message | {"url": None} if "url" in message else message


class _Day:
    """A screen whose clock is turned by hand. Answers are the real server's, but silent: sound takes its own time."""

    def __init__(self, page: Page, url: str) -> None:
        self.turns = 0
        page.clock.install()
        self._stream = TappedStream(page, _silently)
        self.screen = Screen(page)
        self.screen.open(url, "page-tests-memory")
        self._page = page
        self._browser: CDPSession = page.context.new_cdp_session(page)

    def _pass(self, ms: int) -> None:
        self.turns += 1
        self._page.clock.run_for(ms)

    def wait(self, ms: int) -> None:
        """Let time pass; the server pings as it would."""
        for _ in range(ms // _PING_MS):
            self._stream.say({"type": "ping"})
            self._pass(_PING_MS)

    def visit(self, said: tuple[str, ...], *, listens: bool) -> None:
        """Somebody comes, asks, and walks away; who does not listen to the end presses stop."""
        self.screen.at("start").click()
        for text in said:
            self.screen.ask(text)
            self._pass(1_500)
            if self.screen.at("urgent-card").is_visible():
                self.screen.at("urgent-close").click()
        if not listens:
            self.screen.silence()
        self.wait(5 * _PING_MS)
        expect(self._page.locator("body[data-state=attract]")).to_be_attached()

    def hour(self, number: int) -> None:
        """A visit, and the rest of the hour nobody."""
        self.visit(_VISITS[number % len(_VISITS)], listens=number % 5 == 0)
        if number % 6 == 3:
            opened = self._stream.opened
            self._stream.cut()
            self.screen.until(lambda: self._stream.opened > opened and self._stream.welcomed)
            expect(self._page.locator("body[data-state=attract]")).to_be_attached()
        self.wait(_HOUR_MS - 6 * _PING_MS)

    def held(self) -> dict[str, Any]:
        """What the page holds after a thorough clean-up."""
        for _ in range(3):
            self._browser.send("HeapProfiler.collectGarbage")
        self._browser.send("Performance.enable")
        metrics = self._browser.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in metrics}


@pytest.fixture(scope="module")
def browser_arguments() -> list[str]:
    """Compiled programs stay where they are: thrown away and made anew, they would look like what the page holds."""
    return ["--js-flags=--no-flush-bytecode"]


@pytest.mark.timeout(900)  # a minute or two on an idle machine, several on one where everything else runs too
def test_a_day_leaves_nothing_behind(new_page: Callable[..., Page], server_url: str) -> None:
    day = _Day(new_page(), server_url)
    for number in range(_WARM_HOURS):
        day.hour(number)
    morning, turns = day.held(), day.turns
    for number in range(_WARM_HOURS, _WARM_HOURS + _DAY_HOURS):
        day.hour(number)
    night = day.held()
    grown = {name: night[name] - morning[name] for name in ("Documents", "Nodes", "JSEventListeners", "JSHeapUsedSize")}
    assert grown["Documents"] <= 0, grown
    assert grown["Nodes"] <= 100, grown
    assert grown["JSEventListeners"] <= 10, grown
    of_the_page = grown["JSHeapUsedSize"] - _CLOCK_BYTES * (day.turns - turns)
    print(f"grown {grown}, of the page {of_the_page:.0f} of {morning['JSHeapUsedSize']} bytes")
    assert of_the_page <= 0.1 * morning["JSHeapUsedSize"], grown
