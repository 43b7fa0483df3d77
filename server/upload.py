"""A file out of a multipart form, in memory only: Starlette would put a large one on disk."""

from __future__ import annotations

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from server.problems import FieldProblem, Problem


async def uploaded(request: Request, field: str, *, max_bytes: int) -> bytes:
    """The content of the form's only file.

    Raises:
        Problem: no multipart form (400), no such file in it (422), or it is larger than ``max_bytes`` (413).
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise _malformed(field)
    parser = MultiPartParser(request.headers, request.stream(), max_files=1, max_fields=8)
    parser.spool_max_size = max_bytes + 1
    try:
        form = await parser.parse()
    except (MultiPartException, FormParserError) as error:
        raise _malformed(field) from error
    try:
        file = form.get(field)
        if not isinstance(file, UploadFile):
            fault = FieldProblem(field=f"body.{field}", detail="field required: send the picture as a file")
            raise Problem(422, "invalid_request", "Some fields can't be used; see errors.", errors=[fault])
        content = await file.read()
    finally:
        await form.close()
    if len(content) > max_bytes:
        raise Problem(413, "body_too_large", f"The file is too large. At most {max_bytes} bytes are accepted.")
    return content


def _malformed(field: str) -> Problem:
    detail = f"The body can't be read. Send a multipart form with one file in the field {field}."
    return Problem(400, "malformed_request", detail)
