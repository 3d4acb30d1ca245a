"""What a batch of events did to executions, and the few statements that write all of it down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, update

from gitops.execution.effects import SetTimer
from gitops.execution.events import Event, TimerFired
from gitops.execution.state import Attempt, Execution, TaskRun
from gitops.store.bulk import write_rows
from gitops.store.database import Connection, Row, add_missing, upsert, upserting
from gitops.store.records import (
    attempt_row,
    execution_moves,
    execution_row,
    execution_words,
    history_row,
    task_run_moves,
    task_run_row,
)
from gitops.store.tables import attempts, execution_labels, executions, history, task_runs, timers

_KEY = "key_"
_ADD_EXECUTION = insert(executions)
_CHANGE_EXECUTION = update(executions).where(executions.c.id == bindparam(_KEY))
_DROP_LABELS = delete(execution_labels).where(execution_labels.c.execution_id == bindparam(_KEY))
_ADD_TASK_RUN = insert(task_runs)
_MOVE_TASK_RUN = update(task_runs).where(task_runs.c.id == bindparam(_KEY))
_ADD_HISTORY = insert(history)
_DECIDE_TASK_RUN = update(task_runs).where(task_runs.c.id == bindparam(_KEY))
_DROP_TASK_RUN = delete(task_runs).where(task_runs.c.id == bindparam(_KEY))
_DROP_TIMER = delete(timers).where(
    timers.c.execution_id == bindparam(_KEY),
    timers.c.purpose == bindparam("purpose_"),
    timers.c.subject == bindparam("subject_"),
    timers.c.number == bindparam("number_"),
)
_DROP_TIMERS = delete(timers).where(timers.c.execution_id.in_(bindparam(_KEY, expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What events did to one execution.

    `before` is the execution as the store holds it, None for a new one; what is the same object in `before` and
    `after` is not written again. `moved` names the task runs that are new or changed; `events` are those that changed
    something, with their dates; `timers` are those that must wake the engine. `removed` names task runs that are no
    more; one that is in both was removed first and then made anew.
    """

    before: Execution | None
    after: Execution
    moved: Collection[str] = ()
    removed: Collection[str] = ()
    events: Sequence[tuple[datetime, Event]] = ()
    timers: Sequence[SetTimer] = ()

    def then(self, later: Change) -> Change:
        """This change and a later one of the same execution as one."""
        return Change(
            before=self.before,
            after=later.after,
            moved=({*self.moved} - {*later.removed}) | {*later.moved},
            removed={*self.removed, *later.removed},
            events=(*self.events, *later.events),
            timers=(*self.timers, *later.timers),
        )

    def fired(self) -> Iterator[TimerFired]:
        """The timers that have done their work."""
        return (event for _, event in self.events if isinstance(event, TimerFired))

    def moved_task_runs(self) -> Iterator[tuple[TaskRun | None, TaskRun]]:
        """The task runs that moved: as they were, None for new ones, and as they are."""
        for id_ in self.moved:
            before = None if self.before is None or id_ in self.removed else self.before.task_runs.get(id_)
            yield before, self.after.task_runs[id_]


def write_changes(connection: Connection, changes: Iterable[Change]) -> None:
    """Write changes of any number of executions; several of one execution must be in their order."""
    merged = _merge(changes)
    _write_executions(connection, merged)
    _write_labels(connection, merged)
    write_rows(connection, _DROP_TASK_RUN, [{_KEY: id_} for change in merged for id_ in change.removed])
    _write_task_runs(connection, [pair for change in merged for pair in change.moved_task_runs()])
    _write_history(connection, merged)
    _write_timers(connection, merged)


def _merge(changes: Iterable[Change]) -> Collection[Change]:
    by_execution: dict[str, Change] = {}
    for change in changes:
        earlier = by_execution.get(change.after.id)
        by_execution[change.after.id] = change if earlier is None else earlier.then(change)
    return by_execution.values()


