"""How soon the page shows that it heard a tap, in a real browser before the real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from server.bench.page import CHROMIUMS, ChromiumMissing
from server.bench.turn import hean_server

if TYPE_CHECKING:
    from playwright.sync_api import Page

_SIZE = {"width": 1080, "height": 1920}
# What the browser reports of a touch at the least; whatever is faster is counted as this.
_FASTEST_MS = 16.0
_SETTLES_MS = 900
_WATCH = f"""() => {{
  window.taps = [];
  const seen = (list) => taps.push(...list.getEntries().map(({{ name, duration }}) => ({{ name, duration }})));
  new PerformanceObserver(seen).observe({{ type: 'event', durationThreshold: {_FASTEST_MS:.0f} }});
}}"""
_TAP_EVENTS = ("pointerdown", "pointerup", "click", "submit")
_QUESTION = "什么是刷单"
_DRILL = "我想做一次防骗演练"


@dataclass(frozen=True)
class Taps:
    """One kind of tap: milliseconds from the finger to the next picture on the screen, for each try."""

    name: str
    times: tuple[float, ...]


class PlaywrightMissing(Exception):
    """What drives the browser is not installed."""


class _Screen:
    """An upright touch screen with the page on it."""

    def __init__(self, page: Page, url: str) -> None:
        self._page = page
        self._url = url

    def come(self) -> None:
        """Load the page anew: nobody is there."""
        self._page.goto(f"{self._url}/?kiosk=bench-taps")
        self._page.wait_for_selector("body[data-state=attract]")
        self._page.wait_for_selector("[data-testid=choice]")
        self._page.wait_for_timeout(_SETTLES_MS)
        self._page.evaluate(_WATCH)

    def tap(self, selector: str) -> float:
        """Tap; the slowest of the tap's events counts."""
        self._page.evaluate("taps.length = 0")
        box = self._page.locator(selector).first.bounding_box()
        assert box is not None, selector
        self._page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self._page.wait_for_timeout(_SETTLES_MS)
        seen: list[dict[str, Any]] = self._page.evaluate("taps")
        return max([_FASTEST_MS, *(float(each["duration"]) for each in seen if each["name"] in _TAP_EVENTS)])

    def answered(self) -> None:
        """Wait until an answer is being said, and stop it."""
        self._page.wait_for_selector("body[data-state=speaking]")
        self._page.locator("[data-testid=stop]").tap()
        self._page.wait_for_selector("body[data-state=idle]")
        self._page.wait_for_timeout(_SETTLES_MS)

    def write(self, text: str) -> None:
        self._page.locator("[data-testid=text-input]").fill(text)

    def ask(self, text: str) -> None:
        self.write(text)
        self._page.locator("[data-testid=send]").tap()
        self.answered()

    def drill(self) -> None:
        """Begin any drill."""
        self.ask(_DRILL)
        self._page.locator("[data-testid=choice]").first.tap()
        self._page.wait_for_selector("body[data-drill=running]")
        self.answered()


def _choice_first(screen: _Screen) -> float:
    return screen.tap("[data-testid=choice]")


def _choice_later(screen: _Screen) -> float:
    screen.ask(_QUESTION)
    return screen.tap("[data-testid=choice]")


def _send(screen: _Screen) -> float:
    screen.ask(_QUESTION)
    screen.write(_QUESTION)
    return screen.tap("[data-testid=send]")


def _question(screen: _Screen) -> float:
    screen.tap("[data-testid=text-input]")
    return screen.tap("[data-testid=candidate]")


def _microphone(screen: _Screen) -> float:
    return screen.tap("[data-testid=mic]")


def _drill_choice(screen: _Screen) -> float:
    screen.drill()
    return screen.tap("[data-testid=choice]")


_KINDS: dict[str, Callable[[_Screen], float]] = {
    "a choice, the first touch of a visit": _choice_first,
    "a choice under an answer": _choice_later,
    "send": _send,
    "a question above the keyboard": _question,
    "the microphone": _microphone,
    "a choice in a drill": _drill_choice,
}


def bench_taps(folder: Path, tries: int, echo: Callable[[str], None]) -> list[Taps]:
    """Tap each kind of button so many times, each time in a visit of its own.

    Raises:
        ChromiumMissing: no browser was found.
        PlaywrightMissing: what drives it is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise PlaywrightMissing("Playwright is not installed; `make setup` installs it for development.") from error
    browser_file = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if browser_file is None:
        raise ChromiumMissing(f"There is no Chromium on this machine (looked for {', '.join(CHROMIUMS)}).")
    folder.mkdir(parents=True, exist_ok=True)
    arguments = ["--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    arguments += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
    results = []
    with hean_server(folder) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_file, args=arguments)
        page = browser.new_context(viewport=_SIZE, has_touch=True, locale="zh-CN").new_page()  # type: ignore[arg-type]
        page.set_default_timeout(60_000)
        screen = _Screen(page, server.url)
        for name, tap in _KINDS.items():
            echo(f"Tapping {name} …")
            times = []
            for _ in range(tries):
                screen.come()
                times.append(tap(screen))
            results.append(Taps(name, tuple(times)))
        browser.close()
    return results
