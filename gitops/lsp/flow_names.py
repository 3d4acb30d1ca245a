"""Where a flow names others: in the tasks that call them and in the triggers that wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gitops.language.position import Path
from gitops.lint.facts.fixed import fixed_name
from gitops.lint.subject import Subject

NAMESPACE, FLOW = "namespace", "flowId"


class FlowName(NamedTuple):
    """A flow by namespace and id; `path` leads to the id."""

    path: Path
    flow: tuple[str, str]


def flow_names(subject: Subject) -> Iterator[FlowName]:
    """Every mapping that has both, wherever it stands."""
    waiting: list[tuple[Path, object]] = [((), subject.document.data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            found = named(subject, path, value)
            if found is not None:
                yield found
            waiting.extend(((*path, key), item) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, index), item) for index, item in enumerate(value))


def named(subject: Subject, path: Path, holder: dict[str, object]) -> FlowName | None:
    """The flow that a mapping names; None when it names none, or an expression decides."""
    namespace, flow = fixed_name(subject, holder.get(NAMESPACE)), fixed_name(subject, holder.get(FLOW))
    return FlowName((*path, FLOW), (namespace, flow)) if namespace and flow else None
