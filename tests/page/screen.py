"""A kiosk's screen in a real browser, as a resident uses it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, WebSocket, expect

Say = dict[str, Any]
# Only keeps a test from hanging: on a machine that is busy with other things everything takes its time.
PATIENCE_MS = 30_000


class Screen:
    """One page with its stream. ``errors`` are what the browser complained about; ``unplug`` cuts it off its server."""

    def __init__(self, page: Page, *, unplug: Callable[[], None] = lambda: None) -> None:
        self.page = page
        self.unplug = unplug
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

    def tap(self, testid: str) -> None:
        """Touch and let go in one go. A mouse of Playwright may hold for a second when the machine is busy."""
        assert self.in_viewport(self.at(testid)), testid
        self.at(testid).evaluate(
            """node => {
              const touch = {bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, detail: 1};
              for (const kind of ['pointerdown', 'pointerup', 'click']) {
                node.dispatchEvent(new PointerEvent(kind, touch));
              }
            }"""
        )

    def click(self, testid: str) -> Say:
        """Press something else that asks the server; returns the answer once it is shown."""
        return self._answered(self.at(testid).click)

    def _answered(self, act: Callable[[], None]) -> Say:
        assert self._stream is not None, "the page has no stream"
        with self._stream.expect_event("framereceived", _is_answer, timeout=PATIENCE_MS) as received:
            act()
        say: Say = json.loads(received.value)
        expect(self.at("answer-text")).to_have_text(say["text"])
        return say

    def note_captions(self) -> None:
        """Have the page note every caption from now on: on a busy machine one may be gone before a test looks."""
        self.page.evaluate(
            """() => {
              const caption = document.querySelector('[data-testid=caption]');
              window.captions = [];
              new MutationObserver(() => captions.push(caption.textContent)).observe(caption, {childList: true});
            }"""
        )

    def expect_caption(self, words: str) -> None:
        """Wait until a caption with these words has been shown since ``note_captions``."""
        self.page.wait_for_function("words => captions.some(caption => caption.includes(words))", arg=words)

    def silence(self) -> None:
        """Have her stop, as far as she speaks."""
        self.at("stop").click()
        expect(self.page.locator("body[data-state=speaking]")).not_to_be_attached()

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the browser go on until something holds that the test sees outside of the page."""
        given_up = time.monotonic() + PATIENCE_MS / 1000
        while not holds():
            assert time.monotonic() < given_up, "it never came"
            self.page.wait_for_timeout(20)

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
