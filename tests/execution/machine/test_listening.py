"""Listeners: after the end, those whose conditions hold run their tasks, and the result stays as it was."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.execution.state import State
from gitops.execution.tree import FlowTree
from gitops.language.flow import read_flow
from tests.execution.forest import Driver

_LOG = {"type": "io.kestra.plugin.core.log.Log", "message": "m"}
_STATUS = "io.kestra.plugin.core.condition.ExecutionStatus"


def driver(*listeners: Mapping[str, object], **more: object) -> Driver:
    flow = {"id": "flow", "namespace": "tests", "tasks": [{"id": "main", **_LOG}], "listeners": list(listeners), **more}
    return Driver(FlowTree(read_flow(flow, catalogue()))).begin()


def on(*states: str) -> dict[str, object]:
    """A listener for executions in some states."""
    conditions = [{"type": _STATUS, "in": list(states)}]
    return {"conditions": conditions, "tasks": [{"id": "_".join(["on", *states]).lower(), **_LOG}]}


@pytest.mark.parametrize(("failing", "heard"), [(set(), "on_success"), ({"main"}, "on_failed")])
def test_only_those_run_whose_conditions_hold(failing: set[str], heard: str) -> None:
    ended = driver(on("FAILED"), on("SUCCESS")).run_all(failing)
    assert [run.task_id for run in ended.in_order()] == ["main", heard]
    assert ended.done


def test_all_run_in_order_after_those_of_after_execution() -> None:
    first, second = ({"tasks": [{"id": name, **_LOG}]} for name in ("first", "second"))
    ended = driver(first, second, afterExecution=[{"id": "after", **_LOG}]).run_all()
    assert [run.task_id for run in ended.in_order()] == ["main", "after", "first", "second"]


def test_one_that_fails_does_not_change_the_result() -> None:
    ended = driver(on("SUCCESS")).run_all(failing={"on_success"})
    assert (ended.state, ended.done) == (State.SUCCESS, True)


def test_without_any_that_holds_the_execution_is_done() -> None:
    ended = driver(on("FAILED")).run_all()
    assert (ended.state, ended.done, len(ended.task_runs)) == (State.SUCCESS, True, 1)


def test_conditions_that_cannot_be_told_are_logged_and_do_not_hold() -> None:
    broken = {"type": "io.kestra.plugin.core.condition.Expression", "expression": "{{ broken }}"}
    ended = driver({"conditions": [broken], "tasks": [{"id": "late", **_LOG}]}).run_all()
    assert [run.task_id for run in ended.in_order()] == ["main"]
    assert ended.done
