"""What creates executions by itself, put together: the clock, calls from outside, executions of other flows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gitops.engine.attempts.context import Surroundings
from gitops.engine.dispatch import Dispatcher
from gitops.engine.news import News
from gitops.engine.revisions import Revisions
from gitops.engine.starter import Starter
from gitops.engine.timers import Timers
from gitops.engine.triggers.deployed import DeployedTriggers
from gitops.engine.triggers.endings import TriggerEndings
from gitops.engine.triggers.firing import Firing
from gitops.engine.triggers.flow_triggers import FlowTriggers
from gitops.engine.triggers.locks import TriggerLocks
from gitops.engine.triggers.operations import TriggerOperations
from gitops.engine.triggers.scheduler import Scheduler
from gitops.engine.triggers.webhook_calls import WebhookCalls
from gitops.engine.triggers.window_closings import WindowClosings
from gitops.execution.effects import SetTimer
from gitops.execution.state import Execution, State
from gitops.language.task import Kinds
from gitops.language.trigger import Trigger
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import TriggerKey


class Triggers:
    """The triggers of all live flows. `operations` is for operators, `webhooks` for calls from outside."""

    def __init__(
        self,
        store: Store,
        revisions: Revisions,
        surroundings: Surroundings,
        *,
        kinds: Kinds,
        timers: Timers,
        dispatcher: Dispatcher,
        starter: Starter,
        news: News,
    ) -> None:
        self._deployed = deployed = DeployedTriggers(store, revisions, surroundings, kinds)
        locks = TriggerLocks(store)
        firing = Firing(store, starter, locks, news)
        self._closings = WindowClosings(store, timers, deployed, news)
        self._scheduler = Scheduler(store, timers, deployed=deployed, dispatcher=dispatcher, firing=firing, locks=locks)
        self._flow_triggers = FlowTriggers(
            store, deployed, surroundings, variables=starter.variables, closings=self._closings, news=news
        )
        self._endings = TriggerEndings(store, revisions, locks, self._scheduler.wake)
        self.operations = TriggerOperations(store, deployed, self._changed)
        self.webhooks = WebhookCalls(store, revisions, surroundings, starter)

    def start(self) -> None:
        """Set every date that the store holds. Dates before now were missed."""
        self._flow_triggers.refresh()
        self._scheduler.start()

    def stop(self) -> None:
        """Fire nothing more and wait for what runs."""
        self._scheduler.stop()
        self._closings.stop()

    def refresh(self) -> None:
        """Take notice of what is deployed now; call it after each deployment."""
        self._scheduler.refresh()
        self._flow_triggers.refresh()

    def set_timer(self, execution_id: str, timer: SetTimer) -> None:
        """Wake an execution when the date of its timer comes."""
        self._scheduler.set_timer(execution_id, timer)

    def follow(self, connection: Connection, execution: Execution, states: Sequence[State]) -> Iterable[Execution]:
        """From inside a work of the journal: the executions that these states of an execution create."""
        self._endings.note(connection, execution, states)
        return self._flow_triggers.follow(connection, execution, states)

    def declared(self, connection: Connection, key: TriggerKey) -> Trigger | None:
        """A trigger as the live revision of its flow declares it; None when there is none."""
        view = self._deployed.view(connection, key)
        return None if view is None else view.trigger

    def _changed(self, key: TriggerKey) -> None:
        self._scheduler.plan(key)
        self._flow_triggers.refresh()
