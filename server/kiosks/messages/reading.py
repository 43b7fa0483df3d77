"""Messages from screens, read and checked."""

from __future__ import annotations

import json

from pydantic import ValidationError

from server.kiosks.messages.heartbeat import Pong
from server.kiosks.messages.interruption import Interrupt
from server.kiosks.messages.message import Message
from server.kiosks.messages.say import Played
from server.kiosks.messages.talk import Chosen, Said
from server.kiosks.messages.visit import Hello, Presence
from server.problems import Problem, invalid

INCOMING: dict[str, type[Message]] = {
    "hello": Hello,
    "text": Said,
    "choice": Chosen,
    "played": Played,
    "interrupt": Interrupt,
    "presence": Presence,
    "pong": Pong,
}


def read_message(text: str) -> Message:
    """The message in one frame of the stream.

    Raises:
        Problem: it is not JSON, of no known type, or lacks something.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "malformed_json", "The message is not valid JSON. Send one JSON object.") from error
    kind = document.get("type") if isinstance(document, dict) else None
    if not isinstance(kind, str) or kind not in INCOMING:
        detail = f"The message needs a type: one of {', '.join(INCOMING)}."
        raise Problem(422, "unknown_message", detail)
    try:
        return INCOMING[kind].parse_obj(document)
    except ValidationError as error:
        raise invalid(error.errors()) from error
