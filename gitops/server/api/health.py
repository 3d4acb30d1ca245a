"""Whether the service is alive and can reach its database."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from gitops.server.api.parts import AppPart

router = APIRouter(tags=["health"])


@router.get("/health")
def health(app: AppPart) -> dict[str, str]:
    """UP when the database answers."""
    with app.store.database.read():
        return {"status": "UP"}


@router.get("/ping", response_class=PlainTextResponse)
def ping() -> str:
    """The text `pong`."""
    return "pong"
