"""Flow triggers: executions of some flows create executions of others, in the transaction that moves the former.

Which live flows have such a trigger is known in memory, so that all other executions cost nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gitops.engine import clock
from gitops.engine.attempts.context import Surroundings
from gitops.engine.creation import Order, new_execution
from gitops.engine.failed_execution import failed_execution, write_failed
from gitops.engine.news import News
from gitops.engine.triggers.deployed import DeployedTriggers
from gitops.engine.triggers.spans import Gathered, fitting, gather, open_window
from gitops.engine.triggers.upstream import correlation, seen_by_dependency, together, told_of
from gitops.engine.triggers.view import TriggerView
from gitops.engine.triggers.window_closings import WindowClosings
from gitops.errors import GitopsError
from gitops.execution.state import Execution, State, TriggeredBy
from gitops.execution.tree import FlowTree
from gitops.execution.upstream import upstream_of
from gitops.execution.variables import Variables
from gitops.language.gathering import Gathering
from gitops.language.trigger import FollowingTrigger, Trigger
from gitops.language.upstream import Upstream
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import TriggerKey

_log = logging.getLogger(__name__)

BeforeExecution = Callable[[FlowTree, int, Order], Variables]
"""What expressions in the defaults of inputs see: `Starter.variables`."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An execution of another flow in one of the states that it came into."""

    execution: Execution
    upstream: Upstream
    told: Mapping[str, object]

    @classmethod
    def of(cls, execution: Execution, state: State) -> Happening:
        """The execution in that state."""
        upstream = upstream_of(execution, state)
        return cls(execution, upstream, told_of(execution, upstream))


class FlowTriggers:
    """Follows executions; `refresh` after each deployment, and whenever a trigger is switched off or on."""

    def __init__(
        self,
        store: Store,
        deployed: DeployedTriggers,
        surroundings: Surroundings,
        *,
        variables: BeforeExecution,
        closings: WindowClosings,
        news: News,
    ) -> None:
        self._store = store
        self._deployed = deployed
        self._surroundings = surroundings
        self._variables = variables
        self._closings = closings
        self._news = news
        self._listening: Mapping[TriggerKey, TriggerView[Trigger]] = {}

    def refresh(self) -> None:
        """Read anew which live flows have a Flow trigger that is not off."""
        with self._store.database.read() as connection:
            self._listening = dict(self._find(connection))
        self._closings.refresh(self._listening)

    def follow(self, connection: Connection, execution: Execution, states: Sequence[State]) -> Iterable[Execution]:
        """The executions that these states of an execution create; to be accepted in the same transaction."""
        return list(self._follow(connection, execution, states)) if self._listening else []

    def _find(self, connection: Connection) -> Iterator[tuple[TriggerKey, TriggerView[Trigger]]]:
        for state in self._store.triggers.on(connection):
            if self._deployed.is_following(state.type):
                view = self._deployed.view(connection, state.key)
                if view is not None:
                    yield state.key, view

    def _follow(self, connection: Connection, execution: Execution, states: Sequence[State]) -> Iterator[Execution]:
        happenings = [Happening.of(execution, state) for state in states]
        for key, view in self._listening.items():
            if key[:2] == (execution.namespace, execution.flow_id):
                continue
            for happening in happenings:
                if happening.upstream.state in _following(view).states:
                    created = self._meet(connection, key, view, happening)
                    yield from () if created is None else (created,)

    def _meet(
        self, connection: Connection, key: TriggerKey, view: TriggerView[Trigger], happening: Happening
    ) -> Execution | None:
        """What one trigger makes of an execution."""
        try:
            seen = seen_by_dependency(happening.told, happening.upstream)
            if not view.fits(happening.told, happening.upstream, seen):
                return None
            told = self._gathered(connection, key, view, happening)
            if told is None or not view.is_wanted(told):
                return None
        except GitopsError as error:
            _log.warning("trigger %s of %s.%s: %s", key[2], key[0], key[1], error)
            if view.trigger.fail_on_trigger_error:
                self._fail(connection, view, happening, str(error))
            return None
        return self._create(connection, key, happening, told)

    def _gathered(
        self, connection: Connection, key: TriggerKey, view: TriggerView[Trigger], happening: Happening
    ) -> Mapping[str, object] | None:
        """What is told when all has happened that the trigger waits for; None until then."""
        gatherings = _following(view).gatherings()
        if not gatherings:
            return happening.told
        found = [self._gather(connection, key, view, gathering=each, happening=happening) for each in gatherings]
        fires = all(each.complete for each in found) and any(each.added for each in found)
        for each in found:
            window = each.after_firing() if fires else each.window
            if window is not None and (fires or each.added):
                self._store.trigger_windows.put(connection, window)
                self._closings.expect(window)
        met = [told for each in found for told in each.met()]
        by_flow = any(each.gathering.by_flow for each in found)
        return together(happening.told, met, by_flow=by_flow) if fires else None

    def _gather(
        self,
        connection: Connection,
        key: TriggerKey,
        view: TriggerView[Trigger],
        *,
        gathering: Gathering,
        happening: Happening,
    ) -> Gathered:
        """One gathering with the execution added; nothing is written yet."""
        now = clock.now()
        seen = seen_by_dependency(happening.told, happening.upstream)
        names = fitting(gathering, view.facts(happening.upstream), view.render_with(happening.told, seen))
        window = open_window(self._store.trigger_windows.of_trigger(connection, key), key, gathering, now)
        return gather(gathering, window, happening.told, fitting=names, now=now)

    def _create(
        self, connection: Connection, key: TriggerKey, happening: Happening, told: Mapping[str, object]
    ) -> Execution | None:
        """The execution of the trigger as it is deployed now; a FAILED one is written when its inputs do not fit."""
        found = self._deployed.find(connection, key)
        if found is None or found[0].off:
            return None
        state, view = found
        try:
            outputs = self._deployed.outputs(connection, happening.execution)
            order = view.order(told, labels=correlation(happening.execution), more={"outputs": outputs})
            known = self._variables(view.tree, view.revision, order)
            created = new_execution(view.tree, view.revision, order, known, keeping=self._surroundings.keeping())
        except GitopsError as error:
            self._fail(connection, view, happening, str(error))
            return None
        after = replace(state, last_at=clock.now(), last_execution_id=created.id)
        self._store.triggers.upsert(connection, [after])
        return created

    def _fail(self, connection: Connection, view: TriggerView[Trigger], happening: Happening, message: str) -> None:
        by = TriggeredBy(id=view.trigger.id, type=view.trigger.type, variables=happening.told)
        labels = correlation(happening.execution)
        failed = failed_execution(view.tree, view.revision, by, labels=labels, message=message)
        write_failed(self._store, connection, failed, self._news)


def _following(view: TriggerView[Trigger]) -> FollowingTrigger:
    assert isinstance(view.trigger, FollowingTrigger)  # noqa: S101 - only such are listened to
    return view.trigger
