"""Everything that is shown can be read and pressed by somebody of 75, on every screen and in every state."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from screen import Screen

UPRIGHT, WIDE, SMALL = (1080, 1920), (1920, 1080), (1366, 768)
SMALLEST_TEXT, SMALLEST_NUMBER, LOWEST_BUTTON = 36, 60, 96

# Every visible piece of writing that is not part of a drawing, with the size of its letters.
_WRITING = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const drawn = holder.closest('svg, script, style, .unseen');
    if (!node.textContent.trim() || drawn || !holder.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    if (range.getBoundingClientRect().width === 0) continue;
    found.push([node.textContent.trim().slice(0, 30), parseFloat(getComputedStyle(holder).fontSize)]);
  }
  return found;
}"""
_BUTTONS = """() => [...document.querySelectorAll('button, input.text')].filter(n => n.checkVisibility()).map(node => {
  const box = node.getBoundingClientRect();
  return {name: node.dataset.testid || node.className || node.textContent.trim(), height: box.height, width: box.width,
    cut: node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1};
})"""
_SIDEWAYS = """() => {
  const wide = [document.documentElement, document.body, ...document.querySelectorAll('.kiosk *')]
    .filter(node => !node.closest('svg, .stage, .unseen') && node.checkVisibility())
    .filter(node => node.getBoundingClientRect().right > innerWidth + 1 || node.getBoundingClientRect().left < -1);
  const scrolling = document.scrollingElement.scrollWidth > innerWidth;
  const card = document.querySelector('[data-testid=card]');
  return [...(scrolling ? ['the page scrolls sideways'] : []),
    ...(card.scrollWidth > card.clientWidth + 1 ? ['the card scrolls sideways'] : []),
    ...wide.map(node => `${node.tagName} ${node.className}`)];
}"""


def _nobody(screen: Screen) -> None:
    expect(screen.at("start")).to_be_visible()


def _come(screen: Screen) -> None:
    screen.at("start").click()
    expect(screen.page.locator("body")).not_to_have_attribute("data-state", "attract")


def _scam(screen: Screen) -> None:
    screen.ask("有人打电话讲是公安局个,叫我拿钞票转过去")
    expect(screen.at("verdict")).to_be_visible()


def _clear(screen: Screen) -> None:
    screen.ask("社区卫生站打电话叫我明天去量血压，不要钱的")


def _help(screen: Screen) -> None:
    screen.ask("哔哩噗噜哗啦哗啦")


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


STATES: dict[str, Callable[[Screen], None]] = {
    "nobody": _nobody,
    "somebody": _come,
    "scam": _scam,
    "clear": _clear,
    "not understood": _help,
    "paid": _paid,
    "drill": _drill,
    "debrief": _debrief,
}
every_state = pytest.mark.parametrize("reach", STATES.values(), ids=STATES)
every_size = pytest.mark.parametrize(
    "screen", [UPRIGHT, WIDE, SMALL], ids=lambda size: f"{size[0]}x{size[1]}", indirect=True
)


@every_size
@every_state
def test_the_screen_fits_and_the_numbers_are_always_there(screen: Screen, reach: Callable[[Screen], None]) -> None:
    reach(screen)
    assert screen.page.evaluate(_SIDEWAYS) == []
    for number in ("110", "96110"):
        shown = screen.at("bar").get_by_text(number, exact=True)
        expect(shown).to_be_visible()
        assert screen.in_viewport(shown), f"{number} is covered or outside"
    assert screen.choices.count() <= 4
    cut = [button["name"] for button in screen.page.evaluate(_BUTTONS) if button["cut"]]
    assert cut == [], "writing does not fit its button"


@every_state
def test_writing_is_large_and_buttons_are_high(screen: Screen, reach: Callable[[Screen], None]) -> None:
    reach(screen)
    small = [entry for entry in screen.page.evaluate(_WRITING) if entry[1] < SMALLEST_TEXT]
    assert small == []
    low = [b for b in screen.page.evaluate(_BUTTONS) if min(b["height"], b["width"]) < LOWEST_BUTTON - 0.5]
    assert low == []
    numbers = screen.page.locator("[data-testid=hotline], [data-testid=bar] strong")
    sizes = numbers.evaluate_all("nodes => nodes.map(node => parseFloat(getComputedStyle(node).fontSize))")
    assert sizes
    assert min(sizes) >= SMALLEST_NUMBER


@every_size
@pytest.mark.parametrize("size", ["larger", "largest"])
def test_larger_writing_still_fits(screen: Screen, size: str) -> None:
    usual = screen.page.evaluate(_WRITING)
    screen.at("sizes").locator(f"[data-size={size}]").click()
    _scam(screen)
    assert screen.page.evaluate(_SIDEWAYS) == []
    for number in ("110", "96110"):
        assert screen.in_viewport(screen.at("bar").get_by_text(number, exact=True))
    larger = float(screen.at("answer-text").evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))
    assert larger > min(height for _, height in usual)
    cut = [button["name"] for button in screen.page.evaluate(_BUTTONS) if button["cut"]]
    assert cut == [], "writing does not fit its button"


@every_size
@pytest.mark.parametrize("size", ["large", "largest"])
def test_an_answer_shows_verdict_and_number_without_scrolling(screen: Screen, size: str) -> None:
    screen.at("sizes").locator(f"[data-size={size}]").click()
    _scam(screen)
    assert screen.at("hotline").count() == 2
    for number in screen.at("hotline").all():
        assert screen.in_viewport(number)
    for needed in ("verdict", "scam-name", "step", "repeat", "stop"):
        assert screen.in_viewport(screen.at(needed)), needed


@every_size
@pytest.mark.parametrize("size", ["large", "largest"])
def test_captions_break_at_pauses_and_leave_her_face_free(screen: Screen, size: str) -> None:
    screen.page.evaluate(
        """() => {
          window.seen = {texts: new Set(), lines: 0};
          const caption = document.querySelector('[data-testid=caption]');
          new MutationObserver(() => {
            if (document.body.dataset.state !== 'speaking') return;
            seen.texts.add(caption.textContent);
            const style = getComputedStyle(caption);
            const height = caption.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
            seen.lines = Math.max(seen.lines, Math.round(height / parseFloat(style.lineHeight)));
          }).observe(caption, {childList: true});
        }"""
    )
    screen.at("sizes").locator(f"[data-size={size}]").click()
    say = screen.ask("我刚刚已经把五万块转给他了")
    screen.at("urgent-close").click()
    last = say["text"][-5:]
    screen.page.wait_for_function("last => [...seen.texts].some(text => text.endsWith(last))", arg=last, timeout=60_000)
    texts = screen.page.evaluate("[...seen.texts].filter(text => !text.includes('禾安'))")
    assert "".join(texts).endswith(say["text"].replace("\n", ""))
    assert [text for text in texts if not re.search(r"[，。、！？：；,:!?;]\s*$", text)] == []
    assert screen.page.evaluate("seen.lines") <= 2
