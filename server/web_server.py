"""Uvicorn, set up for the kiosk."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from server.http_protocol import ProblemProtocol
from server.settings import Settings


class _Announcing(uvicorn.Server):
    """Tells its address once it listens, which with port 0 nobody knows before."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[str, int], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._announce(host, port)


def web_server(
    app: FastAPI, settings: Settings, announce: Callable[[str, int], None] = lambda host, port: None
) -> uvicorn.Server:
    """A server for the application; ``announce`` is told host and port once it listens."""
    config = uvicorn.Config(
        app,
        host=settings.http.host,
        port=settings.http.port,
        http=ProblemProtocol,
        ws="wsproto",  # Rasa holds websockets at a version that uvicorn's default can't use
        ws_max_size=4 * settings.kiosk.max_message_bytes,  # what is a little too large gets a problem
        access_log=False,  # server.access_log does it, without queries
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=max(1, round(settings.http.shutdown_seconds)),
    )
    return _Announcing(config, announce)
