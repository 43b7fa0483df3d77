"""Her face: a module behind one interface, whose mouth follows the timings and whose gesture follows the reply."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from screen import Screen

from bot.identifiers import Gesture
from server.voice.visemes import VISEMES

# What every face has to offer, written down instead of shown.
_DUMMY = """
  export function createFace(container, options) {
    window.calls = [['createFace', Object.keys(options.labels).sort().join(), options.reducedMotion]];
    const note = name => value => {
      calls.push([name, value]);
      if (name === 'setGesture') container.dataset.gesture = value;
    };
    const [setGesture, setViseme, setSpeaking] = ['setGesture', 'setViseme', 'setSpeaking'].map(note);
    return {setGesture, setViseme, setSpeaking, destroy() {}};
  }
"""
_WATCH_MOUTH = """() => {
  const face = document.querySelector('[data-testid=face]');
  window.seen = [];
  new MutationObserver(() => seen.at(-1) !== face.dataset.viseme && seen.push(face.dataset.viseme))
    .observe(face, {attributes: true, attributeFilter: ['data-viseme']});
}"""


def _silence(seconds: float) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(b"\0\0" * int(16_000 * seconds))
    return file.getvalue()


def _figure(page: Page, url: str) -> None:
    """A figure without a kiosk around it, as ``window.face``."""
    page.goto(f"{url}/healthz")
    page.evaluate(
        """async () => {
          const {createFace} = await import('/static/js/face/face.js');
          const holder = document.body.appendChild(document.createElement('div'));
          window.face = createFace(holder, {labels: {}, reducedMotion: true});
          window.holder = holder;
        }"""
    )


def test_the_mouth_follows_the_timings_and_not_the_loudness(new_page: Callable[..., Page], server_url: str) -> None:
    """A recording without any sound moves it as well."""
    page = new_page()
    page.route("**/api/v1/speech/**", lambda route: route.fulfill(body=_silence(5), content_type="audio/wav"))
    screen = Screen(page)
    screen.open(server_url, "page-tests-face")
    page.evaluate(_WATCH_MOUTH)
    screen.ask("什么是刷单")
    page.wait_for_function("new Set(seen).size >= 8", timeout=60_000)  # over all sentences, on a machine that is slow
    assert set(page.evaluate("seen")) <= set(VISEMES)


def test_between_two_sounds_and_after_the_last_the_mouth_is_closed(
    new_page: Callable[..., Page], server_url: str
) -> None:
    page = new_page()
    page.goto(f"{server_url}/healthz")
    shown = page.evaluate(
        """async () => {
          const {visemeAt} = await import('/static/js/timeline.js');
          const lists = {visemes: ['aa', 'PP', 'O'], vtimes: [100, 200, 400], vdurations: [100, 50, 100]};
          return [0, 100, 199, 200, 249, 300, 400, 499, 501].map(ms => visemeAt(lists, ms));
        }"""
    )
    assert shown == ["sil", "aa", "aa", "PP", "PP", "sil", "O", "O", "sil"]


def test_every_mouth_differs_from_every_other(new_page: Callable[..., Page], server_url: str) -> None:
    page = new_page()
    _figure(page, server_url)
    drawn = page.evaluate(
        """ids => ids.map(id => {
          face.setViseme(id);
          if (holder.dataset.viseme !== id) return null;
          const place = (part, name) => Number(holder.querySelector(`[data-part=${part}]`).getAttribute(name));
          const outline = part => holder.querySelector(`[data-part=${part}]`).getAttribute('d').match(/-?[0-9.]+/g);
          return [...outline('inside').map(Number), ...outline('lips').map(Number), place('teeth-upper', 'y'),
            place('teeth-lower', 'y'), place('tongue', 'cy')];
        })""",
        list(VISEMES),
    )
    assert None not in drawn
    for (one, shape), (other, another) in combinations(zip(VISEMES, drawn, strict=True), 2):
        apart = sum(abs(a - b) for a, b in zip(shape, another, strict=True))
        assert apart > 12, f"{one} looks like {other}"


def test_every_gesture_of_a_reply_is_a_pose_of_its_own(new_page: Callable[..., Page], server_url: str) -> None:
    page = new_page()
    _figure(page, server_url)
    poses = page.evaluate(
        """names => names.map(name => {
          face.setGesture(name);
          face.setGesture('juggle'); // unknown: changes nothing
          return holder.dataset.gesture
            + [...holder.querySelectorAll('[style]')].map(node => node.style.transform).join()
            + [...holder.querySelectorAll('[data-shape]')].map(node => node.dataset.shape).join();
        })""",
        list(Gesture),
    )
    assert [pose.startswith(gesture) for pose, gesture in zip(poses, Gesture, strict=True)] == [True] * len(Gesture)
    assert len({pose.removeprefix(gesture) for pose, gesture in zip(poses, Gesture, strict=True)}) == len(Gesture)


@pytest.mark.parametrize(
    ("said", "gesture"),
    [
        ("有人打电话讲是公安局个,叫我拿钞票转过去", "warn"),
        ("什么是刷单", "explain"),
        ("我想做一次防骗演练", "roleplay"),
    ],
)
def test_the_gesture_follows_the_reply(screen: Screen, said: str, gesture: str) -> None:
    say = screen.ask(said)
    assert say["gesture"] == gesture
    expect(screen.at("face")).to_have_attribute("data-gesture", gesture)


def test_in_a_drill_she_wears_something_else(screen: Screen) -> None:
    vest = "getComputedStyle(document.querySelector('.figure .vest')).fill"
    usual = screen.page.evaluate(vest)
    costume = screen.page.locator(".figure [data-costume=role]")
    assert costume.evaluate("node => getComputedStyle(node).visibility") == "hidden"
    screen.ask("我想做一次防骗演练")
    assert costume.evaluate("node => getComputedStyle(node).visibility") == "visible"
    assert screen.page.evaluate(vest) != usual


def test_who_wants_no_motion_gets_none(browser: Browser, server_url: str) -> None:
    context = browser.new_context(reduced_motion="reduce", locale="zh-CN")
    screen = Screen(context.new_page())
    screen.open(server_url, "page-tests-still")
    screen.page.evaluate(_WATCH_MOUTH)
    screen.at("start").click()
    expect(screen.page.locator("body")).to_have_attribute("data-state", "speaking")
    moving = "document.getAnimations().map(a => a.animationName ?? a.transitionProperty)"
    assert screen.page.evaluate(moving) == []
    screen.page.wait_for_function("seen.some(viseme => viseme !== 'sil')")
    context.close()


def test_another_face_takes_her_place(new_page: Callable[..., Page], server_url: str) -> None:
    """The page knows nothing of a face but its interface."""
    page = new_page()
    page.route("**/js/face/face.js", lambda route: route.fulfill(body=_DUMMY, content_type="text/javascript"))
    screen = Screen(page)
    screen.open(server_url, "page-tests-other-face")
    say = screen.ask("有人打电话讲是公安局个,叫我拿钞票转过去")
    page.wait_for_function(
        "new Set(calls.filter(([n]) => n === 'setViseme').map(([, v]) => v)).size >= 6", timeout=60_000
    )
    screen.silence()
    calls: list[Any] = page.evaluate("calls")
    assert calls[0] == ["createFace", "badge,cause,sign,vest", False]
    values = {name: [value for called, value in calls[1:] if called == name] for name in ("setGesture", "setViseme")}
    assert say["gesture"] in values["setGesture"]
    assert {"listen", "think", "idle"} & set(values["setGesture"])
    assert set(values["setGesture"]) <= set(Gesture)
    assert set(values["setViseme"]) <= set(VISEMES)
    assert values["setViseme"][-1] == "sil"
    assert [value for name, value in calls[1:] if name == "setSpeaking"][-1] is False
    assert page.locator(".figure").count() == 0
