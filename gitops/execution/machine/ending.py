"""How a task run ends, and how its parent hears of it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from gitops.execution.machine.draft import Draft
from gitops.execution.state import MOVES, State, TaskRun
from gitops.execution.truth import allowed


def end(
    draft: Draft,
    task_run: TaskRun,
    result: State,
    *,
    message: str | None = None,
    outputs: Mapping[str, object] | None = None,
    told: bool = False,
) -> None:
    """End a task run and tell its parent. A `message` is logged, unless somebody has `told` it already.

    Without one the task run keeps the message that it has.
    """
    # What was killed ends as whoever killed it says; that is no failure, which a task may allow.
    killed = task_run.state is State.KILLING
    state = result if killed else allowed(draft.flow.task(task_run.task_id), result)
    if state not in MOVES[task_run.state]:
        task_run = task_run.move(State.RUNNING, draft.now)
    ended = replace(
        task_run.move(state, draft.now),
        message=task_run.message if message is None else message,
        outputs=task_run.outputs if outputs is None else outputs,
    )
    draft.put(ended)
    if message is not None and not told:
        draft.log(ended, message)
    tell_parent(draft, ended)


def tell_parent(draft: Draft, ended: TaskRun) -> None:
    """Count the end of a task run where its parent keeps count."""
    parent_id = ended.parent_id
    draft.set_children(parent_id, draft.progress(parent_id).children.with_ended(ended.state))
    draft.ended.setdefault(parent_id, []).append(ended)
    draft.unsettle(parent_id)
