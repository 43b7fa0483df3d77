"""DELETE /sessions/{id}: forget a conversation."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Path, Response

from server.parts import Parts, of_request
from server.routes.chat import unknown_session
from server.routes.problem_responses import problems

router = APIRouter(tags=["conversation"])


@router.delete(
    "/sessions/{session_id}",
    status_code=204,
    response_class=Response,
    summary="Forget a session",
    responses=problems(s404="`unknown_session`: the session is not open, or no longer."),
)
async def forget(
    session_id: str = Path(description="The session, as `/chat` named it."),
    parts: Parts = Depends(of_request),
) -> Response:
    """Everything said in it is gone at once; the redacted records stay for their retention time."""
    if not await parts.desk(None, session_id).sessions.close(session_id, "deleted"):
        raise unknown_session()
    return Response(status_code=204)
