"""The stream: welcome, answers with speech, silence on demand, and screens that do not disturb each other."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from played import PlayedConversation, PlayedVoice
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from bot.turn import Reply
from server.app import create_app
from server.settings import Settings

Socket = WebSocketTestSession


@contextmanager
def screen(client: TestClient, kiosk_id: str = "hall", hello: bool = True) -> Iterator[Socket]:
    with client.websocket_connect(f"/api/v1/kiosks/{kiosk_id}/stream") as socket:
        if hello:
            socket.send_json({"type": "hello", "session_id": None})
        yield socket


def next_of(socket: Socket, kind: str) -> dict[str, Any]:
    """The next message, which has to be of that type."""
    message: dict[str, Any] = socket.receive_json()
    assert message["type"] == kind, message
    return message


def test_welcome(client: TestClient) -> None:
    with screen(client) as socket:
        welcome = next_of(socket, "welcome")
    assert set(welcome) == {
        *("type", "session_id", "kiosk_id", "page_version", "idle_seconds", "hearing", "rates"),
        *("choices", "tips"),
    }
    assert welcome["kiosk_id"] == "hall"
    assert welcome["rates"] == {"normal": 150, "slow": 120}
    assert welcome["hearing"] is False
    assert len(welcome["choices"]) == 4
    assert all(set(choice) == {"title", "text"} for choice in welcome["choices"])
    assert all(isinstance(tip, str) and "{" not in tip for tip in welcome["tips"])


def test_greeting_once_a_visit(client: TestClient) -> None:
    with screen(client) as socket:
        next_of(socket, "welcome")
        socket.send_json({"type": "presence", "present": False})
        socket.send_json({"type": "presence", "present": True})
        socket.send_json({"type": "presence", "present": True})
        say = next_of(socket, "say")
        assert (say["text"], say["gesture"], say["assessment"]) == ("greeting", "wave", None)
        socket.send_json({"type": "text", "text": "你好"})
        assert next_of(socket, "say")["text"] == "1: 你好"


def test_greeting_without_conversation(client: TestClient, conversation: PlayedConversation) -> None:
    conversation.fail = RuntimeError("gone")
    with screen(client) as socket:
        next_of(socket, "welcome")
        socket.send_json({"type": "presence", "present": True})
        assert len(next_of(socket, "say")["text"]) > 5


def test_say_has_reply_speech_and_judgement(client: TestClient, voice: PlayedVoice) -> None:
    with screen(client) as socket:
        next_of(socket, "welcome")
        socket.send_json({"type": "text", "text": " 叫我转钱", "dialect": "cmn", "rate": 120})
        say = next_of(socket, "say")
        assert set(say) == {
            *("type", "turn_id", "text", "speech", "choices", "gesture", "lines", "subtitles", "url"),
            *("duration_ms", "engine", "voice", "sample_rate_hz", "visemes", "vtimes", "vdurations"),
            *("words", "wtimes", "wdurations", "dialect", "intent", "assessment", "drill"),
        }
        assert say["assessment"]["red_flags"][0]["start"] == 3
        assert say["assessment"]["scam_name"] == "name of police"
        assert client.get(say["url"]).status_code == 200
        assert voice.spoken[-1] == ("1: 叫我转钱", "cmn", 120)
        socket.send_json({"type": "choice", "text": "好"})
        assert next_of(socket, "say")["text"] == "2: 好"
        assert voice.spoken[-1][2] == 120, "the speed stays"


def test_who_asks_for_slower_speech_gets_it_until_leaving(client: TestClient, voice: PlayedVoice) -> None:
    with screen(client) as socket:
        next_of(socket, "welcome")
        for text in ("你好", "慢一点", "还有呢", "快一点", "慢一点"):
            socket.send_json({"type": "text", "text": text, "rate": 150})  # as the page does with every turn
            next_of(socket, "say")
        assert [rate for _, _, rate in voice.spoken] == [150, 120, 120, 150, 120]
        socket.send_json({"type": "presence", "present": False})
        socket.send_json({"type": "presence", "present": True})
        next_of(socket, "welcome")
        next_of(socket, "say")
        socket.send_json({"type": "text", "text": "你好", "rate": 150})
        next_of(socket, "say")
        assert [rate for _, _, rate in voice.spoken[5:]] == [150, 150]


def test_a_lost_connection_keeps_the_speed(client: TestClient, voice: PlayedVoice) -> None:
    with screen(client) as socket:
        session_id = next_of(socket, "welcome")["session_id"]
        socket.send_json({"type": "text", "text": "慢一点"})
        next_of(socket, "say")
    with screen(client, hello=False) as socket:
        socket.send_json({"type": "hello", "session_id": session_id})
        next_of(socket, "welcome")
        socket.send_json({"type": "text", "text": "你好"})
        next_of(socket, "say")
    assert voice.spoken[-1][2] == 120


def test_without_voice_words_still_come(client: TestClient, broken_voice: PlayedVoice) -> None:
    with screen(client) as socket:
        next_of(socket, "welcome")
        socket.send_json({"type": "text", "text": "你好"})
        say = next_of(socket, "say")
    assert (say["text"], say["url"], say["visemes"]) == ("1: 你好", None, [])


def test_a_failure_inside_is_answered_in_words(client: TestClient, conversation: PlayedConversation) -> None:
    conversation.fail = RuntimeError("gone")
    with screen(client) as socket:
        next_of(socket, "welcome")
        socket.send_json({"type": "text", "text": "你好"})
        assert "96110" in next_of(socket, "say")["text"]


def test_messages_are_answered_in_order(client: TestClient) -> None:
    with screen(client) as socket:
        next_of(socket, "welcome")
        for text in "abcd":
            socket.send_json({"type": "text", "text": text})
        assert [next_of(socket, "say")["text"] for _ in range(4)] == ["1: a", "2: b", "3: c", "4: d"]


def test_interrupt_drops_what_was_asked_before(client: TestClient, conversation: PlayedConversation) -> None:
    with screen(client) as socket:
        next_of(socket, "welcome")
        conversation.gate = asyncio.Event()
        socket.send_json({"type": "text", "text": "stale"})
        socket.send_json({"type": "text", "text": "stale too"})
        socket.send_json({"type": "interrupt", "turn_id": "any"})
        next_of(socket, "stop")
        assert client.portal is not None
        client.portal.call(conversation.gate.set)
        conversation.gate = None
        socket.send_json({"type": "text", "text": "fresh"})
        assert next_of(socket, "say")["text"].endswith(": fresh")
    assert "stale too" not in [text for said in conversation.said.values() for text in said]


def test_leaving_forgets_everything(client: TestClient, conversation: PlayedConversation) -> None:
    with screen(client) as socket:
        first = next_of(socket, "welcome")["session_id"]
        socket.send_json({"type": "text", "text": "秘密"})
        next_of(socket, "say")
        socket.send_json({"type": "presence", "present": False})
        socket.send_json({"type": "presence", "present": True})
        second = next_of(socket, "welcome")["session_id"]
        assert second != first
        assert next_of(socket, "say")["text"] == "greeting"
        socket.send_json({"type": "text", "text": "我是谁"})
        assert next_of(socket, "say")["text"] == "1: 我是谁"
    assert conversation.forgotten == [first]
    response = client.post("/api/v1/chat", json={"text": "还在吗", "session_id": first})
    assert response.status_code == 404


def test_a_lost_connection_goes_on(client: TestClient) -> None:
    with screen(client) as socket:
        session_id = next_of(socket, "welcome")["session_id"]
        socket.send_json({"type": "text", "text": "一"})
        next_of(socket, "say")
    with screen(client, hello=False) as socket:
        socket.send_json({"type": "hello", "session_id": session_id})
        assert next_of(socket, "welcome")["session_id"] == session_id
        socket.send_json({"type": "presence", "present": True})
        socket.send_json({"type": "text", "text": "二"})
        assert next_of(socket, "say")["text"] == "2: 二", "and nobody is greeted twice"


def test_another_kiosk_gets_nothing_of_a_visit(client: TestClient) -> None:
    with screen(client, "hall") as socket:
        session_id = next_of(socket, "welcome")["session_id"]
    with screen(client, "library", hello=False) as socket:
        socket.send_json({"type": "hello", "session_id": session_id})
        assert next_of(socket, "welcome")["session_id"] != session_id


def test_a_visit_that_idled_away_starts_anew(client: TestClient) -> None:
    with screen(client) as socket:
        session_id = next_of(socket, "welcome")["session_id"]
        assert client.delete(f"/api/v1/sessions/{session_id}").status_code == 204
        socket.send_json({"type": "text", "text": "你好"})
        assert next_of(socket, "welcome")["session_id"] != session_id
        assert next_of(socket, "say")["text"] == "1: 你好"


BAD_MESSAGES = {
    "no json": "hello",
    "list": "[]",
    "nothing": "{}",
    "no such type": '{"type": "秘密的话"}',
    "type is a list": '{"type": ["text"]}',
    "no text": '{"type": "text"}',
    "blank": '{"type": "text", "text": " \u200b"}',
    "501 characters": '{"type": "text", "text": "' + "字" * 501 + '"}',
    "number": '{"type": "text", "text": 5}',
    "half a character": '{"type": "text", "text": "\\ud83d"}',
    "rate": '{"type": "choice", "text": "a", "rate": "fast"}',
    "dialect": '{"type": "text", "text": "a", "dialect": "x"}',
    "presence": '{"type": "presence", "present": "maybe"}',
    "session": '{"type": "hello", "session_id": "../x"}',
    "played": '{"type": "played", "turn_id": "a", "ms": -1}',
    "endless": '{"type": "played", "turn_id": "a", "ms": Infinity}',
    "deep": "[" * 16_000,
    "large": '{"type": "text", "text": "' + " " * 20_000 + '"}',
}


@pytest.mark.parametrize("text", BAD_MESSAGES.values(), ids=BAD_MESSAGES)
def test_bad_messages(client: TestClient, text: str) -> None:
    with screen(client) as socket:
        next_of(socket, "welcome")
        socket.send_text(text)
        message = next_of(socket, "problem")
        assert 400 <= message["problem"]["status"] < 500
        assert message["problem"]["detail"]
        assert "秘密的话" not in str(message)
        socket.send_json({"type": "text", "text": "你好"})
        assert next_of(socket, "say")["text"] == "1: 你好", "the screen goes on"


def test_binary_messages(client: TestClient) -> None:
    with screen(client) as socket:
        next_of(socket, "welcome")
        socket.send_bytes(b"\x00\xff")
        assert next_of(socket, "problem")["problem"]["type"] == "binary_message"


def test_too_many_questions(client: TestClient, conversation: PlayedConversation) -> None:
    with screen(client) as socket:
        next_of(socket, "welcome")
        conversation.gate = asyncio.Event()
        for n in range(12):
            socket.send_json({"type": "text", "text": str(n)})
        assert next_of(socket, "problem")["problem"]["status"] == 429


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
    with TestClient(create_app(settings, conversation, voice)) as client, screen(client) as first:
        next_of(first, "welcome")
        with screen(client, hello=False) as second, pytest.raises(WebSocketDisconnect) as closed:
            second.receive_json()
        assert closed.value.code == 1013
        first.send_json({"type": "text", "text": "你好"})
        next_of(first, "say")


def test_heartbeat_and_silent_screens(settings: Settings, conversation: PlayedConversation, voice: PlayedVoice) -> None:
    settings.kiosk.heartbeat_seconds = 0.05
    with TestClient(create_app(settings, conversation, voice)) as client, screen(client) as socket:
        next_of(socket, "welcome")
        for _ in range(5):
            next_of(socket, "ping")
            socket.send_json({"type": "pong"})
        with pytest.raises(WebSocketDisconnect) as closed:
            for _ in range(10):
                next_of(socket, "ping")
        assert closed.value.code == 1011


def test_everybody_hears_a_broadcast_and_one_failure_harms_nobody(client: TestClient, settings: Settings) -> None:
    hub = client.app.state.parts.hub  # type: ignore[attr-defined]
    assert client.portal is not None
    with screen(client, "hall") as first, screen(client, "library") as second:
        next_of(first, "welcome")
        next_of(second, "welcome")
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
        from server.kiosks.screen import Screen
        from server.kiosks.visit import Visit

        class StuckSocket:
            closed: int | None = None

            async def receive(self) -> dict[str, Any]:
                await asyncio.Event().wait()
                return {}

            async def send_text(self, text: str) -> None:
                await asyncio.Event().wait()

            async def close(self, code: int) -> None:
                self.closed = code

        parts = create_app(settings, conversation, voice).state.parts
        socket = StuckSocket()
        stuck = Screen(
            socket,  # type: ignore[arg-type]
            Visit(parts.sessions, "hall"),
            "hall",
            stage=parts.stage,
            settings=settings.kiosk,
            conversation=conversation,
            turns=parts.turns,
            speaker=parts.speaker,
            records=parts.records,
        )
        for _ in range(4):
            stuck.put(Ping())
        await asyncio.wait_for(stuck.run(), 5)
        return socket.closed

    assert asyncio.run(run()) == 1013


def test_visits_and_plays_are_recorded(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    with TestClient(create_app(settings, conversation, voice)) as client, screen(client) as socket:
        next_of(socket, "welcome")
        socket.send_json({"type": "text", "text": "你好"})
        turn_id = next_of(socket, "say")["turn_id"]
        socket.send_json({"type": "played", "turn_id": turn_id, "ms": 1200})
        socket.send_json({"type": "presence", "present": False})
        socket.send_json({"type": "interrupt"})
        next_of(socket, "stop")
    connection = sqlite3.connect(settings.records.path)
    assert connection.execute("SELECT turn_id, ms FROM plays").fetchall() == [(turn_id, 1200.0)]
    assert connection.execute("SELECT kiosk_id, end_reason FROM sessions").fetchall() == [("hall", "left")]
    connection.close()
