"""One attempt, from the task as it is written to the event that reports its end."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from pydantic import BaseModel

from gitops.engine.attempts.context import AttemptContext
from gitops.engine.attempts.result_cache import Outputs, remembered
from gitops.errors import GitopsError, TaskFailed
from gitops.execution.events import AttemptFailed, AttemptSucceeded
from gitops.execution.holding import Children, Holding
from gitops.execution.rendering import render_task
from gitops.execution.runnable import Runnable
from gitops.execution.state import TaskRun
from gitops.language.scalars import Level
from gitops.language.task import Kinds

Report = AttemptSucceeded | AttemptFailed


def run_attempt(task: Runnable, context: AttemptContext, *, task_run: TaskRun, kinds: Kinds) -> Report:
    """Render the task, run it, and say how it ended. Never raises: a task's mistake is its attempt's failure."""

    def work() -> Outputs:
        rendered = task if task.is_constant else render_task(task, context.render, kinds)
        return remembered(rendered, context, lambda: _outputs(rendered.run(context)))

    return _reported(work, context, task_run)


def run_holding(
    task: Holding, context: AttemptContext, children: Children, *, task_run: TaskRun, kinds: Kinds
) -> Report:
    """The same for a task that runs its children itself."""

    def work() -> Outputs:
        return _outputs(render_task(task, context.render, kinds).hold(context, children))

    return _reported(work, context, task_run)


def _outputs(output: BaseModel | None) -> Outputs:
    return {} if output is None else output.model_dump(mode="json", by_alias=True, exclude_none=True)


def _reported(work: Callable[[], Outputs], context: AttemptContext, task_run: TaskRun) -> Report:
    number = len(task_run.attempts)
    try:
        outputs = work()
    except TaskFailed as failure:
        return _failed(context, task_run, str(failure), outputs=failure.outputs)
    except GitopsError as error:
        return _failed(context, task_run, str(error))
    except Exception as error:  # noqa: BLE001 - a bug in a task type fails its attempt, never the engine
        context.log(Level.TRACE, traceback.format_exc())
        return _failed(context, task_run, f"{type(error).__name__}: {error}")
    return AttemptSucceeded(task_run.id, number, outputs, began=task_run.attempts[-1].started_at)


def _failed(
    context: AttemptContext, task_run: TaskRun, message: str, *, outputs: dict[str, object] | None = None
) -> AttemptFailed:
    context.log(Level.ERROR, message)
    began = task_run.attempts[-1].started_at
    return AttemptFailed(task_run.id, len(task_run.attempts), context.clean(message), outputs or {}, began)
