"""The application on a real socket: HTTP and the stream as kiosks use them, and an orderly end."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress

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


REFUSED = {
    "no HTTP": (b"hello\r\n\r\n", 400),
    "unknown method": (b"FOO / HTTP/1.1\r\nhost: a\r\n\r\n", 400),
    "negative length": (b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -5\r\n\r\n", 400),
    "endless head": (b"GET /healthz HTTP/1.1\r\nhost: a\r\n" + b"x: " + b"a" * 3_000_000, 431),
    "endless heads": (b"GET /healthz HTTP/1.1\r\nhost: a\r\n" + b"x: a\r\n" * 500_000, 431),
}


def test_what_is_no_request_is_a_problem_too(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    async def visit(session: aiohttp.ClientSession) -> None:
        async with session.get("/healthz", headers={"x": "a" * 7000}) as usual:
            assert usual.status == 200
            url = usual.url
        for name, (sent, status) in REFUSED.items():
            reader, writer = await asyncio.open_connection(url.host, url.port)
            writer.write(sent)
            with suppress(ConnectionError):
                await asyncio.wait_for(writer.drain(), 10)
            head, _, body = (await asyncio.wait_for(reader.read(), 10)).partition(b"\r\n\r\n")
            writer.close()
            assert head.startswith(b"HTTP/1.1 %d " % status), name
            assert b"content-type: application/problem+json" in head, name
            assert json.loads(body)["status"] == status, name
        async with session.post("/api/v1/chat", json={"text": "你好"}) as answer:
            assert answer.status == 200

    served(settings, conversation, voice, visit)


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
