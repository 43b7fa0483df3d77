"""The parts of the running application, as routes get them."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request, WebSocket

from server.entry.keyboard import Keyboard
from server.interfaces import Conversation, Ears, Records, Voice
from server.kept_answers import KeptAnswers
from server.kiosks.hub import Hub
from server.kiosks.stage import Stage
from server.metrics import Metrics
from server.practice.store import CardStore
from server.previews import Previews
from server.sessions import Sessions
from server.settings import Settings
from server.sight.sight import Sight
from server.speaker import Speaker
from server.tip_board import TipBoard
from server.turns import Turns


@dataclass(frozen=True)
class Parts:
    """Everything a route may need."""

    settings: Settings
    conversation: Conversation
    voice: Voice
    ears: Ears
    records: Records
    cards: CardStore
    metrics: Metrics
    sessions: Sessions
    turns: Turns
    speaker: Speaker
    hub: Hub
    stage: Stage
    keyboard: Keyboard
    previews: Previews
    tips: TipBoard
    sight: Sight
    kept_answers: KeptAnswers

    def desk(self, kiosk_id: str | None, session_id: str | None = None) -> Parts | Previews:
        """Who keeps the sessions, turns and records of a visit: the previews do it apart from all others."""
        return self.previews if self.previews.serves(kiosk_id, session_id) else self


async def of_request(request: Request) -> Parts:
    """The parts of the application that serves this request. A coroutine: threads would mix up the order."""
    parts: Parts = request.app.state.parts
    return parts


async def of_socket(websocket: WebSocket) -> Parts:
    """The parts of the application that serves this stream."""
    parts: Parts = websocket.app.state.parts
    return parts
