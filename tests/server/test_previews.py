"""Previews: a drill tried out on a screen of its own, of which nothing is recorded or counted."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient
from played import DATA, PlayedConversation

from server.settings import Settings

PREVIEWS = "/api/v1/previews"
EXAMPLE = (DATA.parent / "docs" / "drill-example.yml").read_text(encoding="utf-8")


def preview(client: TestClient, **body: str) -> dict[str, Any]:
    response = client.post(PREVIEWS, json=body)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def visit(client: TestClient, conversation: PlayedConversation, kiosk_id: str, *said: str) -> tuple[str, list[str]]:
    """Somebody comes to the screen, says that, and goes; returns the session and all that was said in it."""
    with client.websocket_connect(f"/api/v1/kiosks/{kiosk_id}/stream") as socket:
        socket.send_json({"type": "hello", "session_id": None})
        session_id = str(socket.receive_json()["session_id"])
        socket.send_json({"type": "presence", "present": True})
        socket.receive_json()
        for text in said:
            socket.send_json({"type": "text", "text": text})
            turn = socket.receive_json()
            socket.send_json({"type": "played", "turn_id": turn["turn_id"], "ms": 10})
        heard = list(conversation.said.get(session_id, []))
        socket.send_json({"type": "presence", "present": False})
    return session_id, heard


def rows(settings: Settings) -> dict[str, int]:
    connection = sqlite3.connect(settings.records.path)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0] for name in names}
    finally:
        connection.close()


def test_a_preview_begins_with_its_drill_and_is_not_recorded(
    client: TestClient, conversation: PlayedConversation, settings: Settings
) -> None:
    made = preview(client, text=EXAMPLE)
    assert made["path"] == f"/?kiosk={made['kiosk_id']}" and made["title"] == "上门测水质"
    before, figures = rows(settings), client.get("/metrics").text
    session_id, heard = visit(client, conversation, made["kiosk_id"], "好的")
    tried = conversation.scenarios.previews.of(session_id)
    assert tried is not None and tried.id == "drill-example"
    assert heard == ["我想做一次防骗演练", "好的"]
    assert session_id in conversation.forgotten
    client.post("/api/v1/chat", json={"text": "好的", "kiosk_id": made["kiosk_id"]})
    counted = [line for line in client.get("/metrics").text.splitlines() if line.startswith("hean_turns_total")]
    assert counted == [line for line in figures.splitlines() if line.startswith("hean_turns_total")]
    visit(client, conversation, "hall", "好的")
    client.__exit__(None, None, None)  # what waits is written
    after = rows(settings)
    assert after["sessions"] == before.get("sessions", 0) + 1, "the visit to the hall and no other"


def test_an_ordinary_screen_tries_nothing(client: TestClient, conversation: PlayedConversation) -> None:
    preview(client, scenario_id="gas-check-parts")
    session_id, heard = visit(client, conversation, "hall", "好的")
    assert conversation.scenarios.previews.of(session_id) is None
    assert heard == ["好的"]


def test_a_preview_screen_that_is_not_known_any_more_is_still_not_recorded(
    client: TestClient, conversation: PlayedConversation, settings: Settings
) -> None:
    visit(client, conversation, "preview-0123456789ab", "好的")
    client.__exit__(None, None, None)
    assert rows(settings).get("sessions", 0) == 0


def test_over_http_too_and_the_session_can_be_deleted(client: TestClient, conversation: PlayedConversation) -> None:
    made = preview(client, scenario_id="gas-check-parts")
    first = client.post("/api/v1/chat", json={"text": "好的", "kiosk_id": made["kiosk_id"]}).json()
    again = client.post("/api/v1/chat", json={"text": "好的", "session_id": first["session_id"]})
    assert again.json()["session_id"] == first["session_id"]
    assert conversation.scenarios.previews.of(first["session_id"]).id == "gas-check-parts"  # type: ignore[union-attr]
    assert client.delete(f"/api/v1/sessions/{first['session_id']}").status_code == 204
    assert client.delete(f"/api/v1/sessions/{first['session_id']}").status_code == 404


def test_a_broken_scenario_is_refused_with_its_faults(client: TestClient) -> None:
    text = EXAMPLE.replace("channel: doorstep", "channel: letter")
    response = client.post(PREVIEWS, json={"text": text})
    assert response.status_code == 422
    problem = response.json()
    line = 1 + text[: text.index("channel:")].count("\n")
    assert problem["type"] == "invalid_scenario" and problem["errors"][0]["field"] == f"text:{line}:1"


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({}, 422, "invalid_request"),
        ({"scenario_id": "a", "text": "b"}, 422, "invalid_request"),
        ({"scenario_id": "no-such-drill"}, 404, "unknown_scenario"),
        ({"scenario_id": "x" * 101}, 422, "invalid_request"),
        ({"scenario_id": ["a"]}, 422, "invalid_request"),
        ({"text": ""}, 422, "invalid_scenario"),
        ({"text": "\x00"}, 422, "invalid_scenario"),
        ({"text": "/intent{}"}, 422, "invalid_scenario"),
        ({"text": "🙂" * 10_000}, 422, "invalid_scenario"),
        ({"text": "<script>"}, 422, "invalid_scenario"),
        ({"text": "a: &a [*a, *a]\nb: *a"}, 422, "invalid_scenario"),
        (
            {
                "text": "a: &a [x,x,x,x,x,x,x,x,x]\n"
                + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in pairwise("abcdefghi"))
            },
            422,
            "invalid_scenario",
        ),
        ({"text": "[" * 5000}, 422, "invalid_scenario"),
        ({"text": "id: " + "x" * 140_000}, 413, "body_too_large"),
    ],
)
def test_whatever_is_sent_is_answered_with_a_problem(
    client: TestClient, body: dict[str, Any], status: int, kind: str
) -> None:
    response = client.post(PREVIEWS, json=body)
    assert (response.status_code, response.json()["type"]) == (status, kind), response.text


def test_only_the_latest_previews_are_kept(client: TestClient) -> None:
    first = preview(client, scenario_id="gas-check-parts")
    for _ in range(50):
        last = preview(client, scenario_id="gas-check-parts")
    previews = client.app.state.parts.previews  # type: ignore[attr-defined]
    assert previews.opening(first["kiosk_id"]) is None and previews.opening(last["kiosk_id"])
