"""Silence, at once."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from server.kiosks.messages.message import Message


class Interrupt(Message):
    """From the screen: stop speaking, and drop what is still being answered."""

    type: Literal["interrupt"]
    turn_id: str | None = Field(default=None, max_length=64)


class Stop(Message):
    """To the screen: stop speaking."""

    type: Literal["stop"] = "stop"
