"""Takes the pictures of ``docs/images`` anew from the kiosk page of a running server.

Start a server (``make run``) and then run ``python docs/take_screenshots.py``. Nothing is staged: every picture
shows what the page makes of real answers. Needs Chromium and Chinese fonts (``.ci/run`` installs both).
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.identifiers import Gesture
from server.voice.visemes import VISEMES

IMAGES = Path(__file__).parent / "images"
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
SHEET = (1280, 720)
_KEPT_WIDTH = {PORTRAIT: 720, LANDSCAPE: 1280, SHEET: 1280}
_COLOURS = 256  # a drawn page needs no more, and the files stay small
_FIGURE_SETTLES_MS = 1500
_FACES = """<!doctype html><link rel="stylesheet" href="/static/css/face.css"><style>
  * { box-sizing: border-box; }
  body { margin: 0; display: grid; grid-template-columns: 720px 560px; font: 22px "Noto Sans CJK SC", sans-serif; }
  .gestures, .mouths { display: grid; grid-template-columns: repeat(3, 1fr); }
  .gestures > div, .mouths > div { position: relative; overflow: hidden; background: #cfe3e3; border: 1px solid #fff; }
  .gestures > div { height: 240px; background: url(/static/img/scene.svg) 50% 70% / cover; }
  .mouths > div { height: 144px; }
  .gestures .face { height: 300px; }
  .mouths .face { position: absolute; width: 760px; height: 870px; left: -287px; top: -225px; }
  b { position: absolute; left: 4px; bottom: 2px; padding: 0 8px; background: #ffffffcc; border-radius: 8px; }
</style><main class="gestures"></main><aside class="mouths"></aside>"""


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


def offline(page: Page) -> None:
    """The server is gone, and what was kept can still be read."""
    expect(page.get_by_test_id("kept-question")).to_have_count(4, timeout=30_000)
    page.route("**/healthz", lambda route: route.abort())
    page.route_web_socket(re.compile(".*/stream"), lambda socket: socket.close())
    page.reload()
    expect(page.get_by_test_id("offline-card")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("kept-question")).to_have_count(4, timeout=30_000)


def preview(page: Page) -> None:
    """A drill that staff try out before they publish it, on a screen of its own."""
    scenario = {"scenario_id": "police-cash-pickup"}
    tried = page.request.post(f"{_origin(page)}/api/v1/previews", data=scenario)
    page.goto(f"{_origin(page)}{tried.json()['path']}")
    page.get_by_test_id("start").click()
    expect(page.get_by_test_id("drill-banner")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(2 * _FIGURE_SETTLES_MS)


def faces(page: Page) -> None:
    """Her nine gestures and fifteen mouths side by side."""
    page.goto(f"{_origin(page)}/healthz")
    page.set_content(_FACES)
    page.evaluate(
        """async ([gestures, mouths]) => {
          const texts = await (await fetch('/api/v1/page-texts')).json();
          const labels = Object.fromEntries(Object.entries(texts).filter(([key]) => key.startsWith('figure.'))
            .map(([key, text]) => [key.slice('figure.'.length), text]));
          const {createFace} = await import('/static/js/face/face.js');
          const add = (list, name) => {
            const place = document.querySelector(list).appendChild(document.createElement('div'));
            const holder = place.appendChild(document.createElement('div'));
            holder.className = 'face';
            place.appendChild(document.createElement('b')).textContent = name;
            return createFace(holder, {labels, reducedMotion: true});
          };
          gestures.forEach(name => add('.gestures', name).setGesture(name));
          mouths.forEach(name => add('.mouths', name).setViseme(name));
        }""",
        [list(Gesture), list(VISEMES)],
    )
    page.wait_for_timeout(_FIGURE_SETTLES_MS)


def _origin(page: Page) -> str:
    return page.url.split("/?")[0].removesuffix("/healthz")


PICTURES: dict[str, tuple[tuple[int, int], Callable[[Page], None]]] = {
    "attract": (PORTRAIT, attract),
    "verdict": (PORTRAIT, verdict),
    "paid": (PORTRAIT, paid),
    "drill": (PORTRAIT, drill),
    "debrief": (PORTRAIT, debrief),
    "landscape": (LANDSCAPE, verdict),
    "offline": (PORTRAIT, offline),
    "preview": (PORTRAIT, preview),
    "faces": (SHEET, faces),
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
