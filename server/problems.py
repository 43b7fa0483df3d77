"""Everything that goes wrong over HTTP, in the one shape of RFC 9457: ``application/problem+json``.

No problem repeats what was sent: it may be a resident's words, and it may be an attack on whoever reads it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.faults import describe

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="Where it stands, such as `body.text`.", example="body.text")
    detail: str = Field(description="What is wrong with it.", example="ensure this value has at least 1 characters")


class ProblemDocument(BaseModel):
    """Any error (RFC 9457)."""

    type: str = Field(description="Which problem it is; never changes.", example="invalid_request")
    title: str = Field(description="The HTTP status in words.", example="Unprocessable Entity")
    status: int = Field(description="The HTTP status.", example=422)
    detail: str = Field(description="What to do about it.", example="Some fields can't be used; see errors.")
    errors: list[FieldProblem] | None = Field(None, description="The fields that are wrong, if it is fields.")


class Problem(HTTPException):
    """A problem to answer a request with. ``kind`` becomes ``type``, ``detail`` a sentence to act on."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        errors: list[FieldProblem] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.kind = kind
        self.errors = errors

    def document(self) -> dict[str, Any]:
        """The problem as JSON."""
        title = HTTPStatus(self.status_code).phrase
        document = ProblemDocument(
            type=self.kind, title=title, status=self.status_code, detail=self.detail, errors=self.errors
        )
        return document.dict(exclude_none=True)

    def response(self) -> Response:
        """The problem as an HTTP response."""
        body = json.dumps(self.document(), ensure_ascii=False)
        return Response(body, self.status_code, self.headers, MEDIA_TYPE)


_KNOWN = {
    400: ("malformed_request", "The body can't be read. Send JSON in UTF-8."),
    404: ("not_found", "There is nothing at this address. /docs lists every route."),
    405: ("method_not_allowed", "This address takes another method. /docs lists every route."),
}


def invalid(faults: Sequence[Mapping[str, Any]]) -> Problem:
    """The problem for fields that failed validation, given pydantic's account of them."""
    if any(fault["type"] in ("json_invalid", "value_error.jsondecode") for fault in faults):
        return Problem(400, "malformed_json", "The body is not valid JSON. Send one JSON object in UTF-8.")
    errors = [FieldProblem(field=".".join(map(str, fault["loc"])), detail=_sentence(fault)) for fault in faults]
    return Problem(422, "invalid_request", "Some fields can't be used; see errors.", errors=errors)


def _sentence(fault: Mapping[str, Any]) -> str:
    """What is wrong with a field. A whole body that is no object mostly came under another media type."""
    if tuple(fault["loc"]) == ("body",):
        return "send a JSON object, with the header content-type: application/json"
    return str(fault["msg"])


def unexpected() -> Problem:
    """The problem for a fault of ours."""
    return Problem(500, "internal_error", "Something went wrong here. Try again; if it stays, tell the operator.")


async def _answer(_: Request, error: Exception) -> Response:
    if isinstance(error, Problem):
        return error.response()
    if isinstance(error, RequestValidationError):
        return invalid(error.errors()).response()
    assert isinstance(error, HTTPException)
    kind, detail = _KNOWN.get(error.status_code, ("http_error", HTTPStatus(error.status_code).phrase + "."))
    return Problem(error.status_code, kind, detail, headers=error.headers).response()


class UnexpectedErrors:
    """Answers an error nobody expected with a problem and logs where it happened, but no words."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            _log.error("unexpected: %s", describe(error))
            if scope["type"] == "http" and not started:
                await unexpected().response()(scope, receive, send)


def install(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(HTTPException, _answer)
    app.add_exception_handler(RequestValidationError, _answer)
    app.add_middleware(UnexpectedErrors)
