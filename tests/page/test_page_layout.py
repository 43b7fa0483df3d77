"""What matters most is in sight on every screen; whether all of it can be read: test_page_old_eyes.py."""

from __future__ import annotations

import re

import pytest
from screen import Screen

UPRIGHT, WIDE, SMALL = (1080, 1920), (1920, 1080), (1366, 768)
POLICE = "有人打电话讲是公安局个,叫我拿钞票转过去"

every_size = pytest.mark.parametrize(
    "screen", [UPRIGHT, WIDE, SMALL], ids=lambda size: f"{size[0]}x{size[1]}", indirect=True
)


@every_size
def test_each_step_of_the_switch_makes_writing_larger(screen: Screen) -> None:
    screen.ask(POLICE)
    heights = []
    for size in ("large", "larger", "largest"):
        screen.at("sizes").locator(f"[data-size={size}]").click()
        heights.append(
            screen.at("answer-text").evaluate("node => parseFloat(getComputedStyle(node).fontSize)"),
        )
    assert heights == sorted(set(heights)), heights


@every_size
@pytest.mark.parametrize("size", ["large", "largest"])
def test_an_answer_shows_verdict_and_number_without_scrolling(screen: Screen, size: str) -> None:
    screen.at("sizes").locator(f"[data-size={size}]").click()
    screen.ask(POLICE)
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
