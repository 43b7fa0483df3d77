"""A screen's side of the stream."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession

from server.kiosks.screen import Screen
from server.kiosks.visit import Visit
from server.parts import Parts
from server.settings import Settings

Socket = WebSocketTestSession


@contextmanager
def screen(client: TestClient, kiosk_id: str = "hall", *, hello: bool = True, parts: bool = False) -> Iterator[Socket]:
    """A connected screen that has said hello, unless it does so itself."""
    with client.websocket_connect(f"/api/v1/kiosks/{kiosk_id}/stream") as socket:
        if hello:
            socket.send_json({"type": "hello", "session_id": None, **({"parts": True} if parts else {})})
        yield socket


@contextmanager
def welcomed(client: TestClient, kiosk_id: str = "hall", *, parts: bool = False) -> Iterator[Socket]:
    """A connected screen that has said hello and been welcomed."""
    with screen(client, kiosk_id, parts=parts) as socket:
        next_of(socket, "welcome")
        yield socket


def screen_on(socket: object, app: FastAPI, settings: Settings) -> Screen:
    """The server's side of a screen behind a socket that the test plays."""
    parts: Parts = app.state.parts
    return Screen(
        socket,  # type: ignore[arg-type]
        Visit(parts.sessions, "hall"),
        "hall",
        stage=parts.stage,
        settings=settings.kiosk,
        conversation=parts.conversation,
        turns=parts.turns,
        speaker=parts.speaker,
        records=parts.records,
    )


def next_of(socket: Socket, kind: str) -> dict[str, Any]:
    """The next message, which has to be of that type."""
    message: dict[str, Any] = socket.receive_json()
    assert message["type"] == kind, message
    return message
