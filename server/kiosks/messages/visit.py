"""A screen says hello and is welcomed; somebody comes and goes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, StrictBool

from server.kiosks.messages.message import Message
from server.schemas.answer import Choice
from server.schemas.chat import SessionId


class Hello(Message):
    """From the screen, first of all. ``session_id`` is the visit that a lost connection interrupted.

    ``parts``: it takes what is said sentence by sentence, as ``say`` and ``more``; else a ``say`` has all of it.
    """

    type: Literal["hello"]
    session_id: SessionId | None = None  # type: ignore[valid-type]
    parts: StrictBool = False


class Presence(Message):
    """From the screen: somebody has come, or has left and is to be forgotten."""

    type: Literal["presence"]
    present: StrictBool


class Rates(BaseModel):
    """Speeds of speech in words per minute."""

    normal: int
    slow: int


class Welcome(Message):
    """To the screen, for every new visit and every new connection. ``pause_ms`` of silence end what is said to it."""

    type: Literal["welcome"] = "welcome"
    session_id: str
    kiosk_id: str
    page_version: str
    idle_seconds: float
    hearing: bool
    pause_ms: int
    rates: Rates
    choices: list[Choice]
    questions: list[Choice]
    tips: list[str]
