"""Which tasks of a flow keep something from one execution to the next: it is kept under their ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.position import Path

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

_PROPERTIES = ("taskCache", "cache")


class CacheFact(NamedTuple):
    """A task that has an id and a cache; its type is today's name."""

    id: str
    type: str
    path: Path


def caches(subject: Subject) -> Iterator[CacheFact]:
    """Every such task, at any depth."""
    if subject.words.isdisjoint(_PROPERTIES):
        return
    for task in subject.outline.tasks:
        data = subject.at(task.path)
        if task.id is not None and task.type is not None and isinstance(data, dict) and _is_kept(data):
            yield CacheFact(task.id, subject.kinds.today(task.type), task.path)


def _is_kept(data: dict[str, object]) -> bool:
    found = [data[name] for name in _PROPERTIES if isinstance(data.get(name), dict)]
    return any(isinstance(each, dict) and each.get("enabled") is not False for each in found)
