"""A new execution, made from a flow and what its caller gives: inputs are read, labels are gathered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gitops.engine import clock
from gitops.engine.functions import world
from gitops.engine.redaction import Redactor
from gitops.errors import Conflict
from gitops.execution.state import CommitReference, Execution, Moment, State, TriggeredBy
from gitops.execution.tree import FlowTree
from gitops.execution.variables import Variables
from gitops.language.expression.template import render
from gitops.language.inputs import resolve_inputs

_CORRELATION = "system.correlationId"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the caller of a flow gives for one execution."""

    inputs: Mapping[str, object] = field(default_factory=dict)
    labels: Sequence[tuple[str, str]] = ()
    trigger: TriggeredBy | None = None
    commit: CommitReference | None = None


def new_execution(flow: FlowTree, revision: int, order: Order, variables: Variables) -> Execution:
    """The execution, not yet begun; raises Conflict for a disabled flow and InvalidInputs."""
    declared = flow.flow
    if declared.disabled:
        raise Conflict(f"flow {declared.namespace}.{declared.id} is disabled; set `disabled: false` to run it")
    functions = world(Redactor().learn)
    inputs = resolve_inputs(declared.inputs, order.inputs, lambda value: render(value, variables, functions))
    id_, now = clock.new_id(), clock.now()
    return Execution(
        id=id_,
        namespace=declared.namespace,
        flow_id=declared.id,
        revision=revision,
        created_at=now,
        moments=(Moment(State.CREATED, now),),
        inputs=inputs,
        labels=_labels(flow, order.labels, id_),
        trigger=order.trigger,
        commit=order.commit,
    )


def _labels(flow: FlowTree, given: Sequence[tuple[str, str]], id_: str) -> tuple[tuple[str, str], ...]:
    """The flow's labels, then the caller's, then the correlation id unless the caller handed one on."""
    own = [(label.key, label.value) for label in flow.flow.labels or () if not label.key.startswith("system.")]
    labels = dict([*own, *given])
    labels.setdefault(_CORRELATION, id_)
    return tuple(labels.items())
