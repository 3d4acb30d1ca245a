"""The types of tasks, for a task that is written while the flow runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import TypeAdapter, ValidationError

from gitops.engine.services.place import Place
from gitops.errors import InvalidSource
from gitops.execution.rendering import render_task
from gitops.language.task import KINDS, AnyTask, Opaque, Task
from gitops.language.unavailable import unavailable

_READER: TypeAdapter[Task] = TypeAdapter(AnyTask)


class InstalledTaskTypes:
    """Implements TaskTypes."""

    def __init__(self, place: Place) -> None:
        self._kinds = place.world.kinds

    def read(self, source: Mapping[str, object], render: Callable[[object], object]) -> Task:
        """See TaskTypes."""
        try:
            task = _READER.validate_python(source, context={KINDS: self._kinds})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(key) for key in first["loc"])
            raise InvalidSource(f"{place}: {first['msg']}" if place else first["msg"]) from error
        if isinstance(task, Opaque):
            raise InvalidSource(f"type: expected the type of a task that is installed, found `{task.type}`")
        missing = next(unavailable(task), None)
        if missing is not None:
            raise InvalidSource(f"this version does not act on {missing.words}")
        return render_task(task, render, self._kinds)
