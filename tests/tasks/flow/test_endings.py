"""Every task that holds others may have the branches that follow them."""

from __future__ import annotations

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.execution.flowable import Flowable
from gitops.execution.holding import Holding
from gitops.execution.state import Branch
from gitops.language.task import Task
from gitops.tasks.flow.endings import Endings
from tests.execution.play import give
from tests.tasks.one_task import read_task

HOLDERS = [
    kind for kind in catalogue().room(Task.ROOM).values() if issubclass(kind, Flowable | Holding) and kind.AVAILABLE
]
NEEDED: dict[str, object] = {
    "tasks": [give("a")],
    "then": [give("b")],
    "condition": "x",
    "values": ["x"],
    "value": "x",
    "defaults": [give("c")],
    "items": "x",
    "namespace": "n",
    "flowId": "f",
    "templateId": "t",
}


@pytest.mark.parametrize("kind", HOLDERS, ids=lambda kind: kind.type_name())
def test_errors_and_finally_are_branches_of_their_own(kind: type[Task]) -> None:
    assert issubclass(kind, Endings)
    names = {field.alias or name for name, field in kind.model_fields.items()}
    given = {name: value for name, value in NEEDED.items() if name in names}
    if kind.type_name().endswith("Dag"):
        given["tasks"] = [{"task": give("a")}]
    task = read_task(kind.type_name(), **given, errors=[give("sorry")], finally_=[give("bye")])
    assert isinstance(task, Flowable | Holding)
    shown = {branch: [each.id for each in task.branch(branch)] for branch in Branch}
    assert (shown[Branch.ERRORS], shown[Branch.FINALLY], shown[Branch.AFTER]) == (["sorry"], ["bye"], [])
    assert not {"sorry", "bye"} & set(shown[Branch.TASKS])
