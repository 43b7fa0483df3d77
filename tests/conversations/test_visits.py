"""Sessions keep apart, keep order and can be forgotten, on the real server."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from typing import Any

import httpx
import pytest
from server_process import ServerProcess

from server.stories.talk import CHAT, Talk

SESSIONS = 16


async def _say(client: httpx.AsyncClient, session_id: str | None, text: str) -> dict[str, Any]:
    response = await client.post(CHAT, json={"session_id": session_id, "text": text})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_two_messages_at_once_in_one_session_are_both_answered(server_url: str) -> None:
    async def both() -> list[dict[str, Any]]:
        async with httpx.AsyncClient(base_url=server_url, timeout=30) as client:
            session_id = (await _say(client, None, "有人打电话说是公安局的，叫我把钱转到安全账户"))["session_id"]
            return list(
                await asyncio.gather(
                    _say(client, session_id, "我已经把两万块转给他了"), _say(client, session_id, "什么是刷单")
                )
            )

    paid, asked = asyncio.run(both())
    assert paid["session_id"] == asked["session_id"]
    assert paid["turn_id"] != asked["turn_id"]
    assert paid["assessment"]["stage"] == "paid"
    assert "刷单" in asked["reply"]["text"]


def test_a_burst_in_one_session_is_answered_or_refused_but_never_lost(server_url: str) -> None:
    """Sixteen taps at once: what can wait is answered, the rest is told to wait."""

    async def burst() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=server_url, timeout=30) as client:
            session_id = (await _say(client, None, "你好呀"))["session_id"]
            body = {"session_id": session_id, "text": "反诈专线是多少"}
            return list(await asyncio.gather(*(client.post(CHAT, json=body) for _ in range(16))))

    responses = asyncio.run(burst())
    answered = [response.json() for response in responses if response.status_code == 200]
    refused = [response for response in responses if response.status_code != 200]
    assert answered
    assert all("96110" in answer["reply"]["text"] for answer in answered)
    assert len({answer["turn_id"] for answer in answered}) == len(answered)
    for response in refused:
        assert (response.status_code, response.json()["type"]) == (429, "too_many_turns")


def test_sessions_side_by_side_never_mix(server_url: str) -> None:
    """Half of them have lost money, a quarter plays a drill, a quarter only greets; each goes on as its own."""

    def opening(number: int) -> str:
        if number % 2:
            return "我刚刚已经把五万块转给骗子了"
        return "我想做一次防骗演练" if number % 4 else "你好呀，禾安"

    async def visit(client: httpx.AsyncClient, number: int) -> tuple[int, list[dict[str, Any]]]:
        first = await _say(client, None, opening(number))
        return number, [first, *[await _say(client, first["session_id"], "谢谢") for _ in range(3)]]

    async def together() -> list[tuple[int, list[dict[str, Any]]]]:
        async with httpx.AsyncClient(base_url=server_url, timeout=60) as client:
            return list(await asyncio.gather(*(visit(client, number) for number in range(SESSIONS))))

    visits = asyncio.run(together())
    assert len({answers[0]["session_id"] for _, answers in visits}) == SESSIONS
    for number, answers in visits:
        first, later = answers[0], answers[1:]
        assert len({answer["session_id"] for answer in answers}) == 1
        if number % 2:
            assert first["assessment"]["stage"] == "paid"
            assert all("110" in answer["reply"]["text"] for answer in later), f"visit {number} lost its story"
        elif number % 4:
            assert first["drill"]["status"] == "running"
            runs = {answer["drill"]["run_id"] for answer in answers if answer["drill"]}
            assert runs == {first["drill"]["run_id"]}, f"visit {number} got into another drill"
        else:
            assert all(answer["drill"] is None for answer in answers), f"visit {number} got into a drill"
            assert all("先打110" not in answer["reply"]["text"] for answer in answers), f"visit {number} got a story"


def test_a_deleted_session_is_forgotten(client: httpx.Client) -> None:
    talk = Talk(client)
    talk.say("我刚刚已经把五万块转给他了")
    assert client.delete(f"/api/v1/sessions/{talk.session_id}").status_code == 204
    gone = client.post(CHAT, json={"session_id": talk.session_id, "text": "谢谢"})
    assert (gone.status_code, gone.json()["type"]) == (404, "unknown_session")
    assert client.delete(f"/api/v1/sessions/{talk.session_id}").status_code == 404
    fresh = Talk(client).say("谢谢")
    assert fresh["session_id"] != talk.session_id
    assert "110" not in fresh["reply"]["text"]


def test_a_session_in_a_drill_can_be_deleted(client: httpx.Client) -> None:
    talk = Talk(client)
    assert talk.say("我想做一次防骗演练")["drill"]["status"] == "running"
    assert client.delete(f"/api/v1/sessions/{talk.session_id}").status_code == 204
    assert Talk(client).say("谢谢")["drill"] is None


@pytest.mark.parametrize("secret", ["13957312345", "6222021234567890123", "330402194805061234"])
def test_nothing_of_a_resident_is_kept_on_disk(server: ServerProcess, client: httpx.Client, secret: str) -> None:
    """Neither in the records, whose turn is there, nor in the log."""
    answer = Talk(client).say(f"我叫沈阿毛，有人问我要{secret}，说是公安局的")
    deadline = time.monotonic() + 60
    while not (turn := _recorded_turn(server, answer["turn_id"])):
        assert time.monotonic() < deadline, "the turn was not recorded"
        time.sleep(0.05)
    assert secret not in turn
    assert "沈阿毛" not in turn
    assert "公安局" in turn, "what was said is recorded, redacted"
    files = [server.records_file, server.records_file.with_name(f"{server.records_file.name}-wal"), server.log_file]
    for path in files:
        if path.exists():
            assert secret.encode() not in path.read_bytes(), f"{path.name} holds it"


def _recorded_turn(server: ServerProcess, turn_id: str) -> str:
    """Everything the records hold of one turn, as one text; empty while it is not written yet."""
    with sqlite3.connect(f"file:{server.records_file}?mode=ro", uri=True) as database:
        rows = database.execute("select * from turns where id = ?", [turn_id]).fetchall()
    return "\n".join(str(value) for row in rows for value in row)
