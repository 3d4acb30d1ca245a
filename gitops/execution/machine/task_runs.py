"""The life of a task run apart from its attempts: it is created, skipped or begun, and it ends."""

from __future__ import annotations

from msgspec.structs import replace

from gitops.errors import ExpressionError, GitopsError
from gitops.execution.calling import Calling
from gitops.execution.editing import Editing
from gitops.execution.flowable import Begin, Child, Flowable
from gitops.execution.identity import task_run_id
from gitops.execution.machine import attempts, calls, edits
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.ending import end
from gitops.execution.runnable import Runnable
from gitops.execution.state import Moment, Progress, State, TaskRun
from gitops.execution.truth import is_true
from gitops.language.task import Task


def create(draft: Draft, parent_id: str | None, child: Child) -> None:
    """Create a task run below a parent, and enter it."""
    progress = draft.progress(parent_id)
    task_run = TaskRun(
        id=task_run_id(draft.execution.id, parent_id, child.task.id, child.iteration),
        execution_id=draft.execution.id,
        task_id=child.task.id,
        sequence=draft.next_sequence,
        branch=progress.branch,
        parent_id=parent_id,
        value=child.value,
        iteration=child.iteration,
        moments=(Moment(State.CREATED, draft.now),),
    )
    draft.set_children(parent_id, progress.children.with_created())
    draft.put(task_run)
    enter(draft, task_run, child.task)


def enter(draft: Draft, task_run: TaskRun, task: Task) -> None:
    """Skip, fail or begin a task run that was just created."""
    try:
        wanted = task.run_if is None or is_true(draft.render(task_run, task.run_if))
    except ExpressionError as error:
        end(draft, task_run, State.FAILED, message=f"runIf cannot be evaluated: {error}")
        return
    if wanted:
        begin(draft, task_run, task)
    else:
        end(draft, task_run, State.SKIPPED)


def begin(draft: Draft, task_run: TaskRun, task: Task) -> None:
    """Let a task run do what its task is for."""
    if isinstance(task, Flowable):
        open_flowable(draft, task_run, task)
    elif isinstance(task, Runnable):
        attempts.ask(draft, task_run)
    elif isinstance(task, Calling):
        calls.open_calls(draft, task_run, task)
    elif isinstance(task, Editing):
        edits.carry_out(draft, task_run, task)
    else:
        end(draft, task_run, State.FAILED, message=f"the task type `{task.type}` is not installed")


def retry(draft: Draft, task_run_id: str, attempt: int) -> None:
    """The wait after a failed attempt is over: the next one begins."""
    task_run = draft.find(task_run_id)
    waiting = task_run is not None and task_run.state is State.RETRYING and len(task_run.attempts) == attempt
    if task_run is not None and waiting and task_run.attempts[-1].state.ended:
        begin(draft, task_run, draft.flow.task(task_run.task_id))


def open_flowable(draft: Draft, task_run: TaskRun, task: Flowable) -> None:
    """Let a flowable decide what it decides once, then look for its children."""
    running = task_run if task_run.state is State.RUNNING else task_run.move(State.RUNNING, draft.now)
    try:
        begun = task.begin(lambda value: draft.render(task_run, value))
    except GitopsError as error:
        draft.put(replace(running, progress=Progress()))
        end(draft, draft.run(task_run.id), State.FAILED, message=str(error))
        return
    draft.put(_with_decision(running, begun))
    draft.unsettle(task_run.id)


def _with_decision(task_run: TaskRun, begun: Begin) -> TaskRun:
    return replace(
        task_run,
        progress=Progress(),
        decision=begun.decision,
        outputs=begun.outputs if begun.outputs is not None else task_run.outputs,
    )
