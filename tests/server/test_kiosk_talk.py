"""Talk over the stream: answers with speech and judgement, in order, whatever is sent and whatever fails."""

from __future__ import annotations

import asyncio

import pytest
from fastapi.testclient import TestClient
from played import PlayedConversation, PlayedVoice
from stream import next_of, screen, welcomed


def test_say_has_reply_speech_and_judgement(client: TestClient, voice: PlayedVoice) -> None:
    with welcomed(client) as socket:
        socket.send_json({"type": "text", "text": " 叫我转钱", "dialect": "cmn", "rate": 120})
        say = next_of(socket, "say")
        assert set(say) == {
            *("type", "urgent", "turn_id", "text", "speech", "choices", "gesture", "lines", "subtitles", "url"),
            *("duration_ms", "engine", "voice", "sample_rate_hz", "visemes", "vtimes", "vdurations"),
            *("words", "wtimes", "wdurations", "dialect", "intent", "assessment", "drill"),
            *("part", "last", "pause_ms"),
        }
        assert (say["part"], say["last"]) == (1, True), "who asks for no parts gets all at once"
        assert say["assessment"]["red_flags"][0]["start"] == 3
        assert say["assessment"]["scam_name"] == "name of police"
        assert client.get(say["url"]).status_code == 200
        assert voice.spoken[-1] == ("1: 叫我转钱", "cmn", 120)
        socket.send_json({"type": "choice", "text": "好"})
        assert next_of(socket, "say")["text"] == "2: 好"
        assert voice.spoken[-1][2] == 120, "the speed stays"


def test_who_asks_for_slower_speech_gets_it_until_leaving(client: TestClient, voice: PlayedVoice) -> None:
    with welcomed(client) as socket:
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
    with welcomed(client) as socket:
        socket.send_json({"type": "text", "text": "你好"})
        say = next_of(socket, "say")
    assert (say["text"], say["url"], say["visemes"]) == ("1: 你好", None, [])


def test_a_failure_inside_is_answered_in_words(client: TestClient, conversation: PlayedConversation) -> None:
    conversation.fail = RuntimeError("gone")
    with welcomed(client) as socket:
        socket.send_json({"type": "text", "text": "你好"})
        assert "96110" in next_of(socket, "say")["text"]


def test_messages_are_answered_in_order(client: TestClient) -> None:
    with welcomed(client) as socket:
        for text in "abcd":
            socket.send_json({"type": "text", "text": text})
        assert [next_of(socket, "say")["text"] for _ in range(4)] == ["1: a", "2: b", "3: c", "4: d"]


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
    with welcomed(client) as socket:
        socket.send_text(text)
        message = next_of(socket, "problem")
        assert 400 <= message["problem"]["status"] < 500
        assert message["problem"]["detail"]
        assert "秘密的话" not in str(message)
        socket.send_json({"type": "text", "text": "你好"})
        assert next_of(socket, "say")["text"] == "1: 你好", "the screen goes on"


def test_binary_messages(client: TestClient) -> None:
    with welcomed(client) as socket:
        socket.send_bytes(b"\x00\xff")
        assert next_of(socket, "problem")["problem"]["type"] == "binary_message"


def test_too_many_questions(client: TestClient, conversation: PlayedConversation) -> None:
    with welcomed(client) as socket:
        conversation.gate = asyncio.Event()
        for n in range(12):
            socket.send_json({"type": "text", "text": str(n)})
        assert next_of(socket, "problem")["problem"]["status"] == 429
