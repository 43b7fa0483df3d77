"""Speech recognition as a page meets it; the recogniser is played, none is installed."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from screen import Screen
from tapped_stream import Message, TappedStream


def hears(page: Page, words: str) -> None:
    """Have the server seem to hear these words, whatever is spoken on this page."""
    heard = {"text": words, "dialect": "cmn", "confidence": 0.9, "engine": "played", "latency_ms": 1}
    page.route("**/api/v1/hearing", lambda route: route.fulfill(json=heard))
    TappedStream(page, _able_to_hear)


def speak(screen: Screen, words: str) -> None:
    """Tap the microphone, speak for a second, tap again; returns once the words are there to be confirmed."""
    expect(screen.at("mic")).to_have_attribute("data-available", "true")
    screen.tap("mic")
    expect(screen.at("mic")).to_have_attribute("aria-pressed", "true")
    expect(screen.page.locator("body")).to_have_attribute("data-state", "listening")
    expect(screen.at("caption")).to_contain_text(re.compile("还能说 (1[0-3]|[1-9]) 秒"))
    screen.tap("mic")
    expect(screen.at("heard")).to_have_text(words)


def _able_to_hear(message: Message) -> Message:
    return message | {"hearing": True} if message["type"] == "welcome" else message
