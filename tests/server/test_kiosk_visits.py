"""Who stands before a screen: welcomed, greeted once, remembered over a lost connection, and forgotten on leaving."""

from __future__ import annotations

import sqlite3

from fastapi.testclient import TestClient
from played import PlayedConversation, PlayedVoice
from stream import next_of, screen, welcomed

from server.app import create_app
from server.settings import Settings


def test_welcome(client: TestClient) -> None:
    with screen(client) as socket:
        welcome = next_of(socket, "welcome")
    assert set(welcome) == {
        *("type", "session_id", "kiosk_id", "page_version", "idle_seconds", "hearing", "pause_ms", "rates"),
        *("choices", "questions", "tips"),
    }
    assert welcome["kiosk_id"] == "hall"
    assert welcome["rates"] == {"normal": 150, "slow": 120}
    assert welcome["hearing"] is False
    assert len(welcome["choices"]) == 4
    assert all(set(choice) == {"title", "text"} for choice in welcome["choices"])
    assert all(isinstance(tip, str) and "{" not in tip for tip in welcome["tips"])


def test_greeting_once_a_visit(client: TestClient) -> None:
    with welcomed(client) as socket:
        socket.send_json({"type": "presence", "present": False})
        socket.send_json({"type": "presence", "present": True})
        socket.send_json({"type": "presence", "present": True})
        say = next_of(socket, "say")
        assert (say["text"], say["gesture"], say["assessment"]) == ("greeting", "wave", None)
        socket.send_json({"type": "text", "text": "你好"})
        assert next_of(socket, "say")["text"] == "1: 你好"


def test_greeting_without_conversation(client: TestClient, conversation: PlayedConversation) -> None:
    conversation.fail = RuntimeError("gone")
    with welcomed(client) as socket:
        socket.send_json({"type": "presence", "present": True})
        assert len(next_of(socket, "say")["text"]) > 5


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


def test_visits_and_plays_are_recorded(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    with TestClient(create_app(settings, conversation, voice)) as client, welcomed(client) as socket:
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
