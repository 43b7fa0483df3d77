"""What a screen shows beside what is said."""

from __future__ import annotations

from typing import Literal

from bot.identifiers import Gesture
from server.kiosks.messages.message import Message


class ShowGesture(Message):
    """To the screen: move like this."""

    type: Literal["gesture"] = "gesture"
    gesture: Gesture


class Reload(Message):
    """To the screen: load the page again as soon as nobody is there."""

    type: Literal["reload"] = "reload"
