"""Screens that may connect, that fall silent, that take nothing, and that do not disturb each other."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fastapi.testclient import TestClient
from played import PlayedConversation, PlayedVoice
from starlette.websockets import WebSocketDisconnect
from stream import next_of, screen, screen_on, welcomed

from bot.turn import Reply
from server.app import create_app
from server.settings import Settings


@pytest.mark.parametrize("kiosk_id", ["a" * 65, "a b", "a%0a"])
def test_bad_kiosk_id(client: TestClient, kiosk_id: str) -> None:
    with (
        client.websocket_connect(f"/api/v1/kiosks/{kiosk_id}/stream") as socket,
        pytest.raises(WebSocketDisconnect) as closed,
    ):
        socket.receive_json()
    assert closed.value.code == 1008


@pytest.mark.parametrize(("origin", "welcome"), [("http://testserver", True), ("http://evil.test", False)])
def test_pages_of_other_sites_can_not_listen(client: TestClient, origin: str, welcome: bool) -> None:
    with client.websocket_connect("/api/v1/kiosks/hall/stream", headers={"origin": origin}) as socket:
        if welcome:
            socket.send_json({"type": "hello"})
            next_of(socket, "welcome")
        else:
            with pytest.raises(WebSocketDisconnect):
                socket.receive_json()


def test_no_room_for_one_more_screen(settings: Settings, conversation: PlayedConversation, voice: PlayedVoice) -> None:
    settings.kiosk.max_screens = 1
    with TestClient(create_app(settings, conversation, voice)) as client, welcomed(client) as first:
        with screen(client, hello=False) as second, pytest.raises(WebSocketDisconnect) as closed:
            second.receive_json()
        assert closed.value.code == 1013
        first.send_json({"type": "text", "text": "你好"})
        next_of(first, "say")


def test_heartbeat_and_silent_screens(settings: Settings, conversation: PlayedConversation, voice: PlayedVoice) -> None:
    settings.kiosk.heartbeat_seconds = 1.0  # three of them are patience enough on a busy machine
    with TestClient(create_app(settings, conversation, voice)) as client, welcomed(client) as socket:
        for _ in range(4):  # longer than a silent screen is waited for
            next_of(socket, "ping")
            socket.send_json({"type": "pong"})
        with pytest.raises(WebSocketDisconnect) as closed:
            for _ in range(10):
                next_of(socket, "ping")
        assert closed.value.code == 1011


def test_everybody_hears_a_broadcast_and_one_failure_harms_nobody(client: TestClient, settings: Settings) -> None:
    hub = client.app.state.parts.hub  # type: ignore[attr-defined]
    assert client.portal is not None
    with welcomed(client, "hall") as first, welcomed(client, "library") as second:
        assert len(hub) == 2
        assert client.portal.call(hub.broadcast, Reply("大家注意", "大家注意")) == 2
        for socket in (first, second):
            message = next_of(socket, "broadcast")
            assert message["text"] == "大家注意"
            assert message["url"]
            assert "turn_id" not in message
        first.close()
        client.portal.call(hub.reload)
        next_of(second, "reload")
        second.send_json({"type": "text", "text": "你好"})
        next_of(second, "say")


def test_a_screen_that_takes_nothing_is_let_go(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    settings.kiosk.max_waiting_messages = 2

    async def run() -> int | None:
        from server.kiosks.messages.heartbeat import Ping

        class StuckSocket:
            closed: int | None = None

            async def receive(self) -> dict[str, Any]:
                await asyncio.Event().wait()
                return {}

            async def send_text(self, text: str) -> None:
                await asyncio.Event().wait()

            async def close(self, code: int) -> None:
                self.closed = code

        socket = StuckSocket()
        stuck = screen_on(socket, create_app(settings, conversation, voice), settings)
        for _ in range(4):
            stuck.put(Ping())
        await asyncio.wait_for(stuck.run(), 60)
        return socket.closed

    assert asyncio.run(run()) == 1013
