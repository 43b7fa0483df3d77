"""The description of the interface at ``/openapi.json``, with its one error shape and its stream."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.schema import schema

from server.kiosks.messages.display import Reload, ShowGesture
from server.kiosks.messages.heartbeat import Ping
from server.kiosks.messages.interruption import Stop
from server.kiosks.messages.reading import INCOMING
from server.kiosks.messages.say import Broadcast, More, Say
from server.kiosks.messages.trouble import Trouble
from server.kiosks.messages.visit import Welcome
from server.problems import ProblemDocument
from server.routes.problem_responses import BODY, problems

_OUTGOING = (Welcome, Say, More, ShowGesture, Stop, Broadcast, Reload, Ping, Trouble)
_PREFIX = "#/components/schemas/"


def describe_api(app: FastAPI) -> None:
    """Make the application describe its problems and its stream too."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _description(app)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]


def _description(app: FastAPI) -> dict[str, Any]:
    document: dict[str, Any] = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for operation in (o for path in document["paths"].values() for o in path.values()):
        default = operation["responses"].get("422")
        if default is not None and "application/json" in default.get("content", {}):
            operation["responses"].update(jsonable_encoder(problems(s422=BODY["s422"])))
    models: list[type[BaseModel]] = [ProblemDocument, *INCOMING.values(), *_OUTGOING]
    schemas.update(schema(models, ref_prefix=_PREFIX)["definitions"])
    document["paths"]["/api/v1/kiosks/{kiosk_id}/stream"] = _stream()
    return document


def _stream() -> dict[str, Any]:
    def one_of(models: Any) -> dict[str, Any]:
        return {"oneOf": [{"$ref": _PREFIX + model.__name__} for model in models]}

    return {
        "get": {
            "tags": ["kiosks"],
            "summary": "A screen's connection (WebSocket)",
            "description": "One JSON object a message, with `type`. Closed with 1008 for a kiosk id or "
            "origin that is not accepted, 1011 when the screen falls silent, 1013 when there are too many "
            "screens or the screen takes no more messages.",
            "operationId": "stream",
            "parameters": [
                {
                    "name": "kiosk_id",
                    "in": "path",
                    "required": True,
                    "description": "1 to 64 letters, digits, `_`, `.` and `-`.",
                    "schema": {"type": "string"},
                }
            ],
            "responses": {"101": {"description": "The stream is open."}},
            "x-messages-from-screen": one_of(INCOMING.values()),
            "x-messages-to-screen": one_of(_OUTGOING),
        }
    }
