"""A resident in front of the kiosk: asks, reads, hears, repeats, stops, slows down."""

from __future__ import annotations

import io
import re
import wave

import httpx
import numpy as np
import pytest
from playwright.sync_api import expect
from screen import Screen

POLICE = "有人打电话讲是公安局个,叫我拿钞票转过去"
AUDIO = "document.querySelector('[data-testid=audio]')"
# Notes every start of a sound, with how far (s) it got: on a busy machine the next one may play when a test looks.
LISTEN = f"""() => {{
  window.heard = [];
  const audio = {AUDIO};
  audio.addEventListener('playing', () => heard.push({{url: audio.getAttribute('src'), seconds: 0}}));
  audio.addEventListener('timeupdate', () => {{
    const last = heard.at(-1);
    if (last?.url === audio.getAttribute('src')) last.seconds = Math.max(last.seconds, audio.currentTime);
  }});
}}"""


def _come(screen: Screen) -> None:
    """Step up and be greeted."""
    screen.at("start").click()
    expect(screen.page.locator("body")).to_have_attribute("data-state", "speaking")


def test_she_waves_and_greets_whoever_comes(screen: Screen) -> None:
    expect(screen.at("start")).to_be_visible()
    expect(screen.choices).to_have_count(4)
    screen.note_captions()
    screen.at("start").click()
    expect(screen.at("face")).to_have_attribute("data-gesture", "wave")
    screen.expect_caption("禾安")
    expect(screen.page.locator("body")).to_have_attribute("data-state", "speaking")


def test_a_typed_question_is_answered_with_verdict_reasons_and_number(screen: Screen) -> None:
    say = screen.ask(POLICE)
    assert say["assessment"]["verdict"] == "scam"
    expect(screen.at("verdict")).to_have_attribute("data-verdict", "scam")
    expect(screen.at("verdict")).to_be_visible()
    expect(screen.at("scam-name")).to_contain_text(say["assessment"]["scam_name"])
    expect(screen.at("step")).to_contain_text(say["assessment"]["advice"][0])
    expect(screen.at("hotline").first).to_have_text(say["assessment"]["hotlines"][0])
    labels = {flag["label"] for flag in say["assessment"]["red_flags"]}
    assert labels
    assert set(screen.at("red-flag").all_inner_texts()) == labels
    assert 1 <= screen.choices.count() <= 4


def test_captions_and_mouth_follow_the_voice(screen: Screen) -> None:
    screen.page.evaluate(
        """() => {
          const face = document.querySelector('[data-testid=face]');
          window.seen = {visemes: new Set(), captions: new Set(), spoken: 0};
          new MutationObserver(() => seen.visemes.add(face.dataset.viseme)).observe(face, {attributes: true});
          const caption = document.querySelector('[data-testid=caption]');
          new MutationObserver(() => {
            seen.captions.add(caption.textContent);
            seen.spoken = Math.max(seen.spoken, caption.querySelectorAll('.spoken').length);
          }).observe(caption, {childList: true, subtree: true, attributes: true});
        }"""
    )
    say = screen.ask(POLICE)
    assert len(say["words"]) == len(say["wtimes"]) > 3
    screen.page.wait_for_function("seen.captions.size >= 2 && seen.spoken >= 5 && seen.visemes.size >= 6")
    shown = screen.page.evaluate("[...seen.captions].filter(text => !text.includes('想一想')).join('')")
    assert say["text"][:4] in shown, "the caption is what is being said"


