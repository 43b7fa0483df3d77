"""Chromium before the real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from cable import Cable
from playwright.sync_api import Browser, Page, sync_playwright
from screen import Screen
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


# For a module and not for the session: while Playwright runs, no other test can have an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no Chromium on this machine (looked for {', '.join(NAMES)})"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}; in CI the page must be tested", pytrace=False)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS, headless=True)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages of a size in pixels, each with a browser profile of its own."""
    contexts = []

    def make(size: tuple[int, int] = UPRIGHT) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
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
