"""A new execution, made from a flow and what its caller gives: inputs are read, labels are gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from gitops.engine import clock
from gitops.engine.checks import RenderWith, refuse_failed_checks
from gitops.engine.functions.world import ReadKey, world
from gitops.engine.redaction import Redactor
from gitops.errors import Conflict
from gitops.execution.state import Caller, CommitReference, Execution, Moment, State, TriggeredBy
from gitops.execution.tree import FlowTree
from gitops.execution.variables import Variables
from gitops.language.expression.library.texts import slug
from gitops.language.expression.template import render
from gitops.language.flow import Flow
from gitops.language.inputs.input import Input
from gitops.language.inputs.resolve import Encrypt, resolve_inputs
from gitops.storage.storage import SCHEME

Keep = Callable[[str, Path], object]
"""Puts a file into internal storage, at a path."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How what is given is kept: files in internal storage, secrets encrypted. Without a key there are no secrets.

    `keys` gives what `kv()` reads from in a namespace. `refuse_large` raises InvalidInputs for more than one execution
    may hold.
    """

    keep: Keep
    encrypt: Encrypt | None
    keys: Callable[[str], ReadKey | None]
    refuse_large: Callable[[Mapping[str, object]], None]


_CORRELATION = "system.correlationId"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is given for an input: where it lies now, the name it came with, and that of its form field."""

    path: Path
    name: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the caller of a flow gives for one execution; `uploads` are by the id of their input, where it is known.

    `id` is that of the execution, for callers that must know it before; None for a new one. What is `demanding` is
    refused when a required input is missing.
    """

    inputs: Mapping[str, object] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    labels: Sequence[tuple[str, str]] = ()
    trigger: TriggeredBy | None = None
    commit: CommitReference | None = None
    schedule_date: datetime | None = None
    caller: Caller | None = None
    id: str | None = None
    demanding: bool = True


def new_execution(flow: FlowTree, revision: int, order: Order, variables: Variables, *, keeping: Keeping) -> Execution:
    """The execution, not yet begun, its files kept; raises Conflict for a disabled flow and InvalidInputs."""
    declared = flow.flow
    if declared.disabled:
        raise Conflict(f"flow {declared.namespace}.{declared.id} is disabled; set `disabled: false` to run it")
    id_, now = order.id or clock.new_id(), clock.now()
    inputs = read_uploaded(
        declared,
        id_,
        declared.inputs,
        order.inputs,
        order.uploads,
        variables=variables,
        keeping=keeping,
        demanding=order.demanding,
    )
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
        schedule_date=order.schedule_date,
        caller=order.caller,
    )


def read_uploaded(
    flow: Flow,
    execution_id: str,
    declared: Sequence[Input],
    given: Mapping[str, object],
    uploads: Mapping[str, Upload],
    *,
    variables: Variables,
    keeping: Keeping,
    demanding: bool = True,
) -> dict[str, object]:
    """The inputs as they are declared, files kept for the execution; raises InvalidInputs, and then keeps nothing.

    Checks of the flow that forbid the execution raise Conflict.
    """
    files = _assigned(uploads, declared)
    places = {name: f"{_folder(flow, execution_id)}/inputs/{name}/{each.name}" for name, each in files.items()}
    render_with = rendering(variables, keeping.keys(flow.namespace))
    with_files = {**given, **{name: SCHEME + place for name, place in places.items()}}
    inputs = resolve_inputs(declared, with_files, render_with, encrypt=keeping.encrypt, demanding=demanding)
    if declared is flow.inputs:
        refuse_failed_checks(flow.checks, inputs, render_with)
    keeping.refuse_large(inputs)
    for name, place in places.items():
        keeping.keep(place, files[name].path)
    return inputs


def rendering(variables: Variables, read_key: ReadKey | None = None) -> RenderWith:
    """Renders, typed, what stands in a flow before there is an execution: with more variables each time."""
    functions = world(Redactor().learn, read_key=read_key)

    def render_with(value: object, more: Mapping[str, object]) -> object:
        known = variables.extended({name: partial(more.get, name) for name in more})
        return render(value, known, functions, typed=True)

    return render_with


def _assigned(uploads: Mapping[str, Upload], inputs: Iterable[Input]) -> dict[str, Upload]:
    """The files by the id of their input: each names it in one of several ways. Those for no input are ignored."""
    declared = {each.id for each in inputs}
    assigned = {}
    for key, upload in uploads.items():
        found = next((name for name in (key, upload.name, upload.field) if name in declared), None)
        if found is not None:
            assigned[found] = upload
    return assigned


def _labels(flow: FlowTree, given: Sequence[tuple[str, str]], id_: str) -> tuple[tuple[str, str], ...]:
    """The flow's labels, then the caller's, then the correlation id unless the caller handed one on."""
    own = [(label.key, label.value) for label in flow.flow.labels or () if not label.key.startswith("system.")]
    labels = dict([*own, *given])
    labels.setdefault(_CORRELATION, id_)
    return tuple(labels.items())


def _folder(flow: Flow, execution_id: str) -> str:
    return f"{flow.namespace.replace('.', '/')}/{slug(flow.id)}/executions/{execution_id}"
