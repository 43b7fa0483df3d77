"""Length-prefixed frames on a byte stream: a JSON object, and raw bytes after it.

Four bytes big-endian give the length of the JSON, four more that of the bytes, then both follow.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_HEADER = struct.Struct(">II")
_LONGEST = 64 * 1024 * 1024


class StreamBroken(Exception):
    """The other side is gone, or what came was no frame."""


def write_frame(stream: IO[bytes], message: dict[str, Any], payload: bytes = b"") -> None:
    """Send one frame and flush. Raises :class:`StreamBroken`."""
    body = json.dumps(message, ensure_ascii=False).encode("utf-8")
    try:
        stream.write(_HEADER.pack(len(body), len(payload)) + body + payload)
        stream.flush()
    except (OSError, ValueError) as error:
        raise StreamBroken(str(error)) from error


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Wait for one frame. Raises :class:`StreamBroken` at the end of the stream or for anything else."""
    body_length, payload_length = _HEADER.unpack(_read_exactly(stream, _HEADER.size))
    if body_length > _LONGEST or payload_length > _LONGEST:
        raise StreamBroken("a frame of impossible length")
    body = _read_exactly(stream, body_length)
    payload = _read_exactly(stream, payload_length)
    try:
        message = json.loads(body)
    except ValueError as error:
        raise StreamBroken("a frame that is not JSON") from error
    if not isinstance(message, dict):
        raise StreamBroken("a frame that is not an object")
    return message, payload


def _read_exactly(stream: IO[bytes], count: int) -> bytes:
    chunks = []
    while count:
        try:
            chunk = stream.read(count)
        except (OSError, ValueError) as error:
            raise StreamBroken(str(error)) from error
        if not chunk:
            raise StreamBroken("the stream ended")
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)
