"""For old eyes and hands: every state of the screen, on every screen, in all three sizes of writing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from cable import Cable
from playwright.sync_api import Page, expect
from readable import axe_violations, faults
from recogniser import hears, speak
from screen import Screen

SIZES = [(1080, 1920), (1920, 1080), (1366, 768)]


def _attract(screen: Screen) -> None:
    expect(screen.at("start")).to_be_visible()


def _greeting(screen: Screen) -> None:
    screen.at("start").click()
    expect(screen.page.locator("body")).to_have_attribute("data-state", "speaking")


def _scam(screen: Screen) -> None:
    screen.ask("有人打电话讲是公安局个,叫我拿钞票转过去")
    expect(screen.at("verdict")).to_have_attribute("data-verdict", "scam")


def _caution(screen: Screen) -> None:
    screen.ask("有人打电话说我的快递丢了要赔钱给我")
    expect(screen.at("verdict")).to_have_attribute("data-verdict", re.compile("caution|scam"))


def _clear(screen: Screen) -> None:
    screen.ask("社区卫生站打电话叫我明天去量血压，不要钱的")
    expect(screen.at("verdict")).to_have_attribute("data-verdict", "clear")


def _paid(screen: Screen) -> None:
    screen.ask("我刚刚已经把五万块转给他了")
    expect(screen.at("urgent-card")).to_be_visible()


def _drill(screen: Screen) -> None:
    screen.ask("我想做一次防骗演练")
    expect(screen.at("drill-banner")).to_be_visible()


def _debrief(screen: Screen) -> None:
    _drill(screen)
    screen.ask("你是骗子，我挂了")
    expect(screen.at("drill-debrief")).to_be_visible()


def _keyboard(screen: Screen) -> None:
    screen.at("text-input").click()
    for letter in "youren":
        screen.at("keyboard").locator(f"[data-key={letter}]").click()
    expect(screen.at("candidate").first).to_have_text("有人")


def _questions(screen: Screen) -> None:
    screen.at("text-input").click()
    expect(screen.at("candidates")).to_have_attribute("data-kind", "questions")


def _notice(screen: Screen) -> None:
    screen.at("start").click()
    screen.at("mic").click()
    expect(screen.at("notice")).to_be_visible()


def _talk(screen: Screen) -> None:
    screen.ask("你好")
    expect(screen.page.locator("body")).to_have_attribute("data-panel", "talk")


def _not_understood(screen: Screen) -> None:
    screen.ask("哔哩噗噜哗啦哗啦")


def _knowledge(screen: Screen) -> None:
    screen.ask("什么是刷单")
    expect(screen.at("answer-text")).to_contain_text("刷单")


def _paid_card(screen: Screen) -> None:
    _paid(screen)
    screen.at("urgent-close").click()
    expect(screen.at("hotline").first).to_have_text("110")


def _thinking(screen: Screen) -> None:
    screen.at("text-input").fill("什么是刷单")
    screen.page.evaluate("WebSocket.prototype.send = () => undefined")  # the question never arrives
    screen.at("send").click()
    expect(screen.page.locator("body")).to_have_attribute("data-state", "thinking")


def _sight(screen: Screen) -> None:
    screen.at("sight-open").click()
    expect(screen.at("sight")).to_be_visible()


def _offline(screen: Screen) -> None:
    expect(screen.at("kept-question")).to_have_count(4)
    screen.unplug()
    expect(screen.at("offline-card")).to_be_visible()


def _kept_knowledge(screen: Screen) -> None:
    _offline(screen)
    screen.at("kept-question").get_by_text("冒充公检法", exact=True).click()
    expect(screen.at("kept-answer")).to_contain_text("公检法")


def _kept_paid(screen: Screen) -> None:
    _offline(screen)
    screen.at("kept-question").first.click()
    expect(screen.at("kept-answer").get_by_test_id("verdict")).to_be_visible()


STATES: dict[str, Callable[[Screen], None]] = {
    "attract": _attract,
    "greeting": _greeting,
    "talk": _talk,
    "thinking": _thinking,
    "scam": _scam,
    "caution": _caution,
    "clear": _clear,
    "knowledge": _knowledge,
    "not understood": _not_understood,
    "paid": _paid,
    "paid, closed": _paid_card,
    "drill": _drill,
    "debrief": _debrief,
    "keyboard": _keyboard,
    "questions": _questions,
    "notice": _notice,
    "sight": _sight,
    "offline": _offline,
    "offline, knowledge": _kept_knowledge,
    "offline, paid": _kept_paid,
}


@pytest.fixture
def screen(new_page: Callable[..., Page], cable: Cable, request: pytest.FixtureRequest) -> Screen:
    """A kiosk of a size whose cable can be pulled."""
    screen = Screen(new_page(getattr(request, "param", SIZES[0])), unplug=cable.pull)
    screen.open(cable.url, "page-tests-eyes")
    return screen


def _check(screen: Screen) -> None:
    # A button that was pressed a moment ago is drawn a little smaller.
    expect(screen.page.locator("[data-heard]")).to_have_count(0)
    for size in ("large", "larger", "largest"):
        # The switch is out of sight in some states, and was pressed before then.
        screen.page.evaluate("size => document.querySelector(`.sizes [data-size=${size}]`).click()", size)
        assert faults(screen.page) == [], size
    assert axe_violations(screen.page) == []


@pytest.mark.parametrize("screen", SIZES, ids=lambda size: f"{size[0]}x{size[1]}", indirect=True)
@pytest.mark.parametrize("reach", STATES.values(), ids=STATES)
def test_everything_can_be_read_and_pressed(screen: Screen, reach: Callable[[Screen], None]) -> None:
    reach(screen)
    _check(screen)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_was_heard_can_be_read_and_confirmed(
    new_page: Callable[..., Page], server_url: str, size: tuple[int, int]
) -> None:
    page = new_page(size)
    words = "有人打电话说是公安局的，叫我把钱转到安全账户，还叫我不要告诉家里人"
    hears(page, words)
    screen = Screen(page)
    screen.open(server_url, "page-tests-eyes")
    speak(screen, words)
    _check(screen)


def test_small_writing_and_narrow_buttons_would_be_found(screen: Screen) -> None:
    """The check itself can fail."""
    screen.page.add_style_tag(content=".attract-title {font-size: 20px} .choice {min-height: 0; height: 50px}")
    found = faults(screen.page)
    assert any("20 px" in fault for fault in found)
    assert any("choice is 50 px" in fault for fault in found)
    screen.page.add_style_tag(content=".attract-title {color: #aaa !important}")
    assert any("color-contrast" in violation for violation in axe_violations(screen.page))
