"""Executions of any size and in any state, written straight into the store: what the API reads, and nothing runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from rpds import HashTrieMap

from gitops.app import App
from gitops.engine import clock
from gitops.execution.state import Attempt, Children, Execution, Moment, Progress, State, TaskRun
from gitops.language.scalars import Level
from gitops.store.change import Change
from gitops.store.logs import LogEntry
from tests.replacing import replace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def task_run(of: Execution, number: int, *, state: State = State.SUCCESS, parent: TaskRun | None = None) -> TaskRun:
    """The task run number `number`; a child of `parent` has a value."""
    at = NOON + timedelta(milliseconds=number)
    return TaskRun(
        id=f"{of.id}-{number}",
        execution_id=of.id,
        task_id="say" if parent else "loop",
        sequence=number,
        parent_id=parent.id if parent else None,
        value=str(number) if parent else None,
        iteration=number - 1 if parent else None,
        state=state,
        moments=(Moment(State.CREATED, at), Moment(State.RUNNING, at), Moment(state, at)),
        attempts=(Attempt(1, state, started_at=at, ended_at=at),),
    )


def stored(app: App, *, state: State = State.SUCCESS, children: int = 0, done: bool | None = None) -> Execution:
    """An execution of company.team.hooked; with children, of one loop that holds as many."""
    moments = (Moment(State.CREATED, NOON), Moment(State.RUNNING, NOON), Moment(state, NOON + timedelta(hours=1)))
    execution = Execution(
        id=clock.new_id(),
        namespace="company.team",
        flow_id="hooked",
        revision=1,
        created_at=NOON,
        state=state,
        moments=moments,
        done=state.ended if done is None else done,
    )
    if children:
        progress = Progress(children=Children(created=children))
        loop = replace(task_run(execution, 0), progress=progress, attempts=())
        runs = [loop, *(task_run(execution, number, parent=loop) for number in range(1, children + 1))]
        execution = replace(execution, task_runs=HashTrieMap({run.id: run for run in runs}))
    save(app, None, execution, execution.task_runs)
    return execution


def save(app: App, before: Execution | None, after: Execution, moved: Iterable[str] = ()) -> None:
    """Write what moved, and tell who follows."""
    change = Change(before=before, after=after, moved=list(moved))
    app.store.journal.write(lambda connection: app.store.executions.save(connection, [change]))
    app.engine.news.publish([after.id])


def log(app: App, execution: Execution, count: int) -> None:
    """Append as many lines: `line 0`, `line 1` and so on."""
    numbers = range(count)
    lines = [LogEntry(None, execution.id, None, "say", 1, NOON, Level.INFO, f"line {number}") for number in numbers]
    app.store.journal.write(lambda connection: app.store.logs.append(connection, lines))
    app.engine.news.publish([execution.id])
