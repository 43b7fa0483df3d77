"""How routes tell OpenAPI of their problems."""

from __future__ import annotations

from typing import Any

from server.problems import MEDIA_TYPE

_SCHEMA = {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}


def problems(**kinds: str) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses by status: ``problems(s404="unknown_session: …")``."""
    return {int(status[1:]): {"description": text, "content": {MEDIA_TYPE: _SCHEMA}} for status, text in kinds.items()}


BODY = {
    "s400": "`malformed_json`, `malformed_request`: the body can't be read.",
    "s413": "`body_too_large`: the body is larger than this address accepts.",
    "s422": "`invalid_request`: fields can't be used; `errors` says which and why.",
}
