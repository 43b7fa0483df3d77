"""Chromium before the real server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cable import Cable
from machine import lacking
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from screen import PATIENCE_MS, Screen
from server_process import ServerProcess

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
UPRIGHT = (1080, 1920)
_ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser_arguments() -> list[str]:
    """What else the browser is started with; a module of tests may have its own."""
    return []


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        lacking(f"no Chromium on this machine (looked for {', '.join(NAMES)})")
    return found


# For a module and not for the session: while Playwright runs, no other test can have an event loop of its own.
@pytest.fixture(scope="module")
def browser(chromium: str, browser_arguments: list[str]) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*_ARGUMENTS, *browser_arguments], headless=True
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages of a size in pixels, each with a browser profile of its own."""
    contexts = []

    def make(size: tuple[int, int] = UPRIGHT) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def restart(browser: Browser, chromium: str, tmp_path: Path) -> Iterator[Callable[[], Page]]:
    """Starts a browser of its own, again and again with the same profile, as a screen does that is switched on."""
    running: list[BrowserContext] = []

    def make() -> Page:
        while running:
            running.pop().close()
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium,
            args=_ARGUMENTS,
            headless=True,
            viewport={"width": UPRIGHT[0], "height": UPRIGHT[1]},
            locale="zh-CN",
        )
        context.set_default_timeout(PATIENCE_MS)
        running.append(context)
        return context.pages[0]

    yield make
    for context in running:
        context.close()


@pytest.fixture
def screen(new_page: Callable[..., Page], server_url: str, request: pytest.FixtureRequest) -> Iterator[Screen]:
    """An upright kiosk in front of which nobody stands yet. The browser must not complain about anything."""
    screen = Screen(new_page(getattr(request, "param", UPRIGHT)))
    screen.open(server_url, "page-tests")
    yield screen
    assert screen.errors == []


@pytest.fixture
def cable(server: ServerProcess) -> Iterator[Cable]:
    """A way to the server that can be cut."""
    cable = Cable(server.port)
    yield cable
    cable.pull()
