"""Calls of webhook triggers: which trigger is meant, whether it answers, and what it hands to the execution."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from gitops.engine import clock
from gitops.engine.attempts.context import Surroundings
from gitops.engine.creation import Order
from gitops.engine.revisions import Revisions
from gitops.engine.starter import Starter
from gitops.engine.triggers.view import TriggerView
from gitops.engine.triggers.webhook_call import WebhookCall
from gitops.engine.triggers.webhook_delivery import Delivery
from gitops.errors import ExpressionError, InputProblem, InvalidInputs, NotFound
from gitops.execution.state import CommitReference, Execution
from gitops.language.trigger import CalledTrigger
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import TriggerKey


@dataclass(frozen=True, slots=True)
class Called:
    """What a call led to: the trigger, and its execution; None when the trigger's conditions do not hold."""

    view: TriggerView[CalledTrigger]
    execution: Execution | None


class WebhookCalls:
    """Takes calls."""

    def __init__(self, store: Store, revisions: Revisions, surroundings: Surroundings, starter: Starter) -> None:
        self._store = store
        self._revisions = revisions
        self._surroundings = surroundings
        self._starter = starter

    def call(
        self, namespace: str, flow_id: str, key: str, *, call: WebhookCall, commit: CommitReference | None = None
    ) -> Called:
        """Create an execution for a call.

        Raises NotFound for an unknown flow or key, the same for both, Conflict for a disabled flow, and InvalidInputs.
        """
        with self._store.database.read() as connection:
            view = self._find(connection, namespace, flow_id, key)
        delivery = Delivery(view, call, clock.new_id())
        told = delivery.told()
        with _as_inputs(view, "the conditions cannot be evaluated"):
            if not view.admits(told):
                return Called(view, None)
        with _as_inputs(view, "the inputs cannot be rendered"):
            order = replace(view.order(told), commit=commit, id=delivery.execution_id)
        delivery.keep()
        return Called(view, self._start(view, order))

    def response_code(self, called: Called, execution: Execution | None) -> int | None:
        """The status that the trigger asks for, rendered with the execution that has ended, if any; None without one.

        Raises ExpressionError for one that is no number after rendering.
        """
        code: object = called.view.trigger.response_code
        if code is None or isinstance(code, int):
            return code
        by = called.execution.trigger if called.execution else None
        outputs = dict(execution.outputs or {}) if execution is not None else {}
        rendered = called.view.render_with(by.variables if by else {}, {"outputs": outputs})(code)
        try:
            return int(str(rendered))
        except ValueError:
            raise ExpressionError(f"`responseCode`: expected a number after rendering, found `{rendered}`") from None

    def _find(self, connection: Connection, namespace: str, flow_id: str, key: str) -> TriggerView[CalledTrigger]:
        revision, tree = self._revisions.current(connection, namespace, flow_id)
        for trigger in tree.flow.triggers:
            if isinstance(trigger, CalledTrigger) and not trigger.disabled:
                view = TriggerView(trigger, tree, revision.revision, self._surroundings)
                if _fits(view, key) and not self._is_off(connection, view):
                    return view
        raise NotFound("there is no webhook trigger with this key")

    def _is_off(self, connection: Connection, view: TriggerView[CalledTrigger]) -> bool:
        state = self._store.triggers.get(connection, *_key(view))
        return state is not None and state.switched_off

    def _start(self, view: TriggerView[CalledTrigger], order: Order) -> Execution:
        def note(connection: Connection, execution: Execution) -> None:
            state = self._store.triggers.get(connection, *_key(view))
            if state is not None:
                after = replace(state, last_at=execution.created_at, last_execution_id=execution.id)
                self._store.triggers.upsert(connection, [after])

        flow = view.tree.flow
        return self._starter.start(flow.namespace, flow.id, order, revision=view.revision, also=note)


def _key(view: TriggerView[CalledTrigger]) -> TriggerKey:
    flow = view.tree.flow
    return flow.namespace, flow.id, view.trigger.id


def _fits(view: TriggerView[CalledTrigger], key: str) -> bool:
    try:
        rendered = str(view.render_with({})(view.trigger.key)).strip()
    except ExpressionError:
        return False
    return hmac.compare_digest(rendered.encode(), key.encode())


@contextmanager
def _as_inputs(view: TriggerView[CalledTrigger], words: str) -> Iterator[None]:
    """Tell the caller of expressions that fail as of inputs that do not fit."""
    try:
        yield
    except ExpressionError as error:
        raise InvalidInputs((InputProblem(view.trigger.id, f"{words}: {error}"),)) from error
