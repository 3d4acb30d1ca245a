"""How a trigger of the clock fires: its execution and its next date in one transaction, or neither.

What a trigger does is decided outside of the journal; a trigger that changed meanwhile is left as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gitops.engine.failed_execution import failed_execution, write_failed
from gitops.engine.news import News
from gitops.engine.starter import Starter
from gitops.engine.triggers.locks import TriggerLocks
from gitops.engine.triggers.view import TriggerView
from gitops.errors import GitopsError
from gitops.execution.state import Execution, State, TriggeredBy
from gitops.language.trigger import Trigger
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import TriggerState

_log = logging.getLogger(__name__)


class Overtaken(GitopsError):
    """The trigger has changed meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A moment at which a trigger fires: what it tells, and where it stands before and afterwards.

    `alone` says that the next execution waits for the end of this one.
    """

    view: TriggerView[Trigger]
    before: TriggerState
    after: TriggerState
    told: Mapping[str, object]
    inputs: Mapping[str, object] = field(default_factory=dict)
    labels: Sequence[tuple[str, str]] = ()
    alone: bool = True


class Firing:
    """Makes executions of occasions."""

    def __init__(self, store: Store, starter: Starter, locks: TriggerLocks, news: News) -> None:
        self._store = store
        self._starter = starter
        self._locks = locks
        self._news = news

    def fire(self, occasion: Occasion) -> None:
        """Create the execution; one whose inputs do not fit is not created, which the service's log says."""
        try:
            order = occasion.view.order(occasion.told, inputs=occasion.inputs, labels=occasion.labels)
            namespace, flow_id, _ = occasion.before.key
            self._starter.start(
                namespace,
                flow_id,
                order,
                revision=occasion.view.revision,
                also=lambda connection, execution: self._note(connection, occasion, execution),
            )
        except Overtaken:
            return
        except GitopsError as error:
            self.refuse(occasion, str(error))

    def refuse(self, occasion: Occasion, problem: str, *, fail: bool = False) -> None:
        """Say why nothing is created, and go on; with `failOnTriggerError`, or `fail`, a FAILED execution says it."""
        namespace, flow_id, trigger_id = occasion.before.key
        _log.warning("trigger %s of %s.%s: %s", trigger_id, namespace, flow_id, problem)
        if fail or occasion.view.trigger.fail_on_trigger_error:
            self._fail(occasion, problem)
        else:
            self.go_on(occasion.before, occasion.after)

    def go_on(self, before: TriggerState, after: TriggerState) -> None:
        """Only move the trigger, unless it has changed."""
        self._store.journal.write(lambda connection: self._store.triggers.swap(connection, before, after))

    def _note(self, connection: Connection, occasion: Occasion, execution: Execution) -> None:
        """Move the trigger, in the transaction that creates the execution; raises Overtaken to undo both."""
        lock = execution.id if occasion.alone and not execution.state.ended else None
        after = replace(occasion.after, last_execution_id=execution.id, locked_by=lock)
        if not self._store.triggers.swap(connection, occasion.before, after):
            raise Overtaken
        if lock is not None:
            self._locks.note(lock, occasion.before.key)

    def _fail(self, occasion: Occasion, problem: str) -> None:
        view = occasion.view
        if State.FAILED.value in view.trigger.stop_after:
            occasion = replace(occasion, after=replace(occasion.after, switched_off=True))
        by = TriggeredBy(id=view.trigger.id, type=view.trigger.type, variables=occasion.told)
        execution = failed_execution(view.tree, view.revision, by, labels=occasion.labels, message=problem)

        def write(connection: Connection) -> None:
            self._note(connection, occasion, execution)
            write_failed(self._store, connection, execution, self._news)

        try:
            self._store.journal.write(write)
        except Overtaken:
            return
