"""Nobody is there: tips in turn. Somebody comes near: a greeting, but not for everybody who passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from screen import Screen

PLAN: dict[str, Any] = {
    "tips": ["第一条", "第二条", "第三条"],
    "quiet": False,
    "watch": False,
    "greet_every_seconds": 120,
}


# A camera before which somebody walks to and fro.
_WALKER = """
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 160;
    canvas.height = 120;
    const brush = canvas.getContext('2d');
    let step = 0;
    setInterval(() => {
      brush.fillStyle = '#888';
      brush.fillRect(0, 0, 160, 120);
      brush.fillStyle = '#222';
      brush.fillRect((step += 17) % 120, 20, 40, 100);
    }, 100);
    return canvas.captureStream(5);
  };
"""


def _screen(new_page: Callable[..., Page], url: str, **plan: object) -> Screen:
    """A screen with this plan."""
    page = new_page()
    page.add_init_script(_WALKER)
    page.route("**/api/v1/attract", lambda route: route.fulfill(json=PLAN | plan))
    screen = Screen(page)
    screen.open(url, "page-tests-attract")
    return screen


def test_tips_are_shown_in_turn(new_page: Callable[..., Page], server_url: str) -> None:
    page = new_page()
    page.clock.install()
    page.route("**/api/v1/attract", lambda route: route.fulfill(json=PLAN))
    screen = Screen(page)
    screen.open(server_url, "page-tests-attract")
    expect(screen.at("tip")).not_to_be_empty()
    # Noted by the page: the time between two looks of a test is as long as the machine makes it.
    page.evaluate(
        """() => {
          window.shown = [];
          const note = () => {
            const tip = document.querySelector('[data-testid=tip]').textContent;
            if (shown.at(-1) !== tip) shown.push(tip);
          };
          note();
          new MutationObserver(note).observe(document.querySelector('[data-testid=card]'),
            {childList: true, subtree: true});
        }"""
    )
    page.clock.run_for(4 * 8_000)
    shown = page.evaluate("shown")
    first = PLAN["tips"].index(shown[0])
    assert len(shown) >= 5
    assert shown == [PLAN["tips"][(first + number) % 3] for number in range(len(shown))]


def test_the_server_tells_what_to_show(server_url: str) -> None:
    plan = httpx.get(f"{server_url}/api/v1/attract").json()
    assert set(plan) == set(PLAN)
    assert plan["watch"] is False
    assert plan["quiet"] == (plan["tips"] == [])


def test_in_quiet_hours_there_are_none(new_page: Callable[..., Page], server_url: str) -> None:
    screen = _screen(new_page, server_url, tips=[], quiet=True)
    expect(screen.at("start")).to_be_visible()
    expect(screen.at("tip")).to_be_hidden()


def test_whoever_comes_near_is_greeted_once(new_page: Callable[..., Page], server_url: str) -> None:
    screen = _screen(new_page, server_url, watch=True)
    sent_by_page = []
    screen.page.on("request", lambda request: sent_by_page.append(request.method))
    expect(screen.page.locator("body")).to_have_attribute("data-state", "speaking", timeout=60_000)
    expect(screen.at("face")).to_have_attribute("data-gesture", "wave")
    assert sum(message["type"] == "presence" for message in screen.sent) == 1
    assert "POST" not in sent_by_page and "PUT" not in sent_by_page, "no picture leaves the page"


def test_the_camera_stays_off_unless_staff_want_it(new_page: Callable[..., Page], server_url: str) -> None:
    page = new_page()
    page.add_init_script(
        "window.cameras = 0; const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = wish => { cameras += 1; return open(wish); };"
    )
    page.route("**/api/v1/attract", lambda route: route.fulfill(json=PLAN))
    screen = Screen(page)
    screen.open(server_url, "page-tests-attract")
    expect(screen.at("tip")).to_have_text("第一条")
    assert page.evaluate("cameras") == 0


def test_a_greeting_is_given_at_most_once_in_a_set_time(new_page: Callable[..., Page], server_url: str) -> None:
    page = new_page()
    page.goto(server_url)
    times = page.evaluate(
        """async () => {
          const {PassersBy} = await import('/static/js/passers_by.js');
          const found = [];
          let now = 1e6;
          performance.now = () => now;
          const passers = new PassersBy({free: () => true, onNear: () => found.push(now - 1e6)});
          passers.follow({watch: false, greet_every_seconds: 120});
          for (let second = 0; second <= 600; second += 1) { now = 1e6 + second * 1000; passers._near(); }
          return found;
        }"""
    )
    assert times == [0, 120_000, 240_000, 360_000, 480_000, 600_000]


def test_a_change_of_light_is_nobody(new_page: Callable[..., Page], server_url: str) -> None:
    page = new_page()
    page.goto(server_url)
    share = page.evaluate(
        """async () => {
          const {changedShare} = await import('/static/js/motion.js');
          const grey = value => new Uint8ClampedArray(32 * 24 * 4).fill(value);
          const person = grey(100);
          person.fill(200, 0, person.length / 4);
          return [changedShare(grey(100), grey(110)), changedShare(grey(100), person)];
        }"""
    )
    assert share[0] == 0
    assert share[1] == pytest.approx(0.25)
