"""Takes the pictures of ``docs/images`` anew from the kiosk page of a running server.

Start a server (``make run``) and then run ``python docs/take_screenshots.py``. Nothing is staged: every picture
shows what the page makes of real answers. Needs Chromium and Chinese fonts (``.ci/run`` installs both).
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

IMAGES = Path(__file__).parent / "images"
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
_KEPT_WIDTH = {PORTRAIT: 720, LANDSCAPE: 1280}
_COLOURS = 256  # a drawn page needs no more, and the files stay small
_FIGURE_SETTLES_MS = 1500


def attract(page: Page) -> None:
    """Nobody is there yet."""
    page.wait_for_timeout(_FIGURE_SETTLES_MS)


def ask(page: Page, text: str) -> None:
    """Type a question and wait until its answer is on the card."""
    start = page.get_by_test_id("start")
    if start.is_visible():
        start.click()
    page.get_by_test_id("text-input").fill(text)
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("answer-text")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(_FIGURE_SETTLES_MS)


def verdict(page: Page) -> None:
    """A call from "the police", told in the Wu of Jiaxing."""
    ask(page, "有人打电话讲是公安局个，叫我拿钞票转到安全账户")
    expect(page.get_by_test_id("verdict")).to_have_attribute("data-verdict", "scam")


def paid(page: Page) -> None:
    """The money is gone."""
    page.get_by_test_id("start").click()
    page.get_by_test_id("text-input").fill("我刚刚已经把五万块转给他了")
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("urgent-card")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(_FIGURE_SETTLES_MS)


def drill(page: Page) -> None:
    """A drill that runs."""
    page.get_by_test_id("start").click()
    page.get_by_test_id("text-input").fill("我想练一练公安局来电，说有要紧事")
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("drill-banner")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(_FIGURE_SETTLES_MS)


def debrief(page: Page) -> None:
    """The same drill seen through."""
    drill(page)
    for said in ("什么卡，我怎么不知道", "我要先问问儿子", "我要先问问儿子"):
        page.get_by_test_id("text-input").fill(said)
        page.get_by_test_id("send").click()
        page.wait_for_timeout(2 * _FIGURE_SETTLES_MS)
    expect(page.get_by_test_id("drill-debrief")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(_FIGURE_SETTLES_MS)


PICTURES: dict[str, tuple[tuple[int, int], Callable[[Page], None]]] = {
    "attract": (PORTRAIT, attract),
    "verdict": (PORTRAIT, verdict),
    "paid": (PORTRAIT, paid),
    "drill": (PORTRAIT, drill),
    "debrief": (PORTRAIT, debrief),
    "landscape": (LANDSCAPE, verdict),
}


def take(browser: Browser, url: str, name: str) -> Path:
    """Take one picture in a visit of its own; returns the file."""
    size, lead = PICTURES[name]
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{url}/?kiosk=pictures")
    expect(page.get_by_test_id("start")).to_be_visible(timeout=30_000)
    lead(page)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    context.close()
    with Image.open(path) as picture:
        width = _KEPT_WIDTH[size]
        small = picture.convert("RGB").resize((width, width * size[1] // size[0]), Image.Resampling.LANCZOS)
    small.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def main() -> None:
    """Take the pictures named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(PICTURES)}; all when none is named")
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the running server")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        flags = ["--autoplay-policy=no-user-gesture-required", "--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for name in arguments.names or PICTURES:
            path = take(browser, arguments.url, name)
            print(f"{path.relative_to(Path.cwd())} {path.stat().st_size // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main()
