"""The tolerant view of a document: its ids, tasks, triggers and inputs, as far as they can be made out.

Nothing here raises or judges. Tasks are known by their shape: mappings with a `type`, in the places where tasks stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gitops.language.document import Document, Path

TASK_LISTS = ("tasks", "errors", "finally", "afterExecution", "then", "else", "defaults")
"""The properties that hold lists of tasks, in a flow and in a task."""


@dataclass(frozen=True, slots=True)
class TaskOutline:
    """A task: where it stands, its id and its type; None where these are not text."""

    path: Path
    id: str | None
    type: str | None


@dataclass(frozen=True, slots=True)
class TriggerOutline:
    """A trigger: where it stands, its id and its type; None where these are not text."""

    path: Path
    id: str | None
    type: str | None


@dataclass(frozen=True, slots=True)
class InputOutline:
    """An input: where it stands, its id and its type; None where these are not text."""

    path: Path
    id: str | None
    type: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document holds; tasks at every depth, a task before its children."""

    id: str | None = None
    namespace: str | None = None
    tasks: tuple[TaskOutline, ...] = ()
    triggers: tuple[TriggerOutline, ...] = ()
    inputs: tuple[InputOutline, ...] = ()


def outline(document: Document) -> Outline:
    """The outline of a document; an empty one when it holds no mapping."""
    data = document.data
    if not isinstance(data, dict):
        return Outline()
    return Outline(
        id=_text(data, "id"),
        namespace=_text(data, "namespace"),
        tasks=tuple(TaskOutline(path, _text(task, "id"), _text(task, "type")) for path, task in _tasks(data, ())),
        triggers=tuple(
            TriggerOutline(path, _text(item, "id"), _text(item, "type")) for path, item in _items(data, ("triggers",))
        ),
        inputs=tuple(
            InputOutline(path, _text(item, "id"), _text(item, "type")) for path, item in _items(data, ("inputs",))
        ),
    )


def child_tasks(holder: dict[str, object], path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """The tasks that a flow or a task holds itself, each with its path; `path` leads to the holder."""
    for place, item in _candidates(holder, path):
        task = item.get("task")
        if "type" in item:
            yield place, item
        elif isinstance(task, dict) and "type" in task:
            yield (*place, "task"), task


def _tasks(holder: dict[str, object], path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """The tasks below a flow or a task, at every depth."""
    for place, task in child_tasks(holder, path):
        yield place, task
        yield from _tasks(task, place)


def _candidates(holder: dict[str, object], path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    for name in TASK_LISTS:
        for step, item in _items(holder, (name,)):
            yield (*path, *step), item
    cases = holder.get("cases")
    if isinstance(cases, dict):
        for name in cases:
            for step, item in _items(cases, (name,)):
                yield (*path, "cases", *step), item


def _items(holder: dict[str, object], path: tuple[str]) -> Iterator[tuple[Path, dict[str, object]]]:
    """The mappings of a list, each with its path."""
    found = holder.get(path[0])
    for index, item in enumerate(found if isinstance(found, list) else ()):
        if isinstance(item, dict):
            yield (*path, index), item


def _text(holder: dict[str, object], name: str) -> str | None:
    value = holder.get(name)
    return value if isinstance(value, str) else None
