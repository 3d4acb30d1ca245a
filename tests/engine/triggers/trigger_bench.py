"""Triggers over a real store, with a clock that a test sets; executions are only written down, nobody runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace
from typing import cast

import pytest
from msgspec.structs import replace

from gitops.catalog.catalogue import catalogue
from gitops.engine import clock
from gitops.engine.attempts.context import Surroundings
from gitops.engine.dispatch import Also, Dispatcher, Handled, nothing_more
from gitops.engine.news import News
from gitops.engine.revisions import Revisions, read_source
from gitops.engine.starter import Starter
from gitops.engine.timers import Timers
from gitops.engine.triggers.triggers import Triggers
from gitops.execution.state import Execution, Moment, State
from gitops.storage.storage import Storage
from gitops.store.change import Change
from gitops.store.database import Connection
from gitops.store.executions import ExecutionFilter
from gitops.store.flows import Revision
from gitops.store.store import Store
from gitops.store.triggers import TriggerState

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
NAMESPACE = "company.team"
TASKS = """
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: m
"""


class SetTimers(Timers):
    """Timers that fire only when a test says so; it does not wait for anything."""

    def __init__(self) -> None:
        super().__init__()
        self.set: dict[str, tuple[datetime, Callable[[], None]]] = {}

    def at(self, name: str, date: datetime, call: Callable[[], None]) -> None:
        """Remember the call."""
        self.set[name] = (date, call)

    def cancel(self, name: str) -> None:
        """Forget the call."""
        self.set.pop(name, None)


class WritingDispatcher:
    """Accepts executions as the dispatcher does, and leaves them as they are."""

    def __init__(self, store: Store, news: News) -> None:
        self._store = store
        self._news = news

    def create(self, execution: Execution, also: Also = nothing_more) -> Future[Handled]:
        """Write a new execution down."""

        def work(connection: Connection) -> Handled:
            also(connection, execution)
            self._store.executions.save(connection, [Change(before=None, after=execution)])
            self._store.journal.after_commit(lambda: self._news.publish([execution.id]))
            return cast("Handled", SimpleNamespace(execution=execution))

        return self._store.journal.submit(work, durable=True)


@dataclass
class Bench:
    """The triggers and what a test asks of them."""

    store: Store
    storage: Storage
    triggers: Triggers
    timers: SetTimers
    news: News
    now: datetime = MONDAY
    made: list[Execution] = field(default_factory=list)

    def deploy(self, source: str, *, at: str | None = None) -> None:
        """Make this the live revision of its flow."""
        flow = read_source(dedent(source), catalogue())
        revision = Revision(
            namespace=flow.namespace,
            flow_id=flow.id,
            source=dedent(source),
            created_at=self.now,
            disabled=flow.disabled,
            triggers=[{"id": each.id, "type": each.type, "description": None} for each in flow.triggers],
        )
        states = [TriggerState.declared(flow, trigger, self.now) for trigger in flow.triggers]

        def write(connection: Connection) -> None:
            self.store.flows.add(connection, revision)
            for key in self.store.triggers.replace_for_flow(connection, flow.namespace, flow.id, states):
                self.store.trigger_windows.delete(connection, key)

        self.store.journal.write(write)
        self.triggers.refresh()

    def remove(self, flow_id: str) -> None:
        """Delete a flow, as a commit without its file does; nobody is told."""

        def write(connection: Connection) -> None:
            self.store.flows.delete(connection, NAMESPACE, flow_id, at=self.now)
            self.store.triggers.delete(connection, NAMESPACE, flow_id)

        self.store.journal.write(write)

    def state(self, flow_id: str, trigger_id: str = "t") -> TriggerState:
        """Where a trigger stands."""
        with self.store.database.read() as connection:
            found = self.store.triggers.get(connection, NAMESPACE, flow_id, trigger_id)
        assert found is not None
        return found

    def executions(self, flow_id: str) -> list[Execution]:
        """The executions of a flow, oldest first."""
        with self.store.database.read() as connection:
            found = self.store.executions.search(connection, ExecutionFilter(flow_id=flow_id), size=500).results
        return sorted(found, key=_order)

    def dates(self, flow_id: str) -> list[object]:
        """The dates that the executions of a flow were made for, oldest first."""
        return [each.trigger.variables.get("date") for each in self.executions(flow_id) if each.trigger]

    def attend(self, flow_id: str, trigger_id: str = "t") -> None:
        """What happens when the date of a trigger has come."""
        self.triggers._scheduler.attend((NAMESPACE, flow_id, trigger_id))

    def pass_to(self, now: datetime) -> None:
        """Let time pass, and fire everything that becomes due, in order."""
        agenda = self.triggers._scheduler._agenda
        while due := sorted((date, key) for key, date in agenda.dates().items() if date <= now):
            self.now = max(self.now, due[0][0])
            agenda.drop(due[0][1])
            self.triggers._scheduler.attend(due[0][1])
        self.now = now

    def finish_evaluations(self) -> None:
        """Wait until nothing is evaluated."""
        polling = self.triggers._scheduler._polling
        polling._threads.shutdown(wait=True)
        polling._threads = ThreadPoolExecutor(2)

    def planned(self, flow_id: str, trigger_id: str = "t") -> datetime | None:
        """The date that the timer of a trigger is set for."""
        return self.triggers._scheduler._agenda.dates().get((NAMESPACE, flow_id, trigger_id))

    def end(self, execution: Execution, *states: State, outputs: Mapping[str, object] | None = None) -> list[Execution]:
        """Move an execution to its last state; the executions that follow are written down and returned."""
        moments = tuple(Moment(state, self.now) for state in states)
        ended = replace(
            execution,
            state=states[-1],
            moments=(*execution.moments, *moments),
            outputs=outputs,
            done=states[-1].ended,
        )

        def work(connection: Connection) -> Sequence[Execution]:
            created = list(self.triggers.follow(connection, ended, states))
            changes = [Change(before=execution, after=ended), *(Change(before=None, after=each) for each in created)]
            self.store.executions.save(connection, changes)
            return created

        return list(self.store.journal.write(work))

    def happen(
        self,
        flow_id: str,
        *states: State,
        labels: Iterable[tuple[str, str]] = (),
        outputs: Mapping[str, object] | None = None,
    ) -> list[Execution]:
        """An execution of a flow comes into states; the executions that follow."""
        execution = self.create(flow_id, labels=labels)
        return self.end(execution, *(states or (State.SUCCESS,)), outputs=outputs)

    def create(self, flow_id: str, *, labels: Iterable[tuple[str, str]] = ()) -> Execution:
        """An execution of a flow, just begun."""
        execution = Execution(
            id=clock.new_id(),
            namespace=NAMESPACE,
            flow_id=flow_id,
            revision=1,
            created_at=self.now,
            moments=(Moment(State.CREATED, self.now),),
            labels=tuple(labels),
        )
        self.store.journal.write(
            lambda connection: self.store.executions.save(connection, [Change(before=None, after=execution)])
        )
        return execution


def _order(execution: Execution) -> tuple[datetime, str]:
    """Executions of one instant by the dates that they were made for."""
    told = execution.trigger.variables if execution.trigger else {}
    return execution.created_at, str(told.get("date"))


def hours(count: float) -> timedelta:
    """A length."""
    return timedelta(hours=count)


@contextmanager
def open_bench(folder: Path, patch: pytest.MonkeyPatch, *, now: datetime = MONDAY) -> Iterator[Bench]:
    """Triggers over the store in `folder`, with the clock at `now`."""
    store, timers, news = Store.open(f"sqlite:///{folder / 'gitops.db'}"), SetTimers(), News()
    storage = Storage(str(folder / "storage"))
    surroundings = Surroundings(storage, folder / "work", {})
    revisions, dispatcher = Revisions(store, catalogue()), cast("Dispatcher", WritingDispatcher(store, news))
    starter = Starter(store, revisions, surroundings, dispatcher=dispatcher)
    triggers = Triggers(
        store,
        revisions,
        surroundings,
        kinds=catalogue(),
        timers=timers,
        dispatcher=dispatcher,
        starter=starter,
        news=news,
    )
    bench = Bench(store, storage, triggers, timers, news, now)
    patch.setattr(clock, "now", lambda: bench.now)
    try:
        triggers.start()
        yield bench
    finally:
        triggers.stop()
        store.close()
