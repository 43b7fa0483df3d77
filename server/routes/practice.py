"""/practice: cards under which residents go on practising, and what to practise next."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from bot.drills.practice import PastRun, Reason, plan
from bot.practice.cards import CardsUnavailable, TooManyTries, UnknownCard
from bot.practice.numbers import LENGTH, NotACardNumber, WrongCheckDigit, shown
from server.parts import Parts, of_request
from server.practice.store import utc_today
from server.problems import Problem
from server.routes.problem_responses import BODY, problems
from server.schemas.text import Text

router = APIRouter(prefix="/practice", tags=["drills"])
T = TypeVar("T")
_UNAVAILABLE = "`cards_unavailable`: cards can't be read or written now."
_NUMBER = "The number of a practice card, nine digits; spaces and dashes do not matter."
_CARD_PROBLEMS = problems(
    **{
        **BODY,
        "s422": "`invalid_request`: fields can't be used. `not_a_card_number`: it has not nine digits. "
        "`mistyped_card_number`: nine digits that were never given out; one is wrong, or two are swapped.",
    },
    s404="`unknown_card`: no card has this number, or it was cleared away after a long time without use.",
    s429="`too_many_tries`: too many unknown numbers were tried within a minute; `retry-after` says when to go on.",
    s503=_UNAVAILABLE,
)


class CardMade(BaseModel):
    """A new card. Its number is told here and never again."""

    card: str = Field(description=_NUMBER, example="483920176")
    shown: str = Field(description="In groups of three, as it is read aloud.", example="483 920 176")


class CardNamed(BaseModel):
    """Which card is meant."""

    card: Text = Field(description=_NUMBER, example="483 920 176")


class PlanRequest(BaseModel):
    """For whom to plan."""

    card: Text | None = Field(default=None, description=_NUMBER + " `null` for somebody who has never practised.")


class Planned(BaseModel):
    """One drill that may come next."""

    scenario_id: str
    title: str
    reason: Reason = Field(description="Why it is proposed.")
    sentence: str = Field(description="The same in words for residents; does not tell whether a fraud is played.")


class Plan(BaseModel):
    """What to practise next, in this order."""

    runs: int = Field(description="Ended drills on the card.")
    proposals: list[Planned] = Field(description="Up to three different drills.")


@router.post(
    "/cards",
    response_model=CardMade,
    status_code=201,
    summary="Make a practice card",
    responses=problems(s429="`too_many_cards`: too many cards were made within a minute.", s503=_UNAVAILABLE),
)
async def make(response: Response, parts: Parts = Depends(of_request)) -> CardMade:
    """The number is kept nowhere: only a keyed hash of it, and the drills practised with it. It names nobody."""
    try:
        made = await _kept(parts.cards.new)
    except TooManyTries as error:
        raise _wait(error, "too_many_cards", "Too many cards were made. Wait a minute, then try again.") from None
    response.headers["cache-control"] = "no-store"
    return CardMade(card=made.number, shown=shown(made.number))


@router.post("/plan", response_model=Plan, summary="Plan what to practise next", responses=_CARD_PROBLEMS)
async def propose(request: PlanRequest, response: Response, parts: Parts = Depends(of_request)) -> Plan:
    """Repeats that are due first, then frauds and genuine contacts in turn, as hard as results allow."""
    history: list[PastRun] = []
    if request.card is not None:
        card = await _found(parts, request.card)
        history = await _kept(lambda: parts.cards.history(card))
    words = parts.conversation.words.practice
    proposals = plan(history, parts.conversation.scenarios.all(), utc_today())
    response.headers["cache-control"] = "no-store"
    return Plan(
        runs=len(history),
        proposals=[
            Planned(
                scenario_id=proposal.scenario.id,
                title=proposal.scenario.title,
                reason=proposal.reason,
                sentence=words.because(proposal),
            )
            for proposal in proposals
        ],
    )


@router.delete(
    "/cards",
    status_code=204,
    response_class=Response,
    summary="Forget a practice card",
    responses=_CARD_PROBLEMS,
)
async def forget(request: CardNamed, parts: Parts = Depends(of_request)) -> Response:
    """The card and everything practised with it are deleted. The number stands in the body, since addresses are
    logged on the way."""
    card = await _found(parts, request.card)
    await _kept(lambda: parts.cards.forget(card))
    return Response(status_code=204)


async def _found(parts: Parts, number: str) -> str:
    try:
        return await _kept(lambda: parts.cards.find(number))
    except NotACardNumber:
        detail = f"A practice card has {LENGTH} digits. Send all of them; spaces and dashes do not matter."
        raise Problem(422, "not_a_card_number", detail) from None
    except WrongCheckDigit:
        detail = "A digit of this number is wrong, or two are swapped. Compare it with the card and send it again."
        raise Problem(422, "mistyped_card_number", detail) from None
    except UnknownCard:
        detail = "No card has this number; unused cards are cleared away. POST /api/v1/practice/cards makes a new one."
        raise Problem(404, "unknown_card", detail) from None
    except TooManyTries as error:
        detail = "Too many unknown numbers were tried. Wait a minute, then try again."
        raise _wait(error, "too_many_tries", detail) from None


async def _kept(call: Callable[[], T]) -> T:
    """What a call to the cards gives, made off the event loop."""
    try:
        return await asyncio.to_thread(call)
    except CardsUnavailable:
        detail = "Practice cards can't be read or written now. Drills can be played without one; tell the operator."
        raise Problem(503, "cards_unavailable", detail) from None


def _wait(error: TooManyTries, kind: str, detail: str) -> Problem:
    return Problem(429, kind, detail, headers={"retry-after": str(max(1, math.ceil(error.seconds)))})
