"""The table of types. Ours are written out; other packages add theirs by entry point.

A package that offers task types names each class in the entry point group `gitops.tasks`, trigger types in
`gitops.triggers`. This is the only place that reads entry points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import get_args

from gitops.language.model import Model
from gitops.language.task import Task
from gitops.language.trigger import Trigger
from gitops.tasks.debug.return_ import Return
from gitops.tasks.execution.fail import Fail
from gitops.tasks.flow.sequential import Sequential
from gitops.tasks.http.request import Request
from gitops.tasks.log.log import Log
from gitops.tasks.scripts.python.commands import Commands as PythonCommands
from gitops.tasks.scripts.python.script import Script as PythonScript
from gitops.tasks.scripts.runners.process import Process
from gitops.tasks.scripts.runners.runner import TaskRunner
from gitops.tasks.scripts.shell.commands import Commands as ShellCommands
from gitops.tasks.scripts.shell.script import Script as ShellScript
from gitops.triggers.schedule import Schedule
from gitops.triggers.webhook import Webhook

TASKS: tuple[type[Task], ...] = (
    Return,
    Fail,
    Sequential,
    Request,
    Log,
    PythonCommands,
    PythonScript,
    ShellCommands,
    ShellScript,
)
TRIGGERS: tuple[type[Trigger], ...] = (Schedule, Webhook)
RUNNERS: tuple[type[TaskRunner], ...] = (Process,)


class Catalogue:
    """Types by room (`Task`, `Trigger`, `TaskRunner`) and name."""

    def __init__(self, rooms: Mapping[str, Iterable[type[Model]]]) -> None:
        self._rooms = {room: {type_name(kind): kind for kind in kinds} for room, kinds in rooms.items()}

    def find(self, room: str, name: str) -> type[Model] | None:
        """The class of that type; None when it is not installed."""
        return self._rooms[room].get(name)

    def room(self, room: str) -> Mapping[str, type[Model]]:
        """Every type of a room by its name."""
        return self._rooms[room]

    def recover(self, work: Path) -> None:
        """Let every runner end what a crashed service left running."""
        for kind in self._rooms[TaskRunner.ROOM].values():
            if issubclass(kind, TaskRunner):
                kind.recover(work)

    def rooms(self) -> Iterable[str]:
        """The names of the rooms."""
        return self._rooms


def type_name(kind: type[Model]) -> str:
    """The name that `type:` holds for this class."""
    return str(get_args(kind.model_fields["type"].annotation)[0])


@cache
def catalogue() -> Catalogue:
    """Our own types and those of the installed packages."""
    return Catalogue(
        {
            Task.ROOM: (*TASKS, *_offered("gitops.tasks")),
            Trigger.ROOM: (*TRIGGERS, *_offered("gitops.triggers")),
            TaskRunner.ROOM: RUNNERS,
        }
    )


def _offered(group: str) -> list[type[Model]]:
    return [entry.load() for entry in entry_points(group=group)]
