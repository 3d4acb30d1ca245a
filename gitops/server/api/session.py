"""Sessions of the pages: the token is exchanged for a cookie that scripts cannot read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from gitops.server.access import COOKIE, Gate

router = APIRouter(tags=["session"])


@router.post("/api/v1/session", status_code=204)
def open_session(request: Request, response: Response, token: Annotated[str, Body(embed=True)]) -> None:
    """Set the session cookie when the token is right; 401 when it is not."""
    gate: Gate = request.app.state.gate
    if gate.session is not None and not gate.accepts(token):
        response.status_code = 401
        return
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, gate.session or "", httponly=True, samesite="strict", secure=secure)
