"""The whole system in this process: the real application on a port of its own, records and sounds in a folder."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from server.app import create_app
from server.interfaces import Conversation
from server.settings import Settings
from server.web_server import web_server

_LONGEST_START_SECONDS = 240.0
_LONGEST_STOP_SECONDS = 30.0


class EmbeddedFailed(RuntimeError):
    """The system did not come up; the message says why."""


def embedded_arguments(folder: Path) -> dict[str, dict[str, object]]:
    """Settings that keep an embedded system to itself: a free port, nothing recorded outside ``folder``."""
    return {
        "http": {"host": "127.0.0.1", "port": 0},
        "records": {"path": folder / "records.db"},
        "speech": {"cache_dir": folder / "speech"},
        "log": {"level": "error", "access": False},
    }


@contextmanager
def embedded(settings: Settings, conversation: Conversation) -> Iterator[str]:
    """Run the system while the context lasts; gives its address, such as ``http://127.0.0.1:41234``.

    Raises:
        EmbeddedFailed: it could not start.
        Exception: whatever the conversation raised while it was loaded, such as ``ModelMissing``.
    """
    runner = _Runner(settings, conversation)
    thread = threading.Thread(target=runner.run, name="embedded", daemon=True)
    thread.start()
    try:
        yield runner.address()
    finally:
        runner.stop()
        thread.join(_LONGEST_STOP_SECONDS)


class _Runner:
    def __init__(self, settings: Settings, conversation: Conversation) -> None:
        self._settings = settings
        self._conversation = conversation
        self._server: uvicorn.Server | None = None
        self._settled = threading.Event()
        self._url: str | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._error = error
        finally:
            self._settled.set()

    async def _serve(self) -> None:
        try:
            await self._conversation.start()
            app = create_app(self._settings, self._conversation)
            self._server = web_server(app, self._settings, self._up)
            await self._server.serve()
        finally:
            await self._conversation.stop()

    def _up(self, host: str, port: int) -> None:
        self._url = f"http://{host}:{port}"
        self._settled.set()

    def address(self) -> str:
        self._settled.wait(_LONGEST_START_SECONDS)
        if self._error is not None:
            raise self._error
        if self._url is None:
            raise EmbeddedFailed("The system could not start; the lines above say why.")
        return self._url

    def stop(self) -> None:
        if self._server is not None:
            self._server.should_exit = True