def test_the_answer_is_heard(screen: Screen, server_url: str) -> None:
    screen.page.evaluate(LISTEN)
    say = screen.ask(POLICE)
    screen.page.wait_for_function("url => heard.some(one => one.url === url && one.seconds > 0.8)", arg=say["url"])
    assert screen.page.evaluate(f"{AUDIO}.muted") is False
    assert screen.page.evaluate(f"{AUDIO}.volume") == 1

    with wave.open(io.BytesIO(httpx.get(f"{server_url}{say['url']}", timeout=30).content)) as file:
        length_ms = 1000 * file.getnframes() / file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.int64)
    assert length_ms == pytest.approx(say["duration_ms"], rel=0.05)
    assert np.abs(samples).max() > 3000, "too soft to be heard"
    assert np.sqrt(np.mean(samples**2)) > 300, "mostly silence"
    decoded = screen.page.evaluate(
        """async url => {
          const data = await (await fetch(url)).arrayBuffer();
          const sound = await new OfflineAudioContext(1, 1, 22050).decodeAudioData(data);
          const samples = sound.getChannelData(0);
          return {seconds: sound.duration, loudest: samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0)};
        }""",
        say["url"],
    )
    assert decoded["seconds"] * 1000 == pytest.approx(say["duration_ms"], rel=0.05)
    assert decoded["loudest"] > 0.1


def test_what_was_heard_is_told_to_the_server(screen: Screen) -> None:
    say = screen.ask("停")
    screen.page.wait_for_function("document.body.dataset.state === 'idle'")
    played = [message for message in screen.sent if message["type"] == "played"]
    assert [message["turn_id"] for message in played][-1:] == [say["turn_id"]]
    assert played[-1]["ms"] == pytest.approx(say["duration_ms"], rel=0.1, abs=150)


def test_repeat_says_the_same_again_without_asking_anew(screen: Screen) -> None:
    screen.page.evaluate(LISTEN)
    say = screen.ask(POLICE)
    screen.page.wait_for_function("url => heard.some(one => one.url === url && one.seconds > 0.5)", arg=say["url"])
    asked = [message for message in screen.sent if message["type"] in ("text", "choice")]
    screen.at("repeat").click()
    screen.page.wait_for_function("url => heard.filter(one => one.url === url).length >= 2", arg=say["url"])
    expect(screen.at("answer-text")).to_have_text(say["text"])
    assert [message for message in screen.sent if message["type"] in ("text", "choice")] == asked


