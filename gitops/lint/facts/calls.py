"""Which flows a flow calls: its tasks that create executions of another flow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.position import Path
from gitops.lint.members import Member, tasks

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

CALLING = ("io.kestra.plugin.core.flow.Subflow", "io.kestra.plugin.core.flow.ForEachItem")


class Call(NamedTuple):
    """A task that calls a flow. What an expression decides is None; `inputs` is None when they cannot be known."""

    path: Path
    task: str | None
    namespace: str | None
    flow: str | None
    inputs: tuple[str, ...] | None


def calls(subject: Subject) -> Iterator[Call]:
    """Every call, at any depth."""
    for task in tasks(subject, *CALLING):
        yield _call(task)


def _call(task: Member) -> Call:
    given = task.data.get("inputs", {})
    names = tuple(given) if isinstance(given, dict) else None
    task_id = task.data.get("id")
    return Call(
        task.path,
        task_id if isinstance(task_id, str) else None,
        _fixed(task.data.get("namespace")),
        _fixed(task.data.get("flowId")),
        names,
    )


def _fixed(value: object) -> str | None:
    return value if isinstance(value, str) and "{{" not in value and "{%" not in value else None
