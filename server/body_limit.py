"""Request bodies that are too large are refused before they are read."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import Problem


class BodyLimit:
    """Answers 413 to a body longer than ``default`` bytes, or than what ``limits`` gives for its path."""

    def __init__(self, app: ASGIApp, default: int, limits: Mapping[str, int]) -> None:
        self._app = app
        self._default = default
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limits.get(scope["path"], self._default)
        if _announced(scope) > limit:
            await _too_large(limit).response()(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _too_large(limit)
            return message

        await self._app(scope, counted, send)


def _announced(scope: Scope) -> int:
    """The Content-Length; 0 where there is none, or none that can be read."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:19])
    return 0


def _too_large(limit: int) -> Problem:
    return Problem(
        413,
        "body_too_large",
        f"The body is too large. At most {limit} bytes are accepted here.",
        headers={"connection": "close"},
    )
