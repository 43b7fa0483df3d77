"""The parts of the running application, as routes get them."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request, WebSocket

from server.interfaces import Conversation, Records, Voice
from server.kiosks.hub import Hub
from server.kiosks.stage import Stage
from server.metrics import Metrics
from server.sessions import Sessions
from server.settings import Settings
from server.speaker import Speaker
from server.turns import Turns


@dataclass(frozen=True)
class Parts:
    """Everything a route may need."""

    settings: Settings
    conversation: Conversation
    voice: Voice
    records: Records
    metrics: Metrics
    sessions: Sessions
    turns: Turns
    speaker: Speaker
    hub: Hub
    stage: Stage


async def of_request(request: Request) -> Parts:
    """The parts of the application that serves this request. A coroutine: threads would mix up the order."""
    parts: Parts = request.app.state.parts
    return parts


async def of_socket(websocket: WebSocket) -> Parts:
    """The parts of the application that serves this stream."""
    parts: Parts = websocket.app.state.parts
    return parts
