"""Executions: create, find, read, follow."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from gitops.app import App
from gitops.errors import NotFound
from gitops.execution.state import Execution, State
from gitops.server.api.given import given_by
from gitops.server.api.parts import (
    AppPart,
    GivenLabels,
    PageNumber,
    PageSize,
    SparseRoute,
    in_zone,
    read_head,
)
from gitops.server.api.searches import EXECUTION_SEARCH, ExecutionsPart
from gitops.server.events import event_stream, tell
from gitops.server.following import ExecutionTeller
from gitops.server.live import live_events
from gitops.server.shapes.execution import ExecutionShape, TaskRunShape, execution_shape, task_run_shape
from gitops.server.shapes.shape import PageOf
from gitops.server.verbs import Verb
from gitops.server.waiting import until_done

router = APIRouter(prefix="/executions", tags=["executions"], route_class=SparseRoute)

_VERBS = frozenset(Verb)


@router.get("/search", openapi_extra=EXECUTION_SEARCH)
def search_executions(
    app: AppPart, wanted: ExecutionsPart, page: PageNumber = 1, size: PageSize = 25
) -> PageOf[ExecutionShape]:
    """Executions, newest first, without their task runs."""
    with app.store.database.read() as connection:
        found = app.store.executions.search(connection, wanted, page=page, size=size)
        revisions = {
            _revision_key(item): app.store.flows.get(connection, *_revision_key(item)) for item in found.results
        }
    results = [
        execution_shape(item, revision=revisions[_revision_key(item)], task_runs=False) for item in found.results
    ]
    return PageOf(results=results, total=found.total)


@router.post("/{namespace}/{flow_id}")
async def create_execution(
    app: AppPart,
    request: Request,
    labels: GivenLabels,
    namespace: str,
    flow_id: str,
    revision: int | None = None,
    schedule_date: Annotated[
        datetime | None, Query(alias="scheduleDate", description="When the execution begins; at once when absent.")
    ] = None,
    wait: Annotated[bool, Query(description="Whether to answer only when the execution has ended.")] = False,
) -> ExecutionShape:
    """Create an execution. Inputs come as form fields or as one JSON object.

    An uploaded file is for the input whose id is the name of the file, or the name of its field.
    """
    async with given_by(request) as given:

        def create() -> Execution:
            _refuse_verb(app, namespace, flow_id)
            return app.engine.create(
                namespace,
                flow_id,
                inputs=given.inputs,
                uploads=given.uploads,
                labels=labels,
                revision=revision,
                schedule_date=in_zone(schedule_date),
            )

        made = await run_in_threadpool(create)
    return execution_shape(await until_done(app, made.id) if wait else made)


@router.get("/{execution_id}")
def get_execution(
    app: AppPart,
    execution_id: str,
    task_runs: Annotated[bool, Query(alias="taskRuns", description="Whether to answer its task runs too.")] = True,
) -> ExecutionShape:
    """One execution, with its task runs unless told otherwise."""
    execution = _load(app, execution_id) if task_runs else read_head(app, execution_id)
    with app.store.database.read() as connection:
        revision = app.store.flows.get(connection, *_revision_key(execution))
    return execution_shape(execution, revision=revision, task_runs=task_runs)


@router.get("/{execution_id}/task-runs")
def get_task_runs(
    app: AppPart,
    execution_id: str,
    page: PageNumber = 1,
    size: PageSize = 100,
    parent_id: Annotated[str | None, Query(alias="parentId", description="Only the children of this one.")] = None,
    state: Annotated[list[State] | None, Query(description="May be repeated.")] = None,
) -> PageOf[TaskRunShape]:
    """The task runs in the order of their creation, a page at a time."""
    head = read_head(app, execution_id)
    with app.store.database.read() as connection:
        found = app.store.task_runs.page(
            connection, execution_id, parent_id=parent_id, states=state or (), page=page, size=size
        )
    return PageOf(results=[task_run_shape(run, head) for run in found.results], total=found.total)


@router.get("/{execution_id}/live", response_class=StreamingResponse)
def live(app: AppPart, execution_id: str) -> StreamingResponse:
    """Server-sent events: `snapshot`, then `taskRun`, `execution` and `log` as they happen, then `end`."""
    read_head(app, execution_id)
    return event_stream(live_events(app, execution_id))


@router.get("/{execution_id}/follow", response_class=StreamingResponse)
def follow(app: AppPart, execution_id: str) -> StreamingResponse:
    """Server-sent events with the whole execution: `id: progress` whenever it moved, then `id: end`."""
    read_head(app, execution_id)
    return event_stream(tell(app, execution_id, ExecutionTeller(app, execution_id)))


def _refuse_verb(app: App, namespace: str, flow_id: str) -> None:
    """Tell a verb of an execution whose id is none from a flow that bears the verb's name."""
    if flow_id not in _VERBS:
        return
    with app.store.database.read() as connection:
        if app.store.flows.get(connection, namespace, flow_id) is None:
            words = f"expected the id of an execution, 22 letters and digits, before `{flow_id}`, found `{namespace}`"
            raise NotFound(f"{words}; there is no flow {namespace}.{flow_id} either")


def _load(app: App, execution_id: str) -> Execution:
    with app.store.database.read() as connection:
        execution = app.store.executions.load(connection, execution_id)
    if execution is None:
        raise NotFound(f"there is no execution {execution_id}")
    return execution


def _revision_key(execution: Execution) -> tuple[str, str, int]:
    return execution.namespace, execution.flow_id, execution.revision
