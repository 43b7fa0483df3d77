"""The application on a real socket: HTTP and the stream as kiosks use them, and an orderly end."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable

import aiohttp
from played import PlayedConversation, PlayedVoice

from server.app import create_app
from server.settings import Settings
from server.web_server import web_server


def served(
    settings: Settings,
    conversation: PlayedConversation,
    voice: PlayedVoice,
    visit: Callable[[aiohttp.ClientSession], Awaitable[None]],
) -> None:
    """Run ``visit`` against the server on a free port, then stop it."""
    settings.http.port = 0

    async def run() -> None:
        loop = asyncio.get_running_loop()
        address: asyncio.Future[str] = loop.create_future()
        server = web_server(
            create_app(settings, conversation, voice),
            settings,
            lambda host, port: address.set_result(f"http://{host}:{port}"),
        )
        serving = asyncio.create_task(server.serve())
        try:
            async with aiohttp.ClientSession(await asyncio.wait_for(address, 60)) as session:
                await visit(session)
        finally:
            server.should_exit = True
            await asyncio.wait_for(serving, 60)

    asyncio.run(run())


def test_http_and_stream(settings: Settings, conversation: PlayedConversation, voice: PlayedVoice) -> None:
    async def visit(session: aiohttp.ClientSession) -> None:
        async with session.get("/readyz") as ready:
            assert ready.status == 200
            assert "server" not in ready.headers
        async with session.post("/api/v1/chat", data=b"a" * 1_000_000) as large:
            assert large.status == 413
        async with session.post("/api/v1/chat", json={"text": "你好"}) as answer:
            assert (await answer.json())["reply"]["text"] == "1: 你好"
        async with session.ws_connect("/api/v1/kiosks/hall/stream") as socket:
            await socket.send_json({"type": "hello"})
            assert (await socket.receive_json())["type"] == "welcome"
            await socket.send_str("x" * (settings.kiosk.max_message_bytes + 1))
            assert (await socket.receive_json())["problem"]["type"] == "message_too_large"
            await socket.send_str(json.dumps({"type": "text", "text": "转"}))
            assert (await socket.receive_json())["assessment"]["verdict"] == "scam"
            await socket.send_str("x" * 10 * settings.kiosk.max_message_bytes)
            await socket.receive()
            assert socket.close_code == 1009

    served(settings, conversation, voice, visit)
    connection = sqlite3.connect(settings.records.path)
    assert connection.execute("SELECT count(*) FROM turns").fetchone() == (2,)
    assert connection.execute("SELECT DISTINCT end_reason FROM sessions").fetchall() == [("shutdown",)]
    connection.close()


def test_stopping_does_not_wait_for_screens(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    sockets: list[aiohttp.ClientWebSocketResponse] = []

    async def visit(session: aiohttp.ClientSession) -> None:
        sockets.append(await session.ws_connect("/api/v1/kiosks/hall/stream"))
        await sockets[0].send_json({"type": "hello"})
        await sockets[0].receive_json()

    served(settings, conversation, voice, visit)
    assert not conversation.running
    assert not voice.running
