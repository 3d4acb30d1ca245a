"""What an execution waits for: its paused task runs, and what each of them asks whoever resumes it."""

from __future__ import annotations

from fastapi import APIRouter

from gitops.execution.flowable import Flowable
from gitops.execution.state import State, TaskRun
from gitops.execution.tree import FlowTree
from gitops.language.task import Task
from gitops.server.api.parts import AppPart, SparseRoute, read_head
from gitops.server.shapes.flow import InputShape, input_shapes
from gitops.server.shapes.shape import Shape

router = APIRouter(prefix="/executions", tags=["executions"], route_class=SparseRoute)

_MOST = 100


class DecisionsShape(Shape):
    """What the two buttons of a review are called, and when a comment is needed."""

    approve: str
    deny: str
    comment_required: str


class PauseShape(Shape):
    """A paused task run. `decisions` are there when it waits for a review."""

    task_run_id: str
    task_id: str
    value: str | None = None
    inputs: list[InputShape]
    decisions: DecisionsShape | None = None


@router.get("/{execution_id:execution}/pauses")
def get_pauses(app: AppPart, execution_id: str) -> list[PauseShape]:
    """The paused task runs, at most 100; none when the execution was paused by hand."""
    head = read_head(app, execution_id)
    with app.store.database.read() as connection:
        paused = app.store.task_runs.page(connection, execution_id, states=(State.PAUSED,), size=_MOST).results
    if not paused:
        return []
    flow = FlowTree(app.engine.read(head.namespace, head.flow_id, head.revision))
    above = {run.parent_id for run in paused}
    return [_pause_shape(run, flow.task(run.task_id)) for run in paused if run.id not in above]


def _pause_shape(task_run: TaskRun, task: Task) -> PauseShape:
    asked = task.asks_for() if isinstance(task, Flowable) else ()
    return PauseShape(
        task_run_id=task_run.id,
        task_id=task_run.task_id,
        value=task_run.value,
        inputs=input_shapes(asked),
        decisions=_decisions(task),
    )


def _decisions(task: Task) -> DecisionsShape | None:
    """The words of a task that is decided on; tasks are plugged in, so it is known by what it has."""
    words = getattr(task, "decisions", None)
    if words is None:
        return None
    return DecisionsShape(
        approve=words.approve, deny=words.deny, comment_required=getattr(task, "comment_required", "NEVER")
    )
