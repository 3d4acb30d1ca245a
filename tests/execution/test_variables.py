"""What expressions see of an execution and of one of its task runs."""

from __future__ import annotations

import pytest

from gitops.execution.state import TriggeredBy
from gitops.execution.variables import Variables, variables
from tests.execution.forest import Driver, new_execution, row, tree, work
from tests.replacing import replace

FLOW = tree({"variables": {"a": 1}, "tasks": [row("r", work("inner")), work("next")]})


def test_an_execution_is_seen_whole() -> None:
    driver = Driver(FLOW).begin()
    driver.run_all()
    seen = variables(FLOW, driver.execution)
    assert seen["flow"] == {"id": "flow", "namespace": "tests", "revision": 1, "tenantId": "main"}
    assert seen["execution"] == {
        "id": "execution",
        "startDate": "2026-01-01T00:00:00.000Z",
        "originalId": "execution",
        "state": "SUCCESS",
    }
    assert seen["outputs"] == {name: {"value": driver.task_run(name).id} for name in ("inner", "next")}
    assert seen["tasks"] == {name: {"state": "SUCCESS"} for name in ("r", "inner", "next")}
    assert seen["vars"] == {"a": 1}
    assert "trigger" not in seen
    assert "taskrun" not in seen


def test_labels_are_seen_by_key_the_first_one_wins_and_system_labels_are_nested() -> None:
    labels = (("a", "1"), ("a", "2"), ("system.correlationId", "x"))
    seen = variables(FLOW, replace(new_execution(), labels=labels))["labels"]
    assert seen == {"a": "1", "system.correlationId": "x", "system": {"correlationId": "x"}}


def test_a_trigger_is_seen_with_its_variables() -> None:
    by = TriggeredBy(id="hook", type="Webhook", variables={"body": {"x": 1}})
    seen = variables(FLOW, replace(new_execution(), trigger=by))["trigger"]
    assert seen == {"id": "hook", "type": "Webhook", "body": {"x": 1}}


@pytest.mark.parametrize(("kind", "seen"), [("Schedule", True), ("Webhook", False)])
def test_a_schedule_is_seen_by_its_old_name_too(kind: str, seen: bool) -> None:
    trigger = TriggeredBy(id="t", type=f"io.kestra.plugin.core.trigger.{kind}", variables={"date": "today"})
    found = variables(FLOW, replace(new_execution(), trigger=trigger))
    assert ("schedule" in found) is seen
    assert not seen or found["schedule"] == found["trigger"]


def test_a_task_run_sees_itself_and_the_ancestors_that_have_a_value_or_outputs() -> None:
    driver = Driver(FLOW).begin()
    parent, inner = driver.task_run("r"), driver.task_run("inner")
    seen = variables(FLOW, driver.execution, inner)
    assert seen["task"] == {"id": "inner", "type": "work"}
    taskrun = seen["taskrun"]
    assert isinstance(taskrun, dict)
    assert (taskrun["id"], taskrun["parentId"], taskrun["attemptsCount"]) == (inner.id, parent.id, 0)
    assert (seen["parents"], seen["parent"]) == ([], {})
    runs = driver.execution.task_runs.insert(parent.id, replace(parent, value="x", outputs={"o": 1}))
    looped = variables(FLOW, replace(driver.execution, task_runs=runs), inner)
    assert looped["parent"] == {"taskrun": {"value": "x"}, "outputs": {"o": 1}}


def test_values_are_made_once_and_only_when_they_are_read() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("a")
        return "value"

    seen = Variables({"a": make})
    assert "a" in seen
    assert made == []
    assert (seen["a"], seen["a"], made) == ("value", "value", ["a"])
    assert dict(seen.extended({"b": lambda: 2})) == {"a": "value", "b": 2}
    assert len(seen) == 1
