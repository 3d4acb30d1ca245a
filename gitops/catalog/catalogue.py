"""The tables of types together. Ours are written out, in the modules beside this one; others come by entry point.

A package that offers task types names each class in the entry point group `gitops.tasks`, trigger types in
`gitops.triggers`. This is the only place that reads entry points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from gitops.catalog.conditions import CONDITIONS
from gitops.catalog.control_tasks import CONTROL_TASKS
from gitops.catalog.data_tasks import DATA_TASKS
from gitops.catalog.runners import RUNNERS
from gitops.catalog.script_tasks import SCRIPT_TASKS
from gitops.catalog.triggers import TRIGGERS
from gitops.language.condition import Condition
from gitops.language.model import Kind
from gitops.language.task import Task
from gitops.language.trigger import Trigger
from gitops.tasks.scripts.runners.runner import TaskRunner

TASKS: tuple[type[Task], ...] = (*CONTROL_TASKS, *DATA_TASKS, *SCRIPT_TASKS)


class Catalogue:
    """Types by room (`Task`, `Trigger`, `Condition`, `TaskRunner`) and name; old names lead to today's type."""

    def __init__(
        self, rooms: Mapping[str, Iterable[type[Kind]]], *, defaults: Sequence[Mapping[str, object]] = ()
    ) -> None:
        self.defaults = defaults
        self._rooms = {room: {kind.type_name(): kind for kind in kinds} for room, kinds in rooms.items()}
        self._aliases = {
            room: {alias: kind for kind in kinds.values() for alias in kind.ALIASES}
            for room, kinds in self._rooms.items()
        }

    def find(self, room: str, name: str) -> type[Kind] | None:
        """The class of that type, by today's name or an old one; None when it is not installed."""
        return self._rooms[room].get(name) or self._aliases[room].get(name)

    def room(self, room: str) -> Mapping[str, type[Kind]]:
        """Every type of a room by its name."""
        return self._rooms[room]

    def today(self, name: str) -> str:
        """Today's name of a type that is called by an old one; any other name itself."""
        return next((kinds[name].type_name() for kinds in self._aliases.values() if name in kinds), name)

    def has(self, name: str, key: str) -> bool:
        """Whether a type has a property, by any of its names; true of types that are not known."""
        kind = next((found for room in self._rooms if (found := self.find(room, name))), None)
        if kind is None:
            return True
        others = {**kind.RENAMED, **kind.SYNONYMS}
        return key in others or key in {field.alias for field in kind.model_fields.values()}

    def with_defaults(self, defaults: Sequence[Mapping[str, object]]) -> Catalogue:
        """The same types for a service that has `pluginDefaults` of its own."""
        return Catalogue({room: kinds.values() for room, kinds in self._rooms.items()}, defaults=defaults)

    def recover(self, work: Path) -> None:
        """Let every runner end what a crashed service left running."""
        for kind in self._rooms[TaskRunner.ROOM].values():
            if issubclass(kind, TaskRunner):
                kind.recover(work)

    def rooms(self) -> Iterable[str]:
        """The names of the rooms."""
        return self._rooms


@cache
def catalogue() -> Catalogue:
    """Our own types and those of the installed packages."""
    return Catalogue(
        {
            Task.ROOM: (*TASKS, *_offered("gitops.tasks")),
            Trigger.ROOM: (*TRIGGERS, *_offered("gitops.triggers")),
            Condition.ROOM: CONDITIONS,
            TaskRunner.ROOM: RUNNERS,
        }
    )


def _offered(group: str) -> list[type[Kind]]:
    return [entry.load() for entry in entry_points(group=group)]
