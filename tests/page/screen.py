"""A kiosk's screen in a real browser, as a resident uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, WebSocket, expect

Say = dict[str, Any]
_ANSWER_MS = 15_000


class Screen:
    """One page with its stream. ``errors`` are what the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.sent: list[dict[str, Any]] = []
        self._stream: WebSocket | None = None
        page.on("console", self._complained)
        page.on("pageerror", self._failed)
        page.on("websocket", self._connected)

    def open(self, url: str, kiosk: str) -> None:
        """Open the page and wait until it is connected and waits for somebody."""
        self.page.goto(f"{url}/?kiosk={kiosk}")
        expect(self.page.locator("body[data-state=attract]")).to_be_attached()
        expect(self.choices).not_to_have_count(0)

    def at(self, testid: str) -> Locator:
        """The element with this ``data-testid``."""
        return self.page.get_by_test_id(testid)

    @property
    def choices(self) -> Locator:
        return self.at("choice")

    def ask(self, text: str) -> Say:
        """Type a question and send it; returns the answer once it is shown."""
        self.at("text-input").fill(text)
        return self._answered(self.at("send").click)

    def press(self, choice: str | int) -> Say:
        """Press one of the large buttons, by title or by number from 0."""
        button = self.choices.nth(choice) if isinstance(choice, int) else self.choices.get_by_text(choice, exact=True)
        return self._answered(button.click)

    def click(self, testid: str) -> Say:
        """Press something else that asks the server; returns the answer once it is shown."""
        return self._answered(self.at(testid).click)

    def _answered(self, act: Callable[[], None]) -> Say:
        assert self._stream is not None, "the page has no stream"
        with self._stream.expect_event("framereceived", _is_answer, timeout=_ANSWER_MS) as received:
            act()
        say: Say = json.loads(received.value)
        expect(self.at("answer-text")).to_have_text(say["text"])
        return say

    def silence(self) -> None:
        """Have her stop, as far as she speaks."""
        self.at("stop").click()
        expect(self.page.locator("body[data-state=speaking]")).not_to_be_attached()

    def in_viewport(self, locator: Locator) -> bool:
        """Whether all of it can be seen: within the window and covered by nothing."""
        return bool(
            locator.evaluate(
                """node => {
                  const box = node.getBoundingClientRect();
                  if (box.width === 0 || box.left < -1 || box.top < -1) return false;
                  if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) return false;
                  return [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]].every(([across, down]) => {
                    const top = document.elementFromPoint(box.left + across * box.width, box.top + down * box.height);
                    return top !== null && (node.contains(top) || top.contains(node));
                  });
                }"""
            )
        )

    def _connected(self, stream: WebSocket) -> None:
        self._stream = stream
        stream.on("framesent", lambda frame: self.sent.append(json.loads(frame)))

    def _complained(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"console {message.type}: {message.text} {message.location.get('url', '')}")

    def _failed(self, error: Error) -> None:
        self.errors.append(f"uncaught: {error}")


def _is_answer(frame: str | bytes) -> bool:
    """An answer to a turn; a greeting has no intent."""
    message = json.loads(frame)
    return bool(message["type"] == "say" and message["intent"])
