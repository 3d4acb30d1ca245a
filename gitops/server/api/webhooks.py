"""Webhooks of Git hosts: the proof is checked, the repository is woken, and nothing else happens in the request."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from gitops.server.api.parts import AppPart, SparseRoute
from gitops.server.shapes.shape import Shape

router = APIRouter(tags=["webhooks"], route_class=SparseRoute)


class Received(Shape):
    """Whether the webhook woke its repository; a ping or a repeated delivery does not."""

    woken: bool


@router.post("/webhooks/{repository}", status_code=202)
async def receive(app: AppPart, request: Request, repository: str) -> Received:
    """A signed push of a watched repository; a missing or wrong signature is 401."""
    body = await request.body()
    return Received(woken=await run_in_threadpool(app.webhooks.receive, repository, dict(request.headers), body))
