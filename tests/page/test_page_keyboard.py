"""Writing on the glass, on every screen; with a mouse, a finger or the keys of a real keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from screen import Screen
from server_process import ServerProcess

UPRIGHT, WIDE, SMALL = (1080, 1920), (1920, 1080), (1366, 768)
every_size = pytest.mark.parametrize(
    "screen", [UPRIGHT, WIDE, SMALL], ids=lambda size: f"{size[0]}x{size[1]}", indirect=True
)


@pytest.fixture(scope="module", autouse=True)
def _dictionary(server: ServerProcess) -> None:
    server.wait_for_keyboard()


def _open(screen: Screen) -> None:
    screen.at("text-input").click()
    expect(screen.at("keyboard")).to_be_visible()


def _key(screen: Screen, *names: str) -> None:
    for name in names:
        screen.at("keyboard").locator(f"[data-key='{name}']:visible").first.click()


def _choose(screen: Screen, text: str) -> None:
    screen.at("candidate").get_by_text(text, exact=True).click()


@every_size
def test_a_question_is_written_and_sent(screen: Screen) -> None:
    _open(screen)
    _key(screen, *"youren")
    expect(screen.at("composing")).to_have_text("youren")
    _choose(screen, "有人")
    _key(screen, *"jiaowo")
    _choose(screen, "叫我")
    _key(screen, *"zhuanzhang")
    _choose(screen, "转账")
    _key(screen, "page", "5", "0", "0", "0", "元", "page", "。")
    expect(screen.at("text-input")).to_have_value("有人叫我转账5000元。")
    say = screen.click("send")
    assert say["assessment"]["verdict"] in ("scam", "caution")
    expect(screen.at("keyboard")).to_be_hidden()
    expect(screen.at("text-input")).to_have_value("")


@every_size
def test_every_key_is_large_and_can_be_seen(screen: Screen) -> None:
    _open(screen)
    scale = min(screen.page.viewport_size.values()) / 1080  # type: ignore[union-attr]
    for page in ("letters", "numbers"):
        keys = screen.at("keyboard").locator(".key:visible")
        assert keys.count() >= 30
        for key in keys.all():
            box = key.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 96 * scale - 0.5, (page, key.inner_text())
            assert screen.in_viewport(key)
        _key(screen, "page")


def test_deleting_takes_letters_first_and_then_what_was_written(screen: Screen) -> None:
    _open(screen)
    _key(screen, *"wo")
    _choose(screen, "我")
    _key(screen, *"qian", "delete")
    expect(screen.at("composing")).to_have_text("qia")
    _key(screen, "delete", "delete", "delete")
    expect(screen.at("text-input")).to_have_value("我")
    _key(screen, "delete", "delete")
    expect(screen.at("text-input")).to_have_value("")


def test_space_takes_the_first_and_the_arrow_shows_more(screen: Screen) -> None:
    _open(screen)
    _key(screen, *"shi")
    expect(screen.at("candidates")).to_have_attribute("data-kind", "candidates")
    expect(screen.at("composing")).to_have_text("shi")
    expect(screen.at("candidate").nth(1)).to_be_attached()  # more than the letters themselves
    first = screen.at("candidate").all_inner_texts()
    screen.at("candidates-more").click()
    second = screen.at("candidate").all_inner_texts()
    assert second and not set(first) & set(second)
    _key(screen, "space")
    expect(screen.at("text-input")).to_have_value(second[0])


def test_the_keys_of_a_real_keyboard_do_the_same(screen: Screen) -> None:
    screen.at("text-input").focus()
    keyboard = screen.page.keyboard
    keyboard.type("zhuanzhang")
    expect(screen.at("candidate").first).to_have_text("转账")
    keyboard.press("Space")
    expect(screen.at("text-input")).to_have_value("转账")
    keyboard.type("gaj")
    expect(screen.at("candidate").first).to_have_text("公安局")
    keyboard.press("1")
    expect(screen.at("text-input")).to_have_value("转账公安局")
    keyboard.type("abc")
    keyboard.press("Escape")
    expect(screen.at("keyboard")).to_be_visible()
    keyboard.press("Escape")
    expect(screen.at("keyboard")).to_be_hidden()
    expect(screen.at("text-input")).to_have_value("转账公安局")


def test_letters_that_are_meant_as_letters_can_be_written(screen: Screen) -> None:
    _open(screen)
    _key(screen, *"wx")
    expect(screen.at("candidate").first).to_have_text("微信")
    while not screen.at("candidate").get_by_text("wx", exact=True).count():
        screen.at("candidates-more").click()
    _choose(screen, "wx")
    expect(screen.at("text-input")).to_have_value("wx")


def test_what_was_not_chosen_is_sent_as_it_is_most_likely_meant(screen: Screen) -> None:
    _open(screen)
    _key(screen, *"xiexie")
    expect(screen.at("candidate").first).to_have_text("谢谢")
    screen.click("send")
    asked = [message["text"] for message in screen.sent if message["type"] == "text"]
    assert asked == ["谢谢"]


@every_size
def test_the_most_asked_questions_are_asked_with_one_press(screen: Screen) -> None:
    _open(screen)
    expect(screen.at("candidates")).to_have_attribute("data-kind", "questions")
    questions = screen.at("candidate")
    assert 2 <= questions.count() <= 4
    assert all(screen.in_viewport(question) for question in questions.all())
    questions.first.click()
    expect(screen.at("verdict")).to_be_visible()
    expect(screen.at("keyboard")).to_be_hidden()


def test_writing_takes_the_word_from_her(screen: Screen) -> None:
    screen.ask("有人打电话讲是公安局个,叫我拿钞票转过去")
    expect(screen.page.locator("body[data-state=speaking]")).to_be_attached()
    _open(screen)
    expect(screen.page.locator("body[data-state=speaking]")).not_to_be_attached()
    expect(screen.at("verdict")).to_be_attached()


def test_the_keyboard_leaves_room_for_no_more_than_it_may(screen: Screen) -> None:
    """Five hundred characters are the most that the server takes."""
    screen.at("text-input").fill("我" * 499)
    _open(screen)
    _key(screen, *"zhuanzhang")
    _choose(screen, "转账")
    assert len(screen.at("text-input").input_value()) == 500
    screen.at("text-input").fill("")


def test_urgency_puts_the_keyboard_away(screen: Screen) -> None:
    _open(screen)
    screen.at("text-input").fill("我刚刚已经把五万块转给他了")
    screen.click("send")
    expect(screen.at("urgent-card")).to_be_visible()
    expect(screen.at("keyboard")).to_be_hidden()
