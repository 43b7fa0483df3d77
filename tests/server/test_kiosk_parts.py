"""Speech sentence by sentence: the first one with the text, the others as they are made, and nothing that is stale."""

from __future__ import annotations

import asyncio
import io
import wave
from typing import Any

import pytest
from fastapi.testclient import TestClient
from played import PlayedConversation, PlayedVoice
from stream import Socket, next_of, welcomed

from server.app import create_app
from server.assembly import build_default_voice
from server.settings import Settings

THREE = "先挂电话。再问家里人！拿不准，打96110？"
SENTENCES = ["1: 先挂电话。", "再问家里人！", "拿不准，打96110？"]


def hear(socket: Socket) -> list[dict[str, Any]]:
    """All parts of the next thing that is said."""
    parts = [next_of(socket, "say")]
    while not parts[-1]["last"]:
        parts.append(next_of(socket, "more"))
    return parts


def held(client: TestClient, voice: PlayedVoice, sentence: str) -> asyncio.Event:
    """Have the voice wait before this sentence."""
    voice.gates[sentence] = asyncio.Event()
    return voice.gates[sentence]


def let_go(client: TestClient, gate: asyncio.Event) -> None:
    assert client.portal is not None
    client.portal.call(gate.set)


def test_the_first_sentence_comes_while_the_others_are_made(client: TestClient, voice: PlayedVoice) -> None:
    gate = held(client, voice, SENTENCES[1])
    with welcomed(client, parts=True) as socket:
        socket.send_json({"type": "text", "text": THREE})
        first = next_of(socket, "say")
        assert first["text"] == f"1: {THREE}", "all there is to read comes at once"
        assert (first["part"], first["last"], first["pause_ms"]) == (1, False, 260)
        assert client.get(first["url"]).status_code == 200
        assert [text for text, _, _ in voice.spoken] == SENTENCES[:1]
        let_go(client, gate)
        rest = [next_of(socket, "more"), next_of(socket, "more")]
    assert [(part["part"], part["last"], part["pause_ms"]) for part in rest] == [(2, False, 260), (3, True, 0)]
    assert {part["turn_id"] for part in rest} == {first["turn_id"]}
    assert set(rest[0]) == {
        *("type", "turn_id", "part", "last", "pause_ms", "url", "duration_ms", "engine", "voice", "sample_rate_hz"),
        *("visemes", "vtimes", "vdurations", "words", "wtimes", "wdurations"),
    }
    assert [text for text, _, _ in voice.spoken] == SENTENCES


def test_a_greeting_comes_in_parts_too(client: TestClient) -> None:
    with welcomed(client, parts=True) as socket:
        socket.send_json({"type": "presence", "present": True})
        assert [part["part"] for part in hear(socket)] == [1]


def test_silence_stops_what_is_still_made(client: TestClient, voice: PlayedVoice) -> None:
    gate = held(client, voice, SENTENCES[1])
    with welcomed(client, parts=True) as socket:
        socket.send_json({"type": "text", "text": THREE})
        next_of(socket, "say")
        socket.send_json({"type": "interrupt"})
        next_of(socket, "stop")
        let_go(client, gate)
        socket.send_json({"type": "text", "text": "好"})
        assert hear(socket)[0]["text"] == "2: 好"
    assert SENTENCES[2] not in [text for text, _, _ in voice.spoken]


def test_another_question_ends_the_speech_before_it(client: TestClient, voice: PlayedVoice) -> None:
    gate = held(client, voice, SENTENCES[1])
    with welcomed(client, parts=True) as socket:
        socket.send_json({"type": "text", "text": THREE})
        next_of(socket, "say")
        socket.send_json({"type": "text", "text": "我已经转了"})
        socket.send_text("no message")
        next_of(socket, "problem")  # what was sent before it has been taken
        let_go(client, gate)
        assert hear(socket)[0]["text"] == "2: 我已经转了"
    assert SENTENCES[2] not in [text for text, _, _ in voice.spoken]


@pytest.mark.parametrize("fails", range(3))
def test_a_sentence_that_fails_leaves_the_rest_to_be_read(client: TestClient, voice: PlayedVoice, fails: int) -> None:
    voice.fails_at = {SENTENCES[fails]}
    with welcomed(client, parts=True) as socket:
        socket.send_json({"type": "text", "text": THREE})
        parts = hear(socket)
        assert parts[0]["text"] == f"1: {THREE}"
        assert [bool(part["url"]) for part in parts] == [True] * fails + [False]
        voice.fails_at = set()
        socket.send_json({"type": "text", "text": "好"})
        assert hear(socket)[0]["url"]


def test_a_broken_voice_leaves_the_text(client: TestClient, broken_voice: PlayedVoice) -> None:
    with welcomed(client, parts=True) as socket:
        socket.send_json({"type": "text", "text": "🙂"})
        assert [(part["text"], part["url"]) for part in hear(socket)] == [("1: 🙂", None)]


def test_what_waits_for_a_slow_screen_is_dropped_part_by_part(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    """The stop is the next thing that an interrupted screen gets, whatever was on its way."""
    with TestClient(create_app(settings, conversation, voice)) as client, welcomed(client, parts=True) as socket:
        hub = client.app.state.parts.hub  # type: ignore[attr-defined]
        [connected] = hub._screens
        from server.kiosks.messages.say import say_more
        from server.speaker import Part

        async def fill_and_silence() -> None:
            for number in range(2, 5):
                connected.put(say_more("a", number, Part(None, 0, False)))
            connected.silence()

        assert client.portal is not None
        client.portal.call(fill_and_silence)
        next_of(socket, "stop")


@pytest.mark.parametrize("text", ["先挂电话，再打96110问一问！钱转出去就难追回来了。勿要急。", "演一演"])
def test_real_parts_are_as_long_together_as_the_whole(
    settings: Settings, conversation: PlayedConversation, text: str
) -> None:
    """And the whole has the same sounds in it: a sentence that is kept serves both."""
    real = build_default_voice(settings)
    with TestClient(create_app(settings, conversation, real)) as client:
        with welcomed(client, parts=True) as socket:
            socket.send_json({"type": "text", "text": text, "dialect": "cmn"})
            parts = hear(socket)
        with welcomed(client, "library") as socket:
            socket.send_json({"type": "text", "text": text, "dialect": "cmn"})
            whole = next_of(socket, "say")
        assert len(parts) > 1
        length = 0.0
        for part in parts:
            with wave.open(io.BytesIO(client.get(part["url"]).content)) as file:
                assert file.getnframes() / file.getframerate() * 1000 == pytest.approx(part["duration_ms"], abs=1)
            assert part["vtimes"][-1] + part["vdurations"][-1] == pytest.approx(part["duration_ms"], abs=40)
            assert part["wtimes"][-1] + part["wdurations"][-1] == pytest.approx(part["duration_ms"], abs=40)
            length += part["duration_ms"] + part["pause_ms"]
        assert length == pytest.approx(whole["duration_ms"], abs=len(parts))
        assert [word for part in parts for word in part["words"]] == whole["words"]
