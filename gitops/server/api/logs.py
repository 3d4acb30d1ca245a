"""Logs of executions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse

from gitops.language.scalars import Level
from gitops.server.api.parts import AppPart, SparseRoute
from gitops.server.shapes.execution import LogShape, log_shape
from gitops.server.shapes.shape import instant_text

router = APIRouter(prefix="/logs", tags=["logs"], route_class=SparseRoute)

_MOST = 10_000
_Minimum = Annotated[Level, Query(alias="minLevel", description="The quietest level to answer.")]
_TaskId = Annotated[str | None, Query(alias="taskId")]
_TaskRunId = Annotated[str | None, Query(alias="taskRunId")]
_After = Annotated[int, Query(ge=0, description="Answer entries with a larger id only.")]


@router.get("/{execution_id}")
def get_logs(
    app: AppPart,
    execution_id: str,
    minimum: _Minimum = Level.TRACE,
    task_id: _TaskId = None,
    task_run_id: _TaskRunId = None,
    after: _After = 0,
) -> list[LogShape]:
    """The entries in order, at most 10,000; ask again with `after` for more."""
    with app.store.database.read() as connection:
        entries = app.store.logs.page(
            connection,
            execution_id,
            after=after,
            min_level=minimum,
            task_id=task_id,
            task_run_id=task_run_id,
            limit=_MOST,
        )
    return [log_shape(entry) for entry in entries]


@router.get("/{execution_id}/download", response_class=PlainTextResponse)
def download_logs(app: AppPart, execution_id: str, minimum: _Minimum = Level.TRACE) -> PlainTextResponse:
    """The entries as text, one line each."""
    with app.store.database.read() as connection:
        entries = app.store.logs.page(connection, execution_id, after=0, min_level=minimum, limit=_MOST)
    lines = [f"{instant_text(entry.at)} {entry.level:5} {entry.task_id or '-'} {entry.message}" for entry in entries]
    headers = {"Content-Disposition": f'attachment; filename="{execution_id}.log"'}
    return PlainTextResponse("".join(line + "\n" for line in lines), headers=headers)
