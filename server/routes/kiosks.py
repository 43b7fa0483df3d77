"""WebSocket /kiosks/{kiosk_id}/stream: one screen's connection."""

from __future__ import annotations

import re

from fastapi import APIRouter, Depends, WebSocket

from server.kiosks.hub import HubFull
from server.kiosks.screen import Screen
from server.kiosks.visit import Visit
from server.parts import Parts, of_socket
from server.schemas.chat import KIOSK_ID

router = APIRouter()
_KIOSK_ID = re.compile(KIOSK_ID[:-1] + r"\Z")
_POLICY, _TOO_MANY = 1008, 1013


@router.websocket("/kiosks/{kiosk_id}/stream")
async def stream(socket: WebSocket, kiosk_id: str, parts: Parts = Depends(of_socket)) -> None:
    """Serves one screen until it goes. See ``server/kiosks/messages`` for what is said."""
    await socket.accept()
    if not _KIOSK_ID.match(kiosk_id) or not _same_origin(socket):
        await socket.close(_POLICY)
        return
    desk = parts.desk(kiosk_id)
    screen = Screen(
        socket,
        Visit(desk.sessions, kiosk_id),
        kiosk_id,
        stage=parts.stage,
        settings=parts.settings.kiosk,
        conversation=parts.conversation,
        turns=desk.turns,
        speaker=parts.speaker,
        records=desk.records,
        opening=parts.previews.opening(kiosk_id),
    )
    try:
        with parts.hub.connected(screen):
            await screen.run()
    except HubFull:
        await socket.close(_TOO_MANY)


def _same_origin(socket: WebSocket) -> bool:
    """Pages of other sites must not listen in; programs, which send no origin, may."""
    origin = socket.headers.get("origin")
    return origin is None or origin.split("://")[-1] == socket.headers.get("host")
