"""POST /speech: read a text aloud, and GET the sound."""

from __future__ import annotations

import re

from fastapi import APIRouter, Depends, Path, Response
from fastapi.responses import FileResponse

from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import BODY, problems
from server.schemas.speech import Speech, SpeechRequest
from server.voice.errors import NothingToSay, TextTooLong

router = APIRouter(tags=["speech"])
_KEY = re.compile(r"[A-Za-z0-9_-]{1,128}\Z")
_A_YEAR = 31_536_000


@router.post(
    "/speech",
    response_model=Speech,
    summary="Read a text aloud",
    responses=problems(
        **BODY,
        s503="`voice_unavailable`: there is no voice right now.",
    ),
)
async def speech(request: SpeechRequest, parts: Parts = Depends(of_request)) -> Speech:
    """The same text is spoken once and then served from a cache."""
    try:
        return await parts.speaker.speak(str(request.text), dialect=request.dialect.value, rate=request.rate)
    except NothingToSay as error:
        raise Problem(422, "nothing_to_say", "The text holds nothing that can be pronounced.") from error
    except TextTooLong as error:
        raise Problem(422, "text_too_long", "The text is too long to be spoken in one go.") from error
    except Exception as error:
        detail = "There is no voice right now. Show the text, and try again later."
        raise Problem(503, "voice_unavailable", detail) from error


@router.get(
    "/speech/{key}.wav",
    response_class=FileResponse,
    summary="Get the sound of a spoken text",
    responses={
        200: {"description": "The whole sound.", "content": {"audio/wav": {}}},
        206: {"description": "The part that `Range` asked for.", "content": {"audio/wav": {}}},
        **problems(s404="`unknown_speech`: there is no such sound, or no longer; ask `/speech` again."),
    },
)
def wav(
    key: str = Path(description="As in the `url` that `/speech` returned."),
    parts: Parts = Depends(of_request),
) -> Response:
    """A sound never changes, so it may be kept, unless it holds what is private."""
    known = bool(_KEY.match(key))
    path = parts.voice.wav_path(key) if known else None
    if path is not None and path.is_file():
        headers = {"cache-control": f"private, max-age={_A_YEAR}, immutable"}
        return FileResponse(path, media_type="audio/wav", headers=headers)
    # What is not for the disk of this machine is not for the browser's either; with a full disk there is none.
    sound = parts.voice.wav_bytes(key) if known else None
    if sound is None:
        raise Problem(404, "unknown_speech", "There is no such sound, or no longer. Ask /speech again.")
    return Response(sound, media_type="audio/wav", headers={"cache-control": "no-store"})
