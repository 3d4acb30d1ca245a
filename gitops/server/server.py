"""The HTTP application: resources, the gate in front of them, errors as answers, and the built pages."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from gitops.app import App
from gitops.server import problems
from gitops.server.access import Gate
from gitops.server.api import (
    execution_actions,
    execution_bulk,
    execution_files,
    execution_pauses,
    executions,
    flow_validation,
    flows,
    health,
    key_values,
    logs,
    metrics,
    repositories,
    schemas,
    session,
    triggers,
    webhook_calls,
    webhooks,
)
from gitops.server.gate import GateKeeper

STATIC = Path(__file__).parent / "static"
_PREFIXES = ("/api/v1/main", "/api/v1")
# What has fixed words in its paths comes before what takes any.
_EXECUTIONS = (webhook_calls, execution_bulk, execution_actions, execution_files, execution_pauses, executions)
_RESOURCES = (flow_validation, flows, *_EXECUTIONS, triggers, logs, metrics, key_values, repositories, schemas)
_NO_PAGES = """\
The pages are not built. Install gitops with pip (it builds them), or run `pip install .` again in the checkout
without GITOPS_SKIP_WEB. The API is at /docs.
"""


def create_app(app: App) -> FastAPI:
    """The application over `app`, whose start and stop are the caller's."""
    server = FastAPI(title="gitops", version=version("gitops"), description="Git-backed flows as code.")
    token = app.settings.token.get_secret_value() if app.settings.token else None
    server.state.app = app
    server.state.gate = Gate(token)
    server.add_middleware(GateKeeper, gate=server.state.gate)
    problems.install(server)
    for prefix in _PREFIXES:
        for resource in _RESOURCES:
            server.include_router(resource.router, prefix=prefix, include_in_schema=prefix == _PREFIXES[0])
    for face in (webhooks, health, session):
        server.include_router(face.router)
    _add_pages(server)
    return server


def _add_pages(server: FastAPI) -> None:
    @server.get("/", include_in_schema=False)
    def home() -> Response:
        return RedirectResponse("/ui/main/flows")

    @server.get("/ui/{path:path}", include_in_schema=False)
    def page(path: str) -> Response:
        file = (STATIC / path).resolve()
        if path and file.is_file() and file.is_relative_to(STATIC):
            return FileResponse(file, headers=_caching(path))
        index = STATIC / "index.html"
        return FileResponse(index, headers=_caching("")) if index.is_file() else PlainTextResponse(_NO_PAGES, 503)


def _caching(path: str) -> dict[str, str]:
    """Built assets have their hash in the name and never change; the page itself is asked for each time."""
    return {"Cache-Control": "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"}
