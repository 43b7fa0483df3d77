"""POST /check/image: read and judge a photographed screen."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import Any

from fastapi import APIRouter, Depends, Query, Request

from bot.identifiers import Dialect
from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.chat import unknown_session
from server.routes.problem_responses import BODY, problems
from server.schemas.sight import Seen, seen_json
from server.sessions import SESSION_ID
from server.sight.picture import Fault, UnusablePicture
from server.sight.reader import ReaderMissing
from server.sight.sheet import Sheet
from server.sight.sight import Sight, SightBusy, SightUnavailable
from server.upload import uploaded

router = APIRouter(tags=["judgement"])

_FIELD = "image"
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [_FIELD],
                    "properties": {
                        _FIELD: {
                            "type": "string",
                            "format": "binary",
                            "description": "A PNG, JPEG or WebP picture, up to 8 MB and 50 million pixels.",
                        }
                    },
                }
            }
        },
    }
}
_FAULTS = {
    Fault.EMPTY: (415, "unsupported_image", "The file is empty. Take the photo again and send PNG, JPEG or WebP."),
    Fault.UNSUPPORTED: (415, "unsupported_image", "This is no picture that can be read. Send PNG, JPEG or WebP."),
    Fault.BROKEN: (422, "unusable_image", "The picture is broken or cut off. Take it again and send the whole file."),
    Fault.TOO_SMALL: (
        422,
        "image_too_small",
        "The picture is too small to read. Send one of 32 pixels a side or more.",
    ),
    Fault.TOO_MANY_PIXELS: (
        *(413, "image_too_large"),
        "The picture has too many pixels. Send at most 50 million, and 16000 a side.",
    ),
}


@router.post(
    "/check/image",
    response_model=Seen,
    summary="Judge a photographed screen",
    responses=problems(
        s400=BODY["s400"],
        s404="`unknown_session`: the session is not open, or no longer.",
        s413="`body_too_large`, `image_too_large`: too many bytes, or too many pixels.",
        s415="`unsupported_image`: not a PNG, JPEG or WebP picture.",
        s422="`invalid_request`: no file in the field `image`; `unusable_image`: broken or cut off; `image_too_small`.",
        s429="`too_many_pictures`: others wait already; try again in a moment.",
        s503="`ocr_not_configured`: this installation can't read pictures; `ocr_unavailable`: not at this moment; "
        "`judge_unavailable`: the judge failed; ask again.",
    ),
    openapi_extra=_FORM,
)
async def check_image(
    request: Request,
    speak: bool = Query(False, description="Whether to speak the reply; see `audio`."),
    rate: int = Query(150, ge=80, le=300, description="Speed of speech in words per minute."),
    session_id: str | None = Query(
        None,
        pattern=SESSION_ID[:-1] + r"\Z",
        description="The session in which the picture is shown; what is said later is understood in its light.",
    ),
    parts: Parts = Depends(of_request),
) -> dict[str, Any]:
    """Reads a picture of a screen, however it was held, and judges what stands on it. Neither is kept or recorded; a
    session remembers what was told, in memory, until it ends.

    A picture without writing is no error: `text` is empty, and `reply` says what to do.
    """
    desk = parts.desk(None, session_id)
    if session_id is not None and not desk.sessions.knows(session_id):
        raise unknown_session()
    picture = await uploaded(request, _FIELD, max_bytes=parts.settings.http.max_image_bytes)
    begun = perf_counter()
    sheet = await _read(parts.sight, picture)
    read = perf_counter()
    try:
        if session_id is None:
            assessment, reply = await asyncio.to_thread(parts.conversation.seen, sheet.text)
        else:
            assessment, reply = await desk.sessions.shown(session_id, sheet.text)
    except Exception as error:
        detail = "The picture can't be judged right now. Try again in a moment."
        raise Problem(503, "judge_unavailable", detail) from error
    judged = perf_counter()
    audio = await parts.speaker.reply(reply, dialect=Dialect.CMN, rate=rate) if speak else None
    timings = {"reading": round((read - begun) * 1000, 1), "judging": round((judged - read) * 1000, 1)}
    return seen_json(sheet, assessment, reply, audio, parts.conversation.scam_name, timings)


async def _read(sight: Sight, picture: bytes) -> Sheet:
    try:
        return await sight.read(picture)
    except UnusablePicture as error:
        raise Problem(*_FAULTS[error.fault]) from error
    except ReaderMissing as error:
        detail = "This installation has no text recogniser. Type the message in, or send it to /check as text."
        raise Problem(503, "ocr_not_configured", detail) from error
    except SightBusy as error:
        raise Problem(429, "too_many_pictures", "Other pictures are being read. Try again in a moment.") from error
    except SightUnavailable as error:
        detail = "The picture can't be read right now. Try again, or send the message to /check as text."
        raise Problem(503, "ocr_unavailable", detail) from error
