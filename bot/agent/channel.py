"""The output channel that gathers what a turn's actions say."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class GatheringChannel(OutputChannel):  # type: ignore[misc]
    """Keeps whole responses: text and ``custom`` payload of one stay together."""

    def __init__(self) -> None:
        self.responses: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "kiosk"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Called by Rasa once a response."""
        self.responses.append(message)
