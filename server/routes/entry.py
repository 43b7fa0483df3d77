"""GET /input/candidates: Chinese for what is typed on the keyboard of the kiosk page."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from server.entry.keyboard import KeyboardNotReady
from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import problems

router = APIRouter(prefix="/input", tags=["kiosks"])
_MOST_LETTERS, _MOST_CANDIDATES = 60, 60


class CandidateOut(BaseModel):
    """Something to write."""

    text: str
    typed: int = Field(description="Characters of `pinyin` that it stands for; the rest is still to be chosen.")


class Candidates(BaseModel):
    """What may be meant, the likeliest first."""

    candidates: list[CandidateOut]


@router.get(
    "/candidates",
    response_model=Candidates,
    summary="Candidates for pinyin",
    responses=problems(
        s422="`invalid_request`: not pinyin.",
        s503="`keyboard_not_ready`: the dictionary is still being loaded; ask again in some seconds.",
    ),
)
async def candidates(
    response: Response,
    pinyin: str = Query(
        pattern=r"^[a-z][a-z']*\Z",
        max_length=_MOST_LETTERS,
        description="Whole (`zhuanzhang`), cut short (`zhuanz`) or initials only (`zz`); `'` may part syllables.",
    ),
    most: int = Query(default=30, ge=1, le=_MOST_CANDIDATES, description="How many at most."),
    parts: Parts = Depends(of_request),
) -> Candidates:
    """By how common they are, the words of `data/entry/words.yml` before others; z/zh, n/l, in/ing count as alike."""
    response.headers["cache-control"] = "no-store"  # what somebody types stays nowhere
    try:
        found = await parts.keyboard.candidates(pinyin, most)
    except KeyboardNotReady as error:
        raise Problem(
            503, "keyboard_not_ready", "The dictionary is being loaded. Ask again in some seconds."
        ) from error
    return Candidates(candidates=[CandidateOut(text=one.text, typed=one.typed) for one in found])
