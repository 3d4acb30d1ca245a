"""Starts executions: finds the live revision, reads the inputs, and hands the new execution to the dispatcher."""

from __future__ import annotations

from gitops.engine.attempts.context import Surroundings
from gitops.engine.checks import failing_check
from gitops.engine.creation import Order, new_execution, rendering
from gitops.engine.dispatch import Also, Dispatcher, nothing_more
from gitops.engine.revisions import Revisions
from gitops.execution.events import TurnedAway
from gitops.execution.state import Execution, State
from gitops.execution.tree import FlowTree
from gitops.execution.variables import Variables
from gitops.store.store import Store


class Starter:
    """The way into the engine for everything that creates executions."""

    def __init__(
        self, store: Store, revisions: Revisions, surroundings: Surroundings, *, dispatcher: Dispatcher
    ) -> None:
        self._store = store
        self._revisions = revisions
        self._surroundings = surroundings
        self._dispatcher = dispatcher

    def start(
        self, namespace: str, flow_id: str, order: Order, *, revision: int | None = None, also: Also = nothing_more
    ) -> Execution:
        """Create an execution; it is on the disk when this returns. Raises NotFound, Conflict or InvalidInputs."""
        number, flow = self._revisions.find(namespace, flow_id, revision)
        known = self.variables(flow, number, order)
        execution = new_execution(flow, number, order, known, keeping=self._surroundings.keeping())
        return self.accept(flow, execution, known, also)

    def accept(
        self, flow: FlowTree, execution: Execution, variables: Variables, also: Also = nothing_more
    ) -> Execution:
        """Accept an execution that is made already; one whose checks fail it is accepted as FAILED."""
        refusal = refusal_of(self._surroundings, flow, execution, variables)
        if refusal is None:
            return self._dispatcher.create(execution, also).result().execution
        return self._dispatcher.refuse(execution, refusal, also).result().execution

    def variables(self, flow: FlowTree, revision: int, order: Order) -> Variables:
        """What expressions in defaults and trigger properties see, before there is an execution."""
        return variables_before(self._surroundings, flow, revision, order)


def refusal_of(
    surroundings: Surroundings, flow: FlowTree, execution: Execution, variables: Variables
) -> TurnedAway | None:
    """What becomes of a new execution that a check of its flow fails; None when none does."""
    render_with = rendering(variables, surroundings.keys(execution.namespace))
    words = failing_check(flow.flow.checks, execution.inputs, render_with)
    return None if words is None else TurnedAway(State.FAILED, words)


def variables_before(surroundings: Surroundings, flow: FlowTree, revision: int, order: Order) -> Variables:
    """What expressions see before there is an execution."""
    declared = flow.flow
    known = {
        "flow": {"id": declared.id, "namespace": declared.namespace, "revision": revision, "tenantId": "main"},
        "vars": declared.variables or {},
        "trigger": dict(order.trigger.variables) if order.trigger else {},
    }
    return surroundings.before(known)