def _write_executions(connection: Connection, changes: Collection[Change]) -> None:
    write_rows(connection, _ADD_EXECUTION, [execution_row(change.after) for change in changes if change.before is None])
    moved = [change.after for change in changes if change.before is not None and _moved(change.before, change.after)]
    write_rows(connection, _CHANGE_EXECUTION, [{_KEY: after.id, **execution_moves(after)} for after in moved])


def _moved(before: Execution, after: Execution) -> bool:
    return (
        before.moments is not after.moments
        or before.progress is not after.progress
        or before.outputs is not after.outputs
        or before.message is not after.message
        or before.done is not after.done
        or before.attempt_number != after.attempt_number
        or before.caller is not after.caller
    )


def _write_labels(connection: Connection, changes: Collection[Change]) -> None:
    """Labels and variables seldom change, so those who do pay for it."""
    reworded = [
        change.after for change in changes if change.before is not None and _reworded(change.before, change.after)
    ]
    write_rows(connection, _CHANGE_EXECUTION, [{_KEY: after.id, **execution_words(after)} for after in reworded])
    write_rows(connection, _DROP_LABELS, [{_KEY: after.id} for after in reworded])
    labelled = [*reworded, *(change.after for change in changes if change.before is None)]
    rows = [{"execution_id": after.id, "key": key, "value": value} for after in labelled for key, value in after.labels]
    add_missing(connection, execution_labels, rows)


def _reworded(before: Execution, after: Execution) -> bool:
    return before.labels is not after.labels or before.variables is not after.variables


def _write_task_runs(connection: Connection, moved: Sequence[tuple[TaskRun | None, TaskRun]]) -> None:
    write_rows(connection, _ADD_TASK_RUN, [task_run_row(after) for before, after in moved if before is None])
    changed = [{_KEY: after.id, **task_run_moves(after)} for before, after in moved if before is not None]
    write_rows(connection, _MOVE_TASK_RUN, changed)
    decided = [after for before, after in moved if before is not None and before.decision is not after.decision]
    write_rows(connection, _DECIDE_TASK_RUN, [{_KEY: after.id, "decision": after.decision} for after in decided])
    rows = [attempt_row(after.id, attempt) for before, after in moved for attempt in _new_attempts(before, after)]
    write_rows(connection, upserting(connection.dialect.name, attempts), rows)


def _new_attempts(before: TaskRun | None, after: TaskRun) -> Sequence[Attempt]:
    """The attempts behind the last one that is as it was; only the end of the list ever changes."""
    known = () if before is None else before.attempts
    first = min(len(known), len(after.attempts))
    while first and known[first - 1] is not after.attempts[first - 1]:
        first -= 1
    return after.attempts[first:]


def _write_history(connection: Connection, changes: Collection[Change]) -> None:
    rows = [history_row(change.after.id, at, event) for change in changes for at, event in change.events]
    write_rows(connection, _ADD_HISTORY, rows)


def _write_timers(connection: Connection, changes: Collection[Change]) -> None:
    """Add the new timers, then drop those that fired and those of executions that are done."""
    upsert(connection, timers, [timer_row(change.after.id, timer) for change in changes for timer in change.timers])
    write_rows(connection, _DROP_TIMER, [_timer_key(change, event) for change in changes for event in change.fired()])
    done = [change.after.id for change in changes if change.after.done]
    if done:
        connection.execute(_DROP_TIMERS, {_KEY: done})


def _timer_key(change: Change, event: TimerFired) -> Row:
    number, subject = event.number, event.subject
    return {_KEY: change.after.id, "purpose_": event.purpose.value, "subject_": subject, "number_": number}


def timer_row(execution_id: str, timer: SetTimer) -> Row:
    """All columns of a timer."""
    return {
        "execution_id": execution_id,
        "purpose": timer.purpose.value,
        "subject": timer.subject,
        "number": timer.number,
        "at": timer.at,
    }
