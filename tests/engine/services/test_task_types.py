"""Tasks that are written while a flow runs are read and rendered, or refused in words."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.engine.services.place import Place, World
from gitops.engine.services.task_types import InstalledTaskTypes
from gitops.errors import ExpressionError, InvalidSource
from gitops.language.expression.template import render
from gitops.language.task import Task
from gitops.tasks.log.log import Log

_LOG = "io.kestra.plugin.core.log.Log"


def _read(source: dict[str, object]) -> Task:
    types = InstalledTaskTypes(Place(Mock(spec=World, kinds=catalogue()), "team", "flow", "execution"))
    return types.read(source, lambda value: render(value, {"name": "Ada", "level": "warn"}))


def test_a_task_is_read_by_its_type_and_rendered() -> None:
    task = _read({"id": "say", "type": "io.kestra.core.tasks.log.Log", "message": ["hello {{ name }}", 1]})
    assert isinstance(task, Log)
    assert (task.type, task.message) == (_LOG, ("hello Ada", "1"))


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        ({"type": _LOG, "message": "a"}, InvalidSource, "id: Field required"),
        ({"id": "a", "type": _LOG}, InvalidSource, "message: Field required"),
        ({"id": "a", "type": "b"}, InvalidSource, "type: expected the type of a task that is installed, found `b`"),
        (
            {"id": "a", "type": "io.kestra.plugin.core.flow.Sequential", "tasks": [{"id": "b", "type": "c"}]},
            InvalidSource,
            "this version does not act on the type `c`",
        ),
        ({"id": "a", "type": _LOG, "message": "{{ nobody }}"}, ExpressionError, "Unable to find `nobody`"),
        ({"id": "a", "type": _LOG, "message": "m", "level": "{{ level }}"}, ExpressionError, "`level` of task `a`"),
    ],
)
def test_refused(source: dict[str, object], error: type[Exception], words: str) -> None:
    with pytest.raises(error) as refused:
        _read(source)
    assert str(refused.value).startswith(words)
