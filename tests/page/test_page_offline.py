"""The screen without its server: says whom to call, and comes back by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from cable import Cable
from playwright.sync_api import Page, expect
from screen import Screen

BACK_MS = 40_000  # the page waits up to 15 s between two tries


@pytest.fixture
def wired(new_page: Callable[..., Page], cable: Cable) -> Iterator[Screen]:
    """A kiosk behind a cable. That the browser complains about a cut connection is right."""
    screen = Screen(new_page())
    screen.open(cable.url, "page-tests-offline")
    yield screen
    assert [error for error in screen.errors if error.startswith("uncaught")] == []


def test_a_cut_connection_shows_whom_to_call_and_heals(wired: Screen, cable: Cable) -> None:
    card = wired.at("offline-card")
    expect(card).to_be_hidden()
    cable.pull()
    expect(card).to_be_visible()
    for number in ("110", "96110"):
        shown = card.get_by_text(number, exact=True)
        expect(shown).to_be_visible()
        assert float(shown.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 60
    cable.plug()
    expect(card).to_be_hidden(timeout=BACK_MS)
    assert wired.ask("什么是刷单")["text"]


def test_the_retry_button_works_at_once(new_page: Callable[..., Page], cable: Cable) -> None:
    page = new_page()
    # By itself the page would wait for ever, so that it can't come back before the button is pressed.
    patient = "export const backoff = () => 2 ** 31 - 1;"
    page.route("**/js/backoff.js", lambda route: route.fulfill(body=patient, content_type="text/javascript"))
    screen = Screen(page)
    screen.open(cable.url, "page-tests-retry")
    cable.pull()
    expect(screen.at("offline-card")).to_be_visible()
    cable.plug()
    screen.at("retry").click()
    expect(screen.at("offline-card")).to_be_hidden()


def test_a_visit_goes_on_after_a_short_loss(wired: Screen, cable: Cable) -> None:
    wired.ask("我刚刚已经把五万块转给他了")
    wired.at("urgent-close").click()
    wired.silence()
    cable.pull()
    expect(wired.at("offline-card")).to_be_visible()
    cable.plug()
    expect(wired.at("offline-card")).to_be_hidden(timeout=BACK_MS)
    assert "110" in wired.ask("谢谢")["text"], "the story was lost with the connection"


def test_without_the_stream_the_page_asks_over_http(new_page: Callable[..., Page], server_url: str) -> None:
    screen = Screen(new_page())
    screen.page.route_web_socket(re.compile(".*/stream"), lambda socket: socket.close())
    screen.page.goto(f"{server_url}/?kiosk=page-tests-http")
    expect(screen.page.locator("body[data-state=attract]")).to_be_attached()
    screen.at("text-input").fill("有人打电话说是公安局的，叫我把钱转到安全账户")
    screen.at("send").click()
    expect(screen.at("verdict")).to_have_attribute("data-verdict", "scam")
    screen.page.wait_for_function("document.querySelector('[data-testid=audio]').currentTime > 0.2")


def test_markup_in_a_reply_is_shown_and_not_run(new_page: Callable[..., Page], server_url: str) -> None:
    """Should a reply ever hold markup: it is text everywhere on the page."""
    harm = "<img src=x onerror='window.harm=1'>"
    answer = {
        "session_id": "x" * 22,
        "turn_id": "t",
        "reply": {
            "text": harm, "speech": harm, "choices": [{"title": harm, "text": harm}], "gesture": "warn",
            "lines": [], "subtitles": [harm + "说"],
        },
        "dialect": {"id": "cmn", "confidence": 1},
        "intent": {"name": "tell_situation", "confidence": 1},
        "assessment": {
            "verdict": "scam", "scam_type": "police", "stage": "paid", "hotlines": ["110", harm], "advice": [harm],
            "red_flags": [{"id": "x", "label": harm, "text": harm, "start": 0, "end": 4}], "confidence": 1,
        },
        "drill": None,
        "audio": None,
    }  # fmt: skip
    screen = Screen(new_page())
    screen.page.route_web_socket(re.compile(".*/stream"), lambda socket: socket.close())
    screen.page.route("**/api/v1/chat", lambda route: route.fulfill(json=answer))
    screen.page.goto(f"{server_url}/?kiosk=page-tests-markup")
    expect(screen.page.locator("body[data-state=attract]")).to_be_attached()
    screen.at("text-input").fill("你好")
    screen.at("send").click()
    expect(screen.at("answer-text")).to_have_text(harm)
    expect(screen.choices.first).to_have_text(harm)
    expect(screen.at("urgent-card")).to_contain_text(harm)
    assert screen.page.locator(".kiosk img").count() == 0
    assert screen.page.evaluate("window.harm") is None


def _wait_until_kept(page: Page) -> None:
    """Until the service worker has all that the page needs without a server."""
    missing = page.evaluate(
        """async wanted => {
          let missing = wanted;
          for (let tries = 0; missing.length > 0 && tries < 1200; tries += 1) {
            await new Promise(done => setTimeout(done, 50));
            const kept = await (await caches.open('hean-1')).keys();
            const paths = kept.map(request => new URL(request.url).pathname);
            missing = wanted.filter(path => !paths.includes(path));
          }
          return missing;
        }""",
        [
            *("/", "/api/v1/page-texts", "/api/v1/attract", "/api/v1/kept-answers"),
            *("/static/js/kiosk.js", "/static/css/base.css", "/static/img/scene.svg"),
        ],
    )
    assert missing == []


def test_reloaded_without_a_server_the_page_still_says_whom_to_call(
    new_page: Callable[..., Page], cable: Cable
) -> None:
    """Somebody restarts the screen while the server is gone: shell, texts and numbers come from what was kept."""
    page = new_page()
    screen = Screen(page)
    screen.open(cable.url, "page-tests-worker")
    _wait_until_kept(page)
    cable.pull()
    page.reload()
    card = screen.at("offline-card")
    expect(card).to_be_visible()
    expect(card.get_by_text("110", exact=True)).to_be_visible()
    expect(page).to_have_title("禾安 · 社区反诈志愿者")
    kept = page.evaluate("caches.open('hean-1').then(c => c.keys()).then(all => all.map(r => new URL(r.url).pathname))")
    api = {path for path in kept if path.startswith("/api/")}
    assert api <= {"/api/v1/page-texts", "/api/v1/attract", "/api/v1/kept-answers"}, "something of a visit was kept"
    screen.at("kept-question").nth(2).click()
    expect(screen.at("kept-answer")).to_contain_text("冒充公检法，就是骗子")
    expect(card).to_contain_text("禾安正在修")
    cable.plug()
    expect(card).to_be_hidden(timeout=BACK_MS)
    assert screen.ask("什么是刷单")["text"]


def test_switched_on_without_a_server_the_screen_still_says_whom_to_call(
    restart: Callable[[], Page], cable: Cable
) -> None:
    """Power was cut, the browser is up before the server, or the server does not come up at all."""
    page = restart()
    Screen(page).open(cable.url, "page-tests-restart")
    _wait_until_kept(page)
    cable.pull()
    screen = Screen(restart())
    screen.page.goto(f"{cable.url}/?kiosk=page-tests-restart")
    expect(screen.at("offline-card").get_by_text("110", exact=True)).to_be_visible()
    screen.at("kept-question").get_by_text("冒充公检法", exact=True).click()
    expect(screen.at("kept-answer")).to_contain_text("冒充公检法，就是骗子")
    cable.plug()
    expect(screen.at("offline-card")).to_be_hidden(timeout=BACK_MS)
    assert screen.ask("什么是刷单")["text"]


def test_without_a_server_answers_that_were_kept_can_be_read(wired: Screen, cable: Cable) -> None:
    wired.page.wait_for_function("document.querySelector('[data-testid=kept-question]') !== null")
    cable.pull()
    card = wired.at("offline-card")
    expect(card).to_be_visible()
    titles: set[str] = set()
    while len(titles) < 16:
        shown = wired.at("kept-question").all_inner_texts()
        assert len(shown) <= 4
        assert not titles & set(shown), "every question comes round before one comes again"
        titles |= set(shown)
        wired.at("kept-more").click()
    for _ in range(5):
        if "钱已经转出去了" in wired.at("kept-question").all_inner_texts():
            break
        wired.at("kept-more").click()
    wired.at("kept-question").get_by_text("钱已经转出去了", exact=True).click()
    answer = wired.at("kept-answer")
    expect(answer.get_by_test_id("hotline").first).to_have_text("110")
    expect(answer).to_contain_text("先前记下的")
    expect(card).to_contain_text("禾安正在修")
    wired.at("kept-back").click()
    expect(wired.at("kept-question").first).to_be_visible()
    cable.plug()
    expect(card).to_be_hidden(timeout=BACK_MS)
    assert wired.ask("什么是刷单")["text"]


def test_every_answer_that_is_kept_answers(server_url: str) -> None:
    """None says that it was not understood, which nobody could put right without a server."""
    answers = httpx.get(f"{server_url}/api/v1/kept-answers", timeout=60).json()["answers"]
    assert len(answers) >= 16
    unheard = httpx.post(f"{server_url}/api/v1/chat", json={"text": "哔哩噗噜哗啦哗啦"}).json()["reply"]["text"]
    for answer in answers:
        assert answer["reply"]["text"][:6] != unheard[:6], answer["title"]
        assert answer["assessment"] or len(answer["reply"]["text"]) > 40, answer["title"]
    assert answers[0]["assessment"]["hotlines"][0] == "110"
