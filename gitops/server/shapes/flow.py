"""Flows and revisions as the API answers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gitops.execution.state import Execution, State
from gitops.language.flow import Flow
from gitops.language.inputs.input import Input
from gitops.server.shapes.shape import Instant, LabelShape, Shape, labels_of
from gitops.store.flows import Revision


class TriggerShape(Shape):
    """A declared trigger and the next date that it fires."""

    id: str
    type: str
    description: str | None = None
    next_execution_date: Instant | None = None


class LastExecutionShape(Shape):
    """The newest execution of a flow."""

    id: str
    state: State
    start_date: Instant


class InputShape(Shape):
    """A declared input."""

    id: str
    type: str
    required: bool
    defaults: Any = None
    prefill: Any = None
    description: str | None = None
    display_name: str | None = None
    values: list[str] | None = None
    allow_custom_value: bool | None = None


class FlowShape(Shape):
    """A revision of a flow."""

    namespace: str
    id: str
    revision: int
    description: str | None = None
    disabled: bool
    deleted: bool | None = None
    digest: str
    labels: list[LabelShape]
    updated: Instant
    repository: str | None = None
    path: str | None = None
    commit: str | None = None
    triggers: list[TriggerShape]
    inputs: list[InputShape] | None = None
    last_execution: LastExecutionShape | None = None
    source: str | None = None


def flow_shape(
    revision: Revision,
    *,
    dates: Mapping[str, Any] | None = None,
    last: Execution | None = None,
    source: bool = False,
    flow: Flow | None = None,
) -> FlowShape:
    """A revision; `dates` are the next dates by trigger id, `flow` gives its inputs."""
    next_dates = dates or {}
    return FlowShape(
        namespace=revision.namespace,
        id=revision.flow_id,
        revision=revision.revision,
        description=revision.description,
        disabled=revision.disabled,
        deleted=revision.deleted or None,
        digest=revision.digest,
        labels=labels_of(revision.labels),
        updated=revision.created_at,
        repository=revision.repository,
        path=revision.path,
        commit=revision.commit,
        triggers=[TriggerShape(**item, next_execution_date=next_dates.get(item["id"])) for item in revision.triggers],
        inputs=input_shapes(flow.inputs) if flow is not None else None,
        last_execution=_last(last) if last is not None else None,
        source=revision.source if source else None,
    )


def _last(execution: Execution) -> LastExecutionShape:
    return LastExecutionShape(id=execution.id, state=execution.state, start_date=execution.created_at)


def input_shapes(inputs: Sequence[Input]) -> list[InputShape]:
    """Declared inputs: those of a flow, or those that a pause asks for."""
    return [
        InputShape(
            id=declared.id,
            type=declared.type,
            required=declared.required,
            defaults=declared.defaults,
            prefill=getattr(declared, "prefill", None),
            description=declared.description,
            display_name=declared.display_name,
            values=list(values) if (values := getattr(declared, "values", None)) else None,
            allow_custom_value=getattr(declared, "allow_custom_value", None),
        )
        for declared in inputs
    ]
