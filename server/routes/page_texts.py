"""GET /page-texts: what the kiosk page writes on its buttons and cards."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from bot.yaml_source import ContentError, load_yaml
from server.parts import Parts, of_request
from server.problems import Problem
from server.routes.problem_responses import problems

router = APIRouter(tags=["kiosks"])


@router.get(
    "/page-texts",
    response_model=dict[str, Any],
    summary="Texts of the kiosk page",
    responses=problems(s503="`page_texts_missing`: the texts can't be read; the page keeps its own."),
)
def page_texts(parts: Parts = Depends(of_request)) -> JSONResponse:
    """`data/knowledge/page.yml` as it stands, read anew each time so that staff see an edit at once."""
    path = parts.settings.bot.data_dir / "knowledge" / "page.yml"
    try:
        texts = load_yaml(path)
    except ContentError as error:
        detail = "The texts of the page can't be read. Check data/knowledge/page.yml."
        raise Problem(503, "page_texts_missing", detail) from error
    return JSONResponse(jsonable_encoder(texts), headers={"cache-control": "no-cache"})
