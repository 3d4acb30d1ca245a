"""The parts of a flow that rules ask for by type: tasks, triggers and conditions, with their data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.outline import TaskOutline, TriggerOutline
from gitops.language.position import Path

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

_Outlines = Iterable[TaskOutline | TriggerOutline]
_WITH_CONDITIONS = ("triggers", "listeners")


class Member(NamedTuple):
    """A part of a flow: where it stands, and what it says with its plugin defaults."""

    path: Path
    data: dict[str, object]


def tasks(subject: Subject, *types: str) -> Iterator[Member]:
    """The tasks of these types, at every depth, also by their old names."""
    return _of_types(subject, subject.outline.tasks, types)


def triggers(subject: Subject, *types: str) -> Iterator[Member]:
    """The triggers of these types, also by their old names."""
    return _of_types(subject, subject.outline.triggers, types)


def conditions(subject: Subject, *types: str) -> Iterator[Member]:
    """The conditions of these types, at every depth, also by their old names."""
    for name in _WITH_CONDITIONS:
        for member in _mappings(subject.whole.get(name), (name,)):
            kind = member.data.get("type")
            if isinstance(kind, str) and subject.kinds.today(kind) in types:
                yield member


def _of_types(
    subject: Subject, parts: Iterable[TaskOutline | TriggerOutline], types: tuple[str, ...]
) -> Iterator[Member]:
    for part in parts:
        if part.type is not None and subject.kinds.today(part.type) in types:
            data = subject.at(part.path)
            if isinstance(data, dict):
                yield Member(part.path, data)


def _mappings(value: object, path: Path) -> Iterator[Member]:
    """Every mapping in a value."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _mappings(item, (*path, index))
    elif isinstance(value, dict):
        yield Member(path, value)
        for key, item in value.items():
            yield from _mappings(item, (*path, key))
