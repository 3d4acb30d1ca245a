"""The children of a WorkingDirectory, run one after the other by the worker that runs the task itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from gitops.engine.attempts.context import AttemptContext
from gitops.engine.dispatch import Dispatcher, Handled
from gitops.engine.news import News
from gitops.errors import TaskFailed
from gitops.execution.events import AttemptStarted, ChildBegun, Event
from gitops.execution.identity import task_run_id
from gitops.execution.state import Branch, State, TaskRun
from gitops.language.task import Task

RunClaimed = Callable[[Handled, TaskRun], Event]
"""Runs a claimed attempt of a child in this thread and gives its report."""


class HeldChildren:
    """Implements Children for the attempt of `context`; `claim` is what the worker was told when it began."""

    def __init__(
        self, dispatcher: Dispatcher, claim: Handled, context: AttemptContext, *, news: News, run: RunClaimed
    ) -> None:
        self._dispatcher = dispatcher
        self._flow = claim.flow
        self._execution_id = claim.execution.id
        self._parent = context.task_run
        self._context = context
        self._news = news
        self._run = run

    @property
    def tasks(self) -> Sequence[Task]:
        """See Children."""
        return self._flow.branch(self._flow.task(self._parent.task_id), Branch.TASKS)

    def run(self, task: Task) -> State:
        """See Children."""
        id_ = task_run_id(self._execution_id, self._parent.id, task.id)
        handled = self._send(ChildBegun(self._parent.id, len(self._parent.attempts), task.id))
        while (child := handled.execution.task_runs.get(id_)) is not None and not child.state.ended:
            begins = child.attempts[-1].state is State.CREATED
            handled = self._attempt(child) if begins else self._next(child)
        # Without a task run this attempt is an old one: somebody else holds the task by now.
        return State.KILLED if child is None else child.state

    def _attempt(self, child: TaskRun) -> Handled:
        number = child.attempts[-1].number
        claim = self._send(AttemptStarted(child.id, number))
        if not claim.changed:
            return claim
        report = self._run(claim, claim.execution.task_runs[child.id])
        if self._context.killed:
            # Whoever stopped the task has ended the child too; the next attempt may have one of the same id.
            raise TaskFailed(f"the task was stopped while `{child.task_id}` ran")
        return self._send(report)

    def _next(self, child: TaskRun) -> Handled:
        """Wait until the child has moved on: its next attempt is there, or it has ended."""
        changed = threading.Event()
        unsubscribe = self._news.subscribe(self._execution_id, changed.set)
        self._context.on_kill(changed.set)
        try:
            while True:
                changed.clear()
                handled = self._dispatcher.see(self._execution_id, patient=True).result()
                now = handled.execution.task_runs.get(child.id)
                if now is None or now.state.ended or len(now.attempts) > len(child.attempts):
                    return handled
                if self._context.killed:
                    raise TaskFailed(f"the task was stopped while `{now.task_id}` waited for its next attempt")
                changed.wait()
        finally:
            unsubscribe()

    def _send(self, event: Event) -> Handled:
        return self._dispatcher.send(self._execution_id, event, patient=True).result()
