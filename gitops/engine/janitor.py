"""Recovery is the ordinary path: what a vanished process left behind becomes events and assignments."""

from __future__ import annotations

from gitops.engine.dispatch import Dispatcher
from gitops.engine.queues.queue import Assignment, Queue
from gitops.execution.events import AttemptLost
from gitops.execution.state import Execution, State, TaskRun
from gitops.store.store import Store


class Janitor:
    """Finds the attempts of executions that are not done and puts them back on their way."""

    def __init__(self, store: Store, dispatcher: Dispatcher, queue: Queue) -> None:
        self._store = store
        self._dispatcher = dispatcher
        self._queue = queue

    def recover(self) -> int:
        """Report running attempts as lost and queue those that wait; returns how many executions were open."""
        with self._store.database.read() as connection:
            open_ids = self._store.executions.unfinished(connection)
        for execution_id in open_ids:
            self._recover(execution_id)
        return len(open_ids)

    def _recover(self, execution_id: str) -> None:
        with self._store.database.read() as connection:
            execution = self._store.executions.load(connection, execution_id)
        for task_run in _with_live_attempt(execution):
            attempt = task_run.attempts[-1]
            if attempt.state is State.CREATED:
                self._queue.put(Assignment(execution_id, task_run.id, attempt.number))
            else:
                self._dispatcher.send(execution_id, AttemptLost(task_run.id, attempt.number), patient=True).result()


def _with_live_attempt(execution: Execution | None) -> list[TaskRun]:
    """The task runs that a worker has or waits for; not those that the worker of their parent runs itself."""
    live = {run.id: run for run in execution.in_order() if _is_live(run)} if execution is not None else {}
    return [run for run in live.values() if run.parent_id not in live]


def _is_live(run: TaskRun) -> bool:
    return not run.state.ended and bool(run.attempts) and not run.attempts[-1].state.ended
