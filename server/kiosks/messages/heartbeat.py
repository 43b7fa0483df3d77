"""Whether the other end is still there."""

from __future__ import annotations

from typing import Literal

from server.kiosks.messages.message import Message


class Ping(Message):
    """To the screen, every now and then."""

    type: Literal["ping"] = "ping"


class Pong(Message):
    """From the screen, in answer to a ping."""

    type: Literal["pong"]
