"""The real stream between a page and its server, on which a test listens, holds messages up and says things itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

Message = dict[str, Any]


class TappedStream:
    """Every stream that ``page`` opens from now on.

    What the server says goes through ``passing``, which may change it, or keep it from the page by returning ``None``.
    ``opened`` counts the streams, ``welcomed`` tells whether the server has welcomed the page on the newest one.
    """

    def __init__(self, page: Page, passing: Callable[[Message], Message | None] = lambda message: message) -> None:
        self.opened = 0
        self.welcomed = False
        self._passing = passing
        self._to_page: WebSocketRoute | None = None
        page.route_web_socket(re.compile(".*/stream"), self._join)

    def say(self, message: Message) -> None:
        """Say something to the page, as the server does."""
        assert self._to_page is not None, "the page has opened no stream"
        self._to_page.send(json.dumps(message))

    def cut(self) -> None:
        """Close the stream; the page opens another one by itself."""
        assert self._to_page is not None, "the page has opened no stream"
        self._to_page.close()

    def _join(self, to_page: WebSocketRoute) -> None:
        self.opened += 1
        self.welcomed = False
        self._to_page = to_page
        to_page.connect_to_server().on_message(lambda frame: self._pass_on(to_page, frame))

    def _pass_on(self, to_page: WebSocketRoute, frame: str | bytes) -> None:
        message = self._passing(json.loads(frame))
        if message is None:
            return
        to_page.send(json.dumps(message))
        if message["type"] == "welcome" and to_page is self._to_page:
            self.welcomed = True
