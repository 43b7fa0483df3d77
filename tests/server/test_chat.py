"""POST /chat: the contract's shape, sessions that never mix, and words whatever happens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from played import PlayedConversation, PlayedVoice

from server.app import create_app
from server.settings import Settings

Chat = Callable[..., dict[str, Any]]


def test_answer_has_the_contract_shape(chat: Chat) -> None:
    answer = chat("叫我转钱")
    assert set(answer) >= {
        *("session_id", "turn_id", "reply", "dialect", "intent", "assessment", "drill", "audio"),
    }
    assert set(answer["reply"]) >= {"text", "speech", "choices", "gesture", "lines", "subtitles"}
    assert answer["reply"]["choices"] == [{"title": "title", "text": "text"}]
    assert answer["dialect"] == {"id": "wuu", "confidence": 0.9}
    assert answer["assessment"]["verdict"] == "scam"
    assert answer["assessment"]["hotlines"] == ["96110"]
    assert answer["drill"] is None
    assert answer["audio"] is None


def test_a_session_goes_on_and_others_see_nothing_of_it(chat: Chat) -> None:
    first = chat("一")
    other = chat("二")
    assert first["session_id"] != other["session_id"]
    assert chat("三", session_id=first["session_id"])["reply"]["text"] == "2: 三"
    assert chat("四", session_id=other["session_id"])["reply"]["text"] == "2: 四"


def test_offsets_count_the_text_as_it_was_sent(chat: Chat) -> None:
    text = "\n  \u200b 叫我\x00转钱 "
    flag = chat(text)["assessment"]["red_flags"][0]
    assert text[flag["start"] : flag["end"]] == "转"


def test_the_kind_of_fraud_has_a_name(chat: Chat) -> None:
    assert chat("叫我转钱")["assessment"]["scam_name"] == "name of police"


def test_named_dialect_wins(chat: Chat) -> None:
    assert chat("好", dialect="yue")["dialect"]["id"] == "yue"
    assert chat("好", dialect="auto")["dialect"]["id"] == "wuu"


def test_speech_on_request(chat: Chat, client: TestClient, voice: PlayedVoice) -> None:
    audio = chat("你好", speak=True)["audio"]
    assert client.get(audio["url"]).content.startswith(b"RIFF")
    assert audio["duration_ms"] == 100
    assert voice.spoken == [("1: 你好", "wuu", 150)]
    chat("你好", speak=True, rate=120)
    assert voice.spoken[-1][2] == 120


def test_who_asks_for_slower_speech_gets_it_for_the_visit(chat: Chat, voice: PlayedVoice) -> None:
    session_id = chat("你好", speak=True)["session_id"]
    for text in ("慢一点", "还有呢", "快一点", "还有呢"):
        chat(text, speak=True, session_id=session_id)
    chat("你好", speak=True)
    assert [rate for _, _, rate in voice.spoken] == [150, 120, 120, 150, 150, 150]


def test_slower_is_remembered_from_a_turn_without_sound(chat: Chat, voice: PlayedVoice) -> None:
    session_id = chat("慢一点")["session_id"]
    chat("你好", speak=True, session_id=session_id)
    assert voice.spoken[-1][2] == 120


def test_every_speaker_of_a_drill_is_heard(chat: Chat, voice: PlayedVoice) -> None:
    chat("演", speak=True)
    assert voice.spoken[0][0] == "1: 演|role"


def test_without_voice_the_reply_still_comes(chat: Chat, broken_voice: PlayedVoice) -> None:
    answer = chat("你好", speak=True)
    assert answer["reply"]["text"] == "1: 你好"
    assert answer["audio"] is None


def test_a_failure_inside_is_answered_in_words(
    chat: Chat, conversation: PlayedConversation, caplog: pytest.LogCaptureFixture
) -> None:
    conversation.fail = ValueError("悄悄话 13800138000")
    with caplog.at_level(logging.DEBUG):
        answer = chat("悄悄话", speak=True)
    assert "110" in answer["reply"]["text"]
    assert "96110" in answer["reply"]["text"]
    assert answer["audio"] is not None
    assert answer["assessment"] is None
    assert "悄悄话" not in caplog.text
    conversation.fail = None
    assert chat("好了", session_id=answer["session_id"])["session_id"] == answer["session_id"]


def test_silence_inside_is_answered_in_words(chat: Chat, conversation: PlayedConversation) -> None:
    conversation.respond = _silent(conversation.respond)  # type: ignore[method-assign]
    assert "96110" in chat("你好")["reply"]["text"]


def _silent(respond: Any) -> Any:
    async def silent(turn: Any) -> Any:
        from dataclasses import replace

        answer = await respond(turn)
        return replace(answer, reply=replace(answer.reply, text=" "))

    return silent


def test_too_slow_is_answered_in_words(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    settings.bot.turn_timeout_seconds = -0.8  # 0.2 s with the server's second on top
    conversation.gate = asyncio.Event()
    with TestClient(create_app(settings, conversation, voice)) as client:
        answer = client.post("/api/v1/chat", json={"text": "你好"}).json()
    assert "96110" in answer["reply"]["text"]


@pytest.mark.parametrize("session_id", ["never-seen-before", "A" * 64])
def test_unknown_session(client: TestClient, session_id: str) -> None:
    response = client.post("/api/v1/chat", json={"text": "你好", "session_id": session_id})
    assert response.status_code == 404
    assert response.json()["type"] == "unknown_session"
    assert "null" in response.json()["detail"]


@asynccontextmanager
async def visit_of_many_calls(app: FastAPI) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """A client that can call the application several times at once, and a session that is open."""
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):
        yield client, (await client.post("/api/v1/chat", json={"text": "0"})).json()["session_id"]


def test_two_at_once_are_answered_in_order(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    async def run() -> list[str]:
        async with visit_of_many_calls(create_app(settings, conversation, voice)) as (client, session_id):
            conversation.gate = asyncio.Event()
            calls = []
            for text in "123":
                body = {"text": text, "session_id": session_id}
                calls.append(asyncio.create_task(client.post("/api/v1/chat", json=body)))
                await asyncio.sleep(0)
            conversation.gate.set()
            return [response.json()["reply"]["text"] for response in await asyncio.gather(*calls)]

    assert asyncio.run(run()) == ["2: 1", "3: 2", "4: 3"]


def test_too_many_at_once(settings: Settings, conversation: PlayedConversation, voice: PlayedVoice) -> None:
    settings.http.max_waiting_turns = 2

    async def run() -> list[int]:
        async with visit_of_many_calls(create_app(settings, conversation, voice)) as (client, session_id):
            conversation.gate = asyncio.Event()
            body = {"text": "1", "session_id": session_id}
            calls = [asyncio.create_task(client.post("/api/v1/chat", json=body)) for _ in range(3)]
            refused = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
            conversation.gate.set()
            await asyncio.wait(calls)
            assert len(refused[0]) == 1
            return sorted(call.result().status_code for call in calls)

    assert asyncio.run(run()) == [200, 200, 429]


def test_many_visitors_at_once(client: TestClient) -> None:
    def visit(n: int) -> list[str]:
        session_id = None
        replies = []
        for turn in range(3):
            body = {"text": f"v{n}t{turn}", "session_id": session_id}
            answer = client.post("/api/v1/chat", json=body).json()
            session_id = answer["session_id"]
            replies.append(answer["reply"]["text"])
        return replies

    with ThreadPoolExecutor(4) as pool:
        for n, replies in enumerate(pool.map(visit, range(12))):
            assert replies == [f"{turn + 1}: v{n}t{turn}" for turn in range(3)]


def test_forgetting(chat: Chat, client: TestClient, conversation: PlayedConversation) -> None:
    session_id = chat("记住我")["session_id"]
    assert client.delete(f"/api/v1/sessions/{session_id}").status_code == 204
    assert conversation.forgotten == [session_id]
    assert client.delete(f"/api/v1/sessions/{session_id}").status_code == 404
    response = client.post("/api/v1/chat", json={"text": "还在吗", "session_id": session_id})
    assert response.status_code == 404


def test_turns_are_recorded_redacted(settings: Settings, conversation: PlayedConversation, voice: PlayedVoice) -> None:
    import sqlite3

    with TestClient(create_app(settings, conversation, voice)) as client:
        client.post("/api/v1/chat", json={"text": "打13800138000", "kiosk_id": "hall"})
    connection = sqlite3.connect(settings.records.path)
    assert connection.execute("SELECT text, reply FROM turns").fetchall() == [("打〔电话〕", "1: 打〔电话〕")]
    assert connection.execute("SELECT kiosk_id FROM sessions").fetchall() == [("hall",)]
    connection.close()


def test_an_unwritable_store_costs_no_reply(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice, tmp_path: Any
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    settings.records.path = blocked / "records.db"
    with TestClient(create_app(settings, conversation, voice)) as client:
        assert client.post("/api/v1/chat", json={"text": "你好"}).status_code == 200
        assert client.get("/readyz").json()["parts"]["records"] == "not_ready"
