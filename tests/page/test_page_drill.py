"""A drill on the screen: marked from its first line to its debrief, and left at once when it has to be."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from screen import Say, Screen

MOST_TURNS = 30
START = "我想做一次防骗演练"


def _marked(screen: Screen, say: Say) -> None:
    """Nobody can take for real what is on the screen now."""
    banner = screen.at("drill-banner")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("这是演练，不是真的")
    expect(screen.at("drill-title")).to_have_text(say["drill"]["title"])
    assert screen.in_viewport(banner)
    expect(screen.page.locator("body")).to_have_attribute("data-drill", "running")
    expect(screen.page.locator(".drill-frame")).to_be_visible()
    played = [line["text"] for line in say["lines"] if line["speaker"] == "role"]
    assert all("演练" in line for line in played)
    expect(screen.at("verdict")).to_have_count(0)


def _debriefed(screen: Screen, say: Say) -> None:
    expect(screen.at("drill-banner")).to_be_hidden()
    debrief = screen.at("drill-debrief")
    expect(debrief).to_be_visible()
    expect(debrief).to_have_attribute("data-outcome", say["drill"]["outcome"])
    expect(screen.at("drill-score")).to_have_text(str(say["drill"]["score"]))
    for item in say["drill"]["debrief"]:
        expect(debrief).to_contain_text(item["clue"])
        expect(debrief).to_contain_text(item["advice"])
    expect(screen.page.locator(".drill-frame")).to_be_hidden()


def test_a_drill_is_played_with_the_buttons_to_its_debrief(screen: Screen) -> None:
    menu = screen.press("练一练 防骗演练")
    expect(screen.choices.get_by_text("我有练习卡", exact=True)).to_be_visible()
    say = screen.press(0)
    assert say["drill"]["title"] == menu["choices"][0]["title"]
    turns = 0
    while say["drill"]["status"] == "running":
        _marked(screen, say)
        assert 2 <= screen.choices.count() <= 4
        turns += 1
        assert turns < MOST_TURNS, "the drill does not end"
        say = screen.press(0)
    assert turns >= 1
    _debriefed(screen, say)
    assert say["drill"]["debrief"]
    again = screen.press("再练一个")
    assert again["drill"]["run_id"] != say["drill"]["run_id"]
    _marked(screen, again)


def test_a_drill_is_played_by_typing_to_its_debrief(screen: Screen) -> None:
    say = screen.ask(START)
    _marked(screen, say)
    expect(screen.at("drill-line").filter(has_text="演练").first).to_be_visible()
    say = screen.ask("你是哪里的")
    while say["drill"]["status"] == "running":
        _marked(screen, say)
        say = screen.ask("你是骗子，我挂了")
    assert say["drill"]["outcome"] == "reported"
    _debriefed(screen, say)


def test_the_one_who_is_played_has_another_voice_and_another_caption(screen: Screen) -> None:
    say = screen.ask(START)
    assert {line["speaker"] for line in say["lines"]} == {"hean", "role"}
    screen.page.wait_for_function(
        "document.querySelector('[data-testid=caption]').dataset.speaker === 'role'", timeout=60_000
    )
    expect(screen.at("caption")).to_contain_text("禾安扮演的人")
    played = "".join(line["speech"] for line in say["lines"] if line["speaker"] == "role")
    words = screen.at("caption").locator(".clause").all_inner_texts()
    assert "".join(words) in played, "nothing of what she says herself"


def test_the_stop_button_of_the_banner_leaves_the_drill(screen: Screen) -> None:
    screen.ask(START)
    say = screen.click("drill-stop")
    assert (say["drill"]["status"], say["drill"]["outcome"]) == ("quit", "quit")
    expect(screen.at("drill-banner")).to_be_hidden()
    expect(screen.page.locator(".drill-frame")).to_be_hidden()


def test_a_real_emergency_breaks_out_and_shows_110(screen: Screen) -> None:
    screen.ask(START)
    say = screen.ask("不是演练，我昨天真的被骗了三万块，已经转给他了")
    assert say["assessment"]["hotlines"][0] == "110"
    expect(screen.at("urgent-card")).to_be_visible()
    expect(screen.at("drill-banner")).to_be_hidden()
    expect(screen.page.locator(".drill-frame")).to_be_hidden()


def test_a_card_is_shown_large_and_leads_to_its_plan(screen: Screen) -> None:
    screen.press("练一练 防骗演练")
    screen.press("我有练习卡")
    say = screen.press("要一张练习卡")
    number = screen.page.locator(".card-number")
    expect(number).to_have_count(1)
    expect(number).to_have_text(re.compile(r"^\d{3} \d{3} \d{3}\s*$"))
    assert screen.in_viewport(number)
    sizes = "node => [node, node.parentElement].map(each => parseFloat(getComputedStyle(each).fontSize))"
    large, usual = number.evaluate(sizes)
    assert large > 1.5 * usual
    assert number.evaluate("node => node.getClientRects().length") <= 2, "in one line"
    said = number.inner_text().strip()
    assert screen.ask(f"我的练习卡是{said}")["choices"] == say["choices"][1:]
    screen.press(0)
    expect(screen.at("drill-banner")).to_be_visible()
