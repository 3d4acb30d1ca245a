"""An execution as the Flow triggers of other flows see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gitops.execution.state import Execution
from gitops.language.upstream import Upstream

CORRELATION = "system.correlationId"


def told_of(execution: Execution, upstream: Upstream) -> Mapping[str, object]:
    """What `trigger.*` holds."""
    return {
        "executionId": execution.id,
        "namespace": execution.namespace,
        "flowId": execution.flow_id,
        "flowRevision": execution.revision,
        "state": upstream.state,
        "executionLabels": dict(execution.labels),
        "outputs": dict(execution.outputs or {}),
    }


def seen_by_dependency(told: Mapping[str, object], upstream: Upstream) -> Mapping[str, object]:
    """What the `when` of a dependency sees beside `trigger`."""
    return {
        **{name: told[name] for name in ("namespace", "flowId", "state", "outputs")},
        "labels": dict(upstream.labels),
        "hasRetryAttempt": upstream.retried,
    }


def together(last: Mapping[str, object], met: Iterable[Mapping[str, object]], *, by_flow: bool) -> Mapping[str, object]:
    """What `trigger.*` holds after several executions: the last of them, with the outputs of all.

    Those of one flow stand as they are; those of several by flow, and beside that together unless `by_flow`.
    """
    outputs = {str(each["flowId"]): each["outputs"] for each in (*met, last)}
    if len(outputs) < 2:
        return last
    flat: dict[str, object] = {}
    for each in outputs.values():
        flat |= each if isinstance(each, Mapping) else {}
    return {**last, "outputs": outputs if by_flow else {**outputs, **flat}}


def correlation(execution: Execution) -> list[tuple[str, str]]:
    """The label that says which executions belong together, handed on."""
    return [label for label in execution.labels if label[0] == CORRELATION]