def test_stop_silences_her_and_leaves_what_is_to_be_read(screen: Screen) -> None:
    screen.ask(POLICE)
    screen.page.wait_for_function(f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.3")
    screen.at("stop").click()
    assert screen.page.evaluate(f"{AUDIO}.paused")
    expect(screen.at("face")).to_have_attribute("data-viseme", "sil")
    expect(screen.at("verdict")).to_be_visible()
    assert any(message["type"] == "interrupt" for message in screen.sent)


def test_stop_while_she_thinks_keeps_the_answer_from_being_spoken(screen: Screen) -> None:
    _come(screen)
    screen.silence()
    screen.at("text-input").fill(POLICE)
    # Both presses in one go, before the answer can be there.
    screen.page.evaluate(
        """() => {
          document.querySelector('[data-testid=send]').click();
          document.querySelector('[data-testid=stop]').dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));
        }"""
    )
    again = screen.ask("什么是刷单")
    assert "刷单" in again["text"]
    expect(screen.at("answer-text")).to_have_text(again["text"])


def test_slower_is_slower_now_and_from_then_on(screen: Screen) -> None:
    usual = screen.ask(POLICE)
    screen.at("slower").click()
    expect(screen.at("slower")).to_have_attribute("aria-pressed", "true")
    screen.at("repeat").click()
    screen.page.wait_for_function(f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.1")
    assert screen.page.evaluate(f"{AUDIO}.playbackRate") < 0.95

    slow = screen.ask("什么是刷单")
    asked = [message for message in screen.sent if message["type"] == "text"]
    assert asked[-1]["rate"] < asked[0].get("rate", 150)
    screen.page.wait_for_function(f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.1")
    assert screen.page.evaluate(f"{AUDIO}.playbackRate") == 1, "what was made slowly is not slowed down again"
    pace = [say["duration_ms"] / len(say["words"]) for say in (usual, slow)]
    assert pace[1] > 1.1 * pace[0]
    screen.at("slower").click()
    expect(screen.at("slower")).to_have_attribute("aria-pressed", "false")


def test_a_button_of_an_answer_goes_on_with_it(screen: Screen) -> None:
    first = screen.ask(POLICE)
    assert len(first["choices"]) == screen.choices.count() <= 4
    second = screen.press(first["choices"][0]["title"])
    assert second["turn_id"] != first["turn_id"]
    assert [message["text"] for message in screen.sent if message["type"] == "choice"] == [first["choices"][0]["text"]]


def test_there_is_something_to_press_when_an_answer_offers_nothing(screen: Screen) -> None:
    begin = screen.choices.all_inner_texts()
    say = screen.ask("哔哩噗噜哗啦哗啦")
    assert say["choices"] == []
    expect(screen.choices).to_have_text(begin)


def test_money_gone_fills_the_screen_with_110(screen: Screen) -> None:
    say = screen.ask("我刚刚已经把五万块转给他了")
    assert say["assessment"]["stage"] == "paid"
    card = screen.at("urgent-card")
    expect(card).to_be_visible()
    expect(card.locator(".urgent-number")).to_have_text("110")
    assert screen.in_viewport(card.locator(".urgent-number"))
    size = float(card.locator(".urgent-number").evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))
    assert size >= 200
    screen.at("urgent-close").click()
    expect(card).to_be_hidden()
    expect(screen.at("hotline").first).to_have_text("110")
    screen.ask("谢谢")
    expect(card).to_be_hidden()


def test_markup_is_shown_as_it_was_written(screen: Screen) -> None:
    screen.page.add_init_script("window.harm = 0")
    screen.page.evaluate("window.harm = 0")
    for text in (
        "<img src=x onerror='window.harm=1'>有人叫我转账",
        "<script>window.harm=1</script>",
        "</p><b>公安局</b>",
    ):
        screen.ask(text)
        assert screen.page.evaluate("window.harm") == 0
        assert screen.at("card").locator("img, script, b").count() == 0


def test_nothing_typed_is_told_so(screen: Screen) -> None:
    _come(screen)
    screen.at("text-input").fill("   ")
    screen.at("send").click()
    expect(screen.at("notice")).to_contain_text("还没写字")
    assert not [message for message in screen.sent if message["type"] == "text"]


def test_the_microphone_says_plainly_that_it_does_not_listen(screen: Screen) -> None:
    _come(screen)
    expect(screen.at("mic")).to_have_attribute("data-available", "false")
    screen.at("mic").click()
    expect(screen.at("notice")).to_contain_text("听不见")


def test_the_greeting_does_not_wipe_away_what_the_microphone_says(screen: Screen) -> None:
    """It is the first thing that many press."""
    screen.at("mic").click()
    expect(screen.page.locator("body")).to_have_attribute("data-state", "speaking")
    expect(screen.at("notice")).to_contain_text("听不见")


def test_the_keyboard_is_enough(screen: Screen) -> None:
    screen.at("text-input").focus()
    screen.page.keyboard.type("什么是刷单")
    screen.page.keyboard.press("Enter")
    expect(screen.at("answer-text")).to_contain_text("刷单")


def test_the_next_resident_finds_nothing_of_the_last(screen: Screen, server_url: str) -> None:
    screen.page.clock.install()
    screen.open(server_url, "page-tests-leaving")
    screen.ask("我刚刚已经把五万块转给他了")
    screen.at("urgent-close").click()
    screen.silence()
    screen.page.clock.run_for(75_000)
    expect(screen.page.locator("body")).to_have_attribute("data-state", "attract")
    expect(screen.at("answer-text")).to_have_count(0)
    expect(screen.at("verdict")).to_have_count(0)
    expect(screen.at("text-input")).to_have_value("")
    assert not screen.page.evaluate(f"{AUDIO}.hasAttribute('src')")
    told = [message for message in screen.sent if message["type"] != "pong"]
    assert told[-1] == {"type": "presence", "present": False}
    screen.at("text-input").fill("谢谢")
    screen.at("send").click()
    expect(screen.at("answer-text")).to_contain_text(re.compile("谢|客气"))
    expect(screen.at("answer-text")).not_to_contain_text("110")
