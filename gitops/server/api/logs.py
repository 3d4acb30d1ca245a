"""Logs of executions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, StreamingResponse

from gitops.app import App
from gitops.language.scalars import Level
from gitops.server.api.parts import AppPart, PageNumber, PageSize, SparseRoute, read_head
from gitops.server.api.searches import LOG_SEARCH, LogsPart
from gitops.server.events import event_stream, tell
from gitops.server.following import LogTeller
from gitops.server.shapes.execution import LogShape, log_shape
from gitops.server.shapes.shape import PageOf, instant_text

router = APIRouter(prefix="/logs", tags=["logs"], route_class=SparseRoute)

_MOST = 10_000
_Minimum = Annotated[Level, Query(alias="minLevel", description="The quietest level to answer.")]
_TaskId = Annotated[str | None, Query(alias="taskId")]
_TaskRunId = Annotated[str | None, Query(alias="taskRunId")]
_After = Annotated[int, Query(ge=0, description="Answer entries with a larger id only.")]
_Before = Annotated[int | None, Query(ge=1, description="Answer the last entries with a smaller id.")]
_Limit = Annotated[int, Query(ge=1, le=_MOST, description="How many entries to answer at most.")]


@router.get("/search", openapi_extra=LOG_SEARCH)
def search_logs(app: AppPart, wanted: LogsPart, page: PageNumber = 1, size: PageSize = 25) -> PageOf[LogShape]:
    """The entries of all executions, newest first, each with the flow that wrote it."""
    with app.store.database.read() as connection:
        found = app.store.logs.search(connection, wanted, page=page, size=size)
    results = [log_shape(each.entry, namespace=each.namespace, flow_id=each.flow_id) for each in found.results]
    return PageOf(results=results, total=found.total)


@router.get("/{execution_id}")
def get_logs(
    app: AppPart,
    execution_id: str,
    minimum: _Minimum = Level.TRACE,
    task_id: _TaskId = None,
    task_run_id: _TaskRunId = None,
    after: _After = 0,
    before: _Before = None,
    limit: _Limit = _MOST,
) -> list[LogShape]:
    """The entries in order, at most 10,000; ask again with `after` or `before` for more."""
    logs = app.store.logs
    wanted: dict[str, Any] = {"min_level": minimum, "task_id": task_id, "task_run_id": task_run_id, "limit": limit}
    with app.store.database.read() as connection:
        if before is not None:
            entries = logs.newest(connection, execution_id, before=before, **wanted)
        else:
            entries = logs.page(connection, execution_id, after=after, **wanted)
    if not entries:
        read_head(app, execution_id)
    return [log_shape(entry) for entry in entries]


@router.get("/{execution_id}/download", response_class=PlainTextResponse)
def download_logs(app: AppPart, execution_id: str, minimum: _Minimum = Level.TRACE) -> StreamingResponse:
    """All entries as text, one line each."""
    headers = {"Content-Disposition": f'attachment; filename="{execution_id}.log"'}
    return StreamingResponse(_lines(app, execution_id, minimum), media_type="text/plain", headers=headers)


@router.get("/{execution_id}/follow", response_class=StreamingResponse)
def follow_logs(
    app: AppPart,
    execution_id: str,
    minimum: _Minimum = Level.TRACE,
    task_id: _TaskId = None,
    task_run_id: _TaskRunId = None,
) -> StreamingResponse:
    """Server-sent events: `id: progress` with an entry each, from the first on, then `id: end` after the last."""
    read_head(app, execution_id)
    wanted: dict[str, Any] = {"min_level": minimum, "task_id": task_id, "task_run_id": task_run_id}
    return event_stream(tell(app, execution_id, LogTeller(app, execution_id, wanted)))


def _lines(app: App, execution_id: str, minimum: Level) -> Iterator[str]:
    """The log in parts, so that no log is too long to hold."""
    last = 0
    while True:
        with app.store.database.read() as connection:
            entries = app.store.logs.page(connection, execution_id, after=last, min_level=minimum, limit=_MOST)
        yield "".join(
            f"{instant_text(entry.at)} {entry.level:5} {entry.task_id or '-'} {entry.message}\n" for entry in entries
        )
        if len(entries) < _MOST:
            return
        last = entries[-1].id or last
