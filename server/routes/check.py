"""POST /check: judge one message, typed or photographed, without a conversation."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Depends, File, UploadFile

from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import BODY, problems
from server.schemas.answer import CheckResponse, assessment_json
from server.schemas.chat import CheckRequest

router = APIRouter(tags=["judgement"])


@router.post(
    "/check",
    response_model=CheckResponse,
    summary="Judge a message or situation",
    responses=problems(**BODY, s503="`judge_unavailable`: the judge failed; ask again."),
)
async def check(request: CheckRequest, parts: Parts = Depends(of_request)) -> dict[str, Any]:
    """Nothing is remembered and nothing is recorded."""
    try:
        assessment = await asyncio.to_thread(parts.conversation.check, str(request.text))
    except Exception as error:
        detail = "The message can't be judged right now. Try again in a moment."
        raise Problem(503, "judge_unavailable", detail) from error
    return {"assessment": assessment_json(assessment, parts.conversation.scam_name, request.text.offset)}


def _is_picture(head: bytes) -> bool:
    png, jpeg = head.startswith(b"\x89PNG\r\n\x1a\n"), head.startswith(b"\xff\xd8\xff")
    return png or jpeg or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


@router.post(
    "/check/image",
    summary="Judge a photographed screen",
    responses=problems(
        **BODY,
        s415="`unsupported_image`: not a PNG, JPEG or WebP picture.",
        s503="`ocr_not_configured`: this installation can't read pictures.",
    ),
)
async def check_image(
    image: UploadFile = File(description="A PNG, JPEG or WebP picture, up to 8 MB."),
    parts: Parts = Depends(of_request),
) -> dict[str, Any]:
    """Reads a picture of a message and judges it. Needs a text recogniser."""
    size = image.size or 0
    limit = parts.settings.http.max_image_bytes
    if size > limit:
        raise Problem(413, "body_too_large", f"The picture is too large. At most {limit} bytes are accepted.")
    if not _is_picture(await image.read(16)):
        raise Problem(415, "unsupported_image", "This is no picture that can be read. Send PNG, JPEG or WebP.")
    detail = "This installation has no text recogniser. Type the message in, or send it to /check as text."
    raise Problem(503, "ocr_not_configured", detail)
