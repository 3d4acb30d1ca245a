"""The tables of types together. Ours are written out, in the modules beside this one; others come by entry point.

A package that offers task types names each class in the entry point group `gitops.tasks`, trigger types in
`gitops.triggers`. This is the only place that reads entry points.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

from gitops.catalog.conditions import CONDITIONS
from gitops.catalog.control_tasks import CONTROL_TASKS
from gitops.catalog.data_tasks import DATA_TASKS
from gitops.catalog.places import Places
from gitops.catalog.runners import RUNNERS
from gitops.catalog.script_tasks import SCRIPT_TASKS
from gitops.catalog.triggers import TRIGGERS
from gitops.language.condition import Condition
from gitops.language.model import Kind
from gitops.language.task import Task
from gitops.language.trigger import Trigger
from gitops.tasks.scripts.runners.runner import TaskRunner

Types = Mapping[str, type[Kind]]
"""Types by name."""


class Catalogue:
    """Types by room (`Task`, `Trigger`, `Condition`, `TaskRunner`) and name; old names lead to today's type."""

    def __init__(
        self, rooms: Mapping[str, Types | Iterable[type[Kind]]], *, defaults: Sequence[Mapping[str, object]] = ()
    ) -> None:
        self.defaults = defaults
        self._rooms = {room: kinds if isinstance(kinds, Mapping) else _by_name(kinds) for room, kinds in rooms.items()}

    @cached_property
    def _aliases(self) -> Mapping[str, Types]:
        """Types by their old names. Only the classes know these, so the first old name imports all of them."""
        return {
            room: {alias: kind for kind in kinds.values() for alias in kind.ALIASES}
            for room, kinds in self._rooms.items()
        }

    def find(self, room: str, name: str) -> type[Kind] | None:
        """The class of that type, by today's name or an old one; None when it is not installed."""
        return self._rooms[room].get(name) or self._aliases[room].get(name)

    def room(self, room: str) -> Types:
        """Every type of a room by its name."""
        return self._rooms[room]

    def today(self, name: str) -> str:
        """Today's name of a type that is called by an old one; any other name itself."""
        if any(name in kinds for kinds in self._rooms.values()):
            return name
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
        return Catalogue(self._rooms, defaults=defaults)

    def recover(self, work: Path) -> None:
        """Let every runner end what a crashed service left running."""
        for runner in cast("Mapping[str, type[TaskRunner]]", self._rooms[TaskRunner.ROOM]).values():
            runner.recover(work)

    def rooms(self) -> Iterable[str]:
        """The names of the rooms."""
        return self._rooms


@cache
def catalogue() -> Catalogue:
    """Our own types and those of the installed packages."""
    return Catalogue(
        {
            Task.ROOM: _joined("gitops.tasks", {**CONTROL_TASKS, **DATA_TASKS, **SCRIPT_TASKS}),
            Trigger.ROOM: _joined("gitops.triggers", TRIGGERS),
            Condition.ROOM: Places(CONDITIONS),
            TaskRunner.ROOM: Places(RUNNERS),
        }
    )


def _joined(group: str, ours: Mapping[str, str]) -> Types:
    """Our types and those of installed packages, which come last in lists and win."""
    offered = _by_name(entry.load() for entry in entry_points(group=group))
    return ChainMap(offered, Places(ours))  # type: ignore[arg-type]  # nobody writes to it


def _by_name(kinds: Iterable[type[Kind]]) -> dict[str, type[Kind]]:
    return {kind.type_name(): kind for kind in kinds}
