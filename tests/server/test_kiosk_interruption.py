"""Silence on demand: by a touch, by the stop word, by an urgent warning, and for what waits for a slow screen."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from time import perf_counter
from typing import Any

import pytest
from fastapi.testclient import TestClient
from played import PlayedConversation, PlayedVoice
from stream import next_of, screen_on, welcomed

from bot.turn import Reply
from server.app import create_app
from server.settings import Settings


def test_interrupt_drops_what_was_asked_before(client: TestClient, conversation: PlayedConversation) -> None:
    with welcomed(client) as socket:
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


@pytest.mark.parametrize("words", ["停", "别说了！", "好了好了，别讲了", "覅讲哉", "interrupt"])
def test_silence_comes_within_150_ms_whatever_goes_on(
    client: TestClient, conversation: PlayedConversation, words: str
) -> None:
    waited = []
    with welcomed(client) as socket:
        for _ in range(5):
            conversation.gate = asyncio.Event()
            for text in ("stale", "stale too"):
                socket.send_json({"type": "text", "text": text})
            started = perf_counter()
            message = {"type": "interrupt"} if words == "interrupt" else {"type": "text", "text": words}
            socket.send_json(message)
            next_of(socket, "stop")
            waited.append(perf_counter() - started)
            assert client.portal is not None
            client.portal.call(conversation.gate.set)
            conversation.gate = None
            if words != "interrupt":
                assert next_of(socket, "say")["text"].endswith(f": {words}"), "the answer to it comes, no other"
    assert min(waited) < 0.15
    assert "stale too" not in [text for said in conversation.said.values() for text in said]


@pytest.mark.parametrize("text", ["停电了怎么办", "他叫我别说出去", "别说话的那个人是骗子", "好", "你好"])
def test_words_that_only_look_like_it_silence_nobody(client: TestClient, text: str) -> None:
    with welcomed(client) as socket:
        socket.send_json({"type": "text", "text": text})
        assert next_of(socket, "say")["text"].endswith(text)


def test_an_urgent_warning_interrupts_everything(client: TestClient, conversation: PlayedConversation) -> None:
    hub = client.app.state.parts.hub  # type: ignore[attr-defined]
    with welcomed(client, "hall") as first, welcomed(client, "library") as second:
        conversation.gate = asyncio.Event()
        for text in ("stale", "stale too"):
            first.send_json({"type": "text", "text": text})
        first.send_text("no message")
        next_of(first, "problem")  # what was sent before it has been taken
        assert client.portal is not None
        assert client.portal.call(partial(hub.broadcast, Reply("快打110", "快打110"), urgent=True)) == 2
        for socket in (first, second):
            next_of(socket, "stop")
            message = next_of(socket, "broadcast")
            assert (message["text"], message["urgent"]) == ("快打110", True)
            assert message["url"]
        client.portal.call(conversation.gate.set)
        conversation.gate = None
        first.send_json({"type": "text", "text": "fresh"})
        assert next_of(first, "say")["text"].endswith(": fresh")
    assert "stale too" not in [text for said in conversation.said.values() for text in said]


def test_what_waits_for_a_slow_screen_is_dropped_by_silence(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    from server.kiosks.messages.display import Reload
    from server.kiosks.messages.say import say_reply
    from server.speaker import Part

    sent: list[str] = []

    class SlowSocket:
        async def receive(self) -> dict[str, Any]:
            await asyncio.Event().wait()
            return {}

        async def send_text(self, text: str) -> None:
            sent.append(json.loads(text)["type"])
            if len(sent) == 3:
                slow.close(1001)

        async def close(self, code: int) -> None:
            pass

    slow = screen_on(SlowSocket(), create_app(settings, conversation, voice), settings)
    slow.put(say_reply("a", Reply("stale", "stale"), Part(None)))
    slow.put(Reload())
    slow.put(say_reply("b", Reply("stale", "stale"), Part(None)))
    slow.silence()
    slow.put(say_reply("c", Reply("fresh", "fresh"), Part(None)))
    asyncio.run(asyncio.wait_for(slow.run(), 60))
    assert sent == ["reload", "stop", "say"]
