"""Executions: create, find, read, follow, kill; and the address that webhook triggers are called at."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from gitops.app import App
from gitops.engine.webhook_call import WebhookCall
from gitops.errors import NotFound
from gitops.execution.state import Execution, State
from gitops.server.api.given import read_given
from gitops.server.api.parts import AppPart, LabelFilter, PageNumber, PageSize, SparseRoute
from gitops.server.live import follow
from gitops.server.shapes.execution import ExecutionShape, execution_shape
from gitops.server.shapes.shape import PageOf
from gitops.store.executions import ExecutionFilter
from gitops.sync.push_commit import commit_of

router = APIRouter(prefix="/executions", tags=["executions"], route_class=SparseRoute)

_LONGEST_WAIT_SECONDS = 3_600.0


@router.get("/search")
def search_executions(
    app: AppPart,
    labels: LabelFilter,
    page: PageNumber = 1,
    size: PageSize = 25,
    namespace: Annotated[str | None, Query(description="A namespace; those below it count too.")] = None,
    flow_id: Annotated[str | None, Query(alias="flowId")] = None,
    state: Annotated[list[State] | None, Query(description="May be repeated.")] = None,
    commit: Annotated[str | None, Query(description="The commit that the executions carry.")] = None,
    start_date: Annotated[datetime | None, Query(alias="startDate")] = None,
    end_date: Annotated[datetime | None, Query(alias="endDate")] = None,
) -> PageOf[ExecutionShape]:
    """Executions, newest first, without their task runs."""
    wanted = ExecutionFilter(
        namespace=namespace,
        flow_id=flow_id,
        states=tuple(state or ()),
        labels=tuple(labels),
        commit=commit,
        started_after=start_date,
        started_before=end_date,
    )
    with app.store.database.read() as connection:
        found = app.store.executions.search(connection, wanted, page=page, size=size)
        revisions = {
            _revision_key(item): app.store.flows.get(connection, *_revision_key(item)) for item in found.results
        }
    results = [
        execution_shape(item, revision=revisions[_revision_key(item)], task_runs=False) for item in found.results
    ]
    return PageOf(results=results, total=found.total)


@router.get("/webhook/{namespace}/{flow_id}/{key}", tags=["webhooks"])
@router.post("/webhook/{namespace}/{flow_id}/{key}", tags=["webhooks"])
@router.put("/webhook/{namespace}/{flow_id}/{key}", tags=["webhooks"])
async def call_webhook(app: AppPart, request: Request, namespace: str, flow_id: str, key: str) -> ExecutionShape:
    """Call a webhook trigger; whoever knows its key may. A push of a watched repository hands its commit on."""
    call = WebhookCall(
        body=await request.body(),
        headers={name: request.headers.getlist(name) for name in request.headers},
        parameters={name: request.query_params.getlist(name) for name in request.query_params},
    )

    def start() -> Execution:
        commit = commit_of(call.body, app.repositories.values(), app.store)
        return app.engine.call_webhook(namespace, flow_id, key, call=call, commit=commit)

    return execution_shape(await run_in_threadpool(start))


@router.post("/{namespace}/{flow_id}")
async def create_execution(
    app: AppPart,
    request: Request,
    labels: LabelFilter,
    namespace: str,
    flow_id: str,
    revision: int | None = None,
    wait: Annotated[bool, Query(description="Whether to answer only when the execution has ended.")] = False,
) -> ExecutionShape:
    """Create an execution. Inputs come as form fields or as one JSON object.

    An uploaded file is for the input whose id is the name of the file, or the name of its field.
    """
    with TemporaryDirectory(prefix="gitops-upload-") as folder:
        given = await read_given(request, Path(folder))

        def create() -> Execution:
            made = app.engine.create(
                namespace, flow_id, inputs=given.inputs, uploads=given.uploads, labels=labels, revision=revision
            )
            return app.engine.wait(made.id, _LONGEST_WAIT_SECONDS) if wait else made

        return execution_shape(await run_in_threadpool(create))


@router.get("/{execution_id}")
def get_execution(app: AppPart, execution_id: str) -> ExecutionShape:
    """One execution with its task runs."""
    execution = _load(app, execution_id)
    with app.store.database.read() as connection:
        return execution_shape(execution, revision=app.store.flows.get(connection, *_revision_key(execution)))


@router.get("/{execution_id}/live", response_class=StreamingResponse)
def live(app: AppPart, execution_id: str) -> StreamingResponse:
    """Server-sent events: `snapshot`, then `taskRun`, `execution` and `log` as they happen, then `end`."""
    _load(app, execution_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(follow(app, execution_id), media_type="text/event-stream", headers=headers)


@router.delete("/{execution_id}/kill", status_code=202)
def kill(app: AppPart, execution_id: str) -> ExecutionShape:
    """End an execution now."""
    return execution_shape(app.engine.kill(execution_id), task_runs=False)


def _load(app: App, execution_id: str) -> Execution:
    with app.store.database.read() as connection:
        execution = app.store.executions.load(connection, execution_id)
    if execution is None:
        raise NotFound(f"there is no execution {execution_id}")
    return execution


def _revision_key(execution: Execution) -> tuple[str, str, int]:
    return execution.namespace, execution.flow_id, execution.revision
