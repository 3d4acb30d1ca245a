"""What operators do to one execution; the engine's operations by their addresses, which are Kestra's.

Each verb answers at two addresses: `/{id}/pause` and, as newer clients ask, `/{id}/actions/pause`. What its state does
not allow is refused with the status that Kestra's clients know for that verb.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Body, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from gitops.app import App
from gitops.errors import ExpressionError, InvalidUsage
from gitops.execution.state import Execution, State
from gitops.language.expression.values import text
from gitops.server.api.given import given_by
from gitops.server.api.parts import AppPart, SparseRoute, check_labels
from gitops.server.problems import conflicts_as
from gitops.server.shapes.execution import ExecutionShape, execution_shape
from gitops.server.shapes.shape import GivenShape, LabelShape, Shape

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])
TaskRunId = Annotated[str | None, Query(alias="taskRunId")]
RevisionNumber = Annotated[int | None, Query(ge=1, description="Another revision of the flow to go on with.")]

router = APIRouter(prefix="/executions", tags=["executions"], route_class=SparseRoute)

_NO_ANSWER: dict[str, Any] = {"status_code": 204, "response_class": Response}
_UNFIT = {"dependencies": [conflicts_as(422)]}
_TOO_EARLY = {"dependencies": [conflicts_as(400)]}


class TaskRunState(GivenShape):
    """How a task run is said to have ended."""

    task_run_id: str
    state: State


class Evaluation(Shape):
    """What an expression yields, or why it yields nothing."""

    result: str | None = None
    error: str | None = None


def _on(method: str, name: str, **options: Any) -> Callable[[Endpoint], Endpoint]:  # noqa: ANN401 - whatever FastAPI takes
    """Register an endpoint at both addresses of a verb; the documentation shows the first."""

    def register(endpoint: Endpoint) -> Endpoint:
        for place in ("", "actions/"):
            path = f"/{{execution_id:execution}}/{place}{name}"
            router.add_api_route(path, endpoint, methods=[method], include_in_schema=not place, **options)
        return endpoint

    return register


@_on("POST", "pause", **_UNFIT)
def pause(app: AppPart, execution_id: str) -> ExecutionShape:
    """Begin nothing new; what runs goes on to its end."""
    return _answer(app.engine.operations.pause(execution_id))


@_on("POST", "resume", **_NO_ANSWER)
async def resume(app: AppPart, request: Request, execution_id: str, task_run_id: TaskRunId = None) -> None:
    """Go on, from one paused task run or from all. The body holds what the pause asks for, as for a new execution."""
    await _resume(app, request, execution_id, task_run_id=task_run_id)


@_on("POST", "review", **_NO_ANSWER)
async def review(
    app: AppPart,
    request: Request,
    execution_id: str,
    decision: Annotated[Literal["APPROVED", "DENIED"], Query()],
    task_run_id: TaskRunId = None,
    comment: str | None = None,
) -> None:
    """Approve or deny; the body holds what the reviewer fills in, as for a new execution."""
    await _resume(app, request, execution_id, task_run_id=task_run_id, comment=comment, decision=decision)


async def _resume(app: App, request: Request, execution_id: str, **said: str | None) -> None:
    async with given_by(request) as given:

        def go_on() -> None:
            app.engine.operations.resume(execution_id, inputs=given.inputs, uploads=given.uploads, **said)

        await run_in_threadpool(go_on)


@_on("DELETE", "kill", status_code=202)
def kill(
    app: AppPart,
    execution_id: str,
    cascade: Annotated[bool, Query(alias="isOnKillCascade", description="End what it called for too.")] = True,
) -> ExecutionShape:
    """End an execution now."""
    return _answer(app.engine.operations.kill(execution_id, cascade=cascade))


@_on("POST", "restart")
def restart(app: AppPart, execution_id: str, revision: RevisionNumber = None) -> ExecutionShape:
    """Run again what failed. On another revision that is a new execution, which is answered."""
    return _answer(app.engine.operations.restart(execution_id, revision=revision))


@_on("POST", "replay", **_UNFIT)
def replay(
    app: AppPart, execution_id: str, task_run_id: TaskRunId = None, revision: RevisionNumber = None
) -> ExecutionShape:
    """Run again as a new execution, from the start or from a task run; answers the new execution."""
    return _answer(app.engine.operations.replay(execution_id, task_run_id=task_run_id, revision=revision))


@_on("POST", "replay-with-inputs", **_UNFIT)
async def replay_with_inputs(
    app: AppPart,
    request: Request,
    execution_id: str,
    task_run_id: TaskRunId = None,
    revision: RevisionNumber = None,
) -> ExecutionShape:
    """Run again with other inputs, given as for a new execution."""
    async with given_by(request) as given:
        if given.uploads:
            raise InvalidUsage("a replay takes no new files; start a new execution to give other files")

        def again() -> Execution:
            return app.engine.operations.replay(
                execution_id, task_run_id=task_run_id, revision=revision, inputs=given.inputs
            )

        return _answer(await run_in_threadpool(again))


@_on("POST", "state", **_UNFIT)
def mark(app: AppPart, execution_id: str, said: TaskRunState) -> ExecutionShape:
    """Say how a task run ended; the execution goes on from there."""
    return _answer(app.engine.operations.mark(execution_id, said.task_run_id, said.state))


@_on("POST", "change-status", **_UNFIT)
def change_state(
    app: AppPart, execution_id: str, state: Annotated[State, Query(alias="status", description="An ended state.")]
) -> ExecutionShape:
    """Say that an ended execution ended otherwise."""
    return _answer(app.engine.operations.change_state(execution_id, state))


@_on("POST", "force-run", **_UNFIT)
def force_run(app: AppPart, execution_id: str) -> ExecutionShape:
    """Run now, whatever the execution waits for."""
    return _answer(app.engine.operations.force_run(execution_id))


@_on("POST", "unqueue", **_UNFIT)
def unqueue(
    app: AppPart,
    execution_id: str,
    state: Annotated[State, Query(description="RUNNING, or an end: CANCELLED or FAILED.")] = State.RUNNING,
) -> ExecutionShape:
    """Leave the queue, whatever the limit of the flow is."""
    return _answer(app.engine.operations.unqueue(execution_id, state))


@_on("POST", "labels", **_TOO_EARLY)
@_on("PUT", "labels", **_TOO_EARLY)
def set_labels(app: AppPart, execution_id: str, labels: list[LabelShape]) -> ExecutionShape:
    """Add labels to an ended execution, or give those that are there another value."""
    return _answer(app.engine.operations.set_labels(execution_id, labels_given(labels)))


@router.delete("/{execution_id:execution}", **_NO_ANSWER)
def delete(
    app: AppPart,
    execution_id: str,
    logs: Annotated[bool, Query(alias="deleteLogs")] = True,
    metrics: Annotated[bool, Query(alias="deleteMetrics")] = True,
    files: Annotated[bool, Query(alias="deleteStorage")] = True,
) -> None:
    """Forget an execution, and what it logged, measured and stored."""
    app.engine.operations.delete(execution_id, logs=logs, metrics=metrics, files=files)


@_on("POST", "eval")
@_on("POST", "eval/{task_run_id}")
def evaluate(
    app: AppPart,
    execution_id: str,
    expression: Annotated[bytes, Body(media_type="text/plain")],
    task_run_id: str | None = None,
) -> Evaluation:
    """Render an expression as a task run of the execution sees it."""
    try:
        found = app.engine.operations.evaluate(execution_id, task_run_id, expression.decode(errors="replace"))
        return Evaluation(result=text(found))
    except ExpressionError as error:
        return Evaluation(error=str(error))


def labels_given(labels: list[LabelShape]) -> list[tuple[str, str]]:
    """Labels of a body; raises InvalidUsage for a key that nobody may set."""
    return check_labels([(label.key, label.value) for label in labels])


def _answer(execution: Execution) -> ExecutionShape:
    return execution_shape(execution, task_runs=False)
