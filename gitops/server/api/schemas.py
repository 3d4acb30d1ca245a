"""The JSON Schema of flows as this service reads them, the types of installed packages included; editors ask for it."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Header, Response

from gitops.app import App
from gitops.server.api.parts import AppPart

router = APIRouter(tags=["schemas"])
_TYPE = "application/schema+json"


# Both addresses are in use by editors' settings.
@router.get("/schemas/flow.json", response_class=Response)
@router.get("/plugins/schemas/flow", response_class=Response)
def flow_schema(app: AppPart, if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """The schema; 304 when the client has it already."""
    text, tag = _rendered(app)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if if_none_match == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type=_TYPE, headers=headers)


@lru_cache(maxsize=1)
def _rendered(app: App) -> tuple[bytes, str]:
    text = json.dumps(app.schema, ensure_ascii=False).encode()
    return text, f'"{hashlib.sha256(text).hexdigest()[:32]}"'
