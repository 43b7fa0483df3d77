"""What a resident says or taps."""

from __future__ import annotations

from typing import Literal

from bot.identifiers import Dialect
from server.kiosks.messages.message import Message
from server.schemas.speech import Rate
from server.schemas.text import Text


class Said(Message):
    """From the screen: typed or recognised words. ``rate`` is how fast to answer, in words per minute."""

    type: Literal["text"]
    text: Text
    dialect: Dialect | Literal["auto"] | None = None
    rate: Rate | None = None  # type: ignore[valid-type]


class Chosen(Message):
    """From the screen: the ``text`` of a button."""

    type: Literal["choice"]
    text: Text
    rate: Rate | None = None  # type: ignore[valid-type]
