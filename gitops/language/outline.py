"""The tolerant view of a document: its ids, tasks, triggers, inputs and outputs, as far as they can be made out.

Nothing here raises or judges. Tasks are known by their shape: mappings with a `type`, in the places where tasks stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.position import Path

if TYPE_CHECKING:
    from gitops.language.document import Document

TASK_LISTS = (
    "tasks",
    "errors",
    "finally",
    "afterExecution",
    "then",
    "else",
    "defaults",
    "onWait",
    "onApprove",
    "onDeny",
)
"""The properties that hold lists of tasks, in a flow and in a task."""

_ONE_TASK = "onPause"
_HOLDERS = "listeners"
"""Mappings that hold tasks and are none themselves."""

_PLACES = frozenset((*TASK_LISTS, "cases", _ONE_TASK, _HOLDERS))
"""Every property that may hold tasks; most tasks have none of them."""


class TaskOutline(NamedTuple):
    """A task: where it stands, its id and its type; None where these are not text."""

    path: Path
    id: str | None
    type: str | None


class TriggerOutline(NamedTuple):
    """A trigger: where it stands, its id and its type; None where these are not text."""

    path: Path
    id: str | None
    type: str | None


class InputOutline(NamedTuple):
    """An input: where it stands, its id (also by its old name `name`) and its type; None where these are not text."""

    path: Path
    id: str | None
    type: str | None


class OutputOutline(NamedTuple):
    """An output of the flow: where it stands, its id and its type; None where these are not text."""

    path: Path
    id: str | None
    type: str | None


class Outline(NamedTuple):
    """What a document holds; tasks at every depth, a task before its children."""

    id: str | None = None
    namespace: str | None = None
    tasks: tuple[TaskOutline, ...] = ()
    triggers: tuple[TriggerOutline, ...] = ()
    inputs: tuple[InputOutline, ...] = ()
    outputs: tuple[OutputOutline, ...] = ()


def outline(document: Document) -> Outline:
    """The outline of a document; an empty one when it holds no mapping."""
    data = document.data
    if not isinstance(data, dict):
        return Outline()
    return Outline(
        id=_text(data, "id"),
        namespace=_text(data, "namespace"),
        tasks=tuple(TaskOutline(path, *_named(task)) for path, task in _tasks(data, ())),
        triggers=tuple(TriggerOutline(path, *_named(item)) for path, item in items(data, "triggers")),
        inputs=input_outlines(data, "inputs"),
        outputs=tuple(OutputOutline(path, *_named(item)) for path, item in items(data, "outputs")),
    )


def child_tasks(holder: dict[str, object], path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """The tasks that a flow or a task holds itself, each with its path; `path` leads to the holder."""
    if _PLACES.isdisjoint(holder):
        return
    for place, item in _candidates(holder, path):
        task = item.get("task")
        if "type" in item:
            yield place, item
        elif isinstance(task, dict) and "type" in task:
            yield (*place, "task"), task


def input_outlines(holder: dict[str, object], name: str, path: Path = ()) -> tuple[InputOutline, ...]:
    """The inputs in a list that a flow or a task holds; `path` leads to the holder."""
    return tuple(
        InputOutline(place, _text(item, "id") or _text(item, "name"), _text(item, "type"))
        for place, item in items(holder, name, path)
    )


def items(holder: dict[str, object], name: str, path: Path = ()) -> Iterator[tuple[Path, dict[str, object]]]:
    """The mappings of a list that a mapping holds, each with its path; `path` leads to the holder."""
    found = holder.get(name)
    for index, item in enumerate(found if isinstance(found, list) else ()):
        if isinstance(item, dict):
            yield (*path, name, index), item


def _tasks(holder: dict[str, object], path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """The tasks below a flow or a task, at every depth."""
    for place, task in child_tasks(holder, path):
        yield place, task
        yield from _tasks(task, place)


def _candidates(holder: dict[str, object], path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    for name in TASK_LISTS:
        if name in holder:
            yield from items(holder, name, path)
    cases, single = holder.get("cases"), holder.get(_ONE_TASK)
    if isinstance(cases, dict):
        for name in cases:
            yield from items(cases, name, (*path, "cases"))
    if isinstance(single, dict):
        yield (*path, _ONE_TASK), single
    for place, listener in items(holder, _HOLDERS, path):
        yield from items(listener, "tasks", place)


def _named(holder: dict[str, object]) -> tuple[str | None, str | None]:
    return _text(holder, "id"), _text(holder, "type")


def _text(holder: dict[str, object], name: str) -> str | None:
    value = holder.get(name)
    return value if isinstance(value, str) else None
