"""What a run case does after the start, in a table. An action that the engine has no door for yet fails its case."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from gitops.engine.functions import world
from gitops.errors import ExpressionError, GitopsError
from gitops.execution.state import Execution
from gitops.execution.tree import FlowTree
from gitops.execution.variables import variables
from gitops.language.expression.template import render
from tests.kestra.case import CannotDoYet
from tests.kestra.execution_checks import check_execution
from tests.kestra.inputs_checks import check_rejected
from tests.kestra.stage import Stage
from tests.kestra.task_run_checks import find
from tests.kestra.values import fits

Action = Mapping[str, Any]


def perform(stage: Stage, action: Action) -> None:
    """Do one action and compare its own result with what the case expects of it."""
    name = action["do"]
    if name not in _ACTIONS:
        raise CannotDoYet(f"the engine has no `{name}` yet")
    expect = action.get("expect") or {}
    try:
        execution = _ACTIONS[name](stage, action)
    except GitopsError as error:
        check_rejected(expect, error)
        return
    assert not expect.get("rejected"), f"expected that `{name}` is refused"
    if name != "eval":
        check_execution(stage, execution, expect)


def _await(stage: Stage, action: Action) -> Execution:
    execution, state = stage.execution(action.get("execution")), action.get("state")
    if state is None:
        return stage.until(execution, lambda now: now.done, "done")
    return stage.until(execution, lambda now: now.state == state, state)


def _check(stage: Stage, action: Action) -> Execution:
    return stage.execution(action.get("execution"))


def _start(stage: Stage, action: Action) -> Execution:
    flow = stage.service.deployed.get(_key(stage, action)) or stage.service.deploy(stage.case.read(action["flow"]))
    inputs = stage.named(action.get("inputs") or {})
    execution = stage.service.create_raw(flow, inputs, list((action.get("labels") or {}).items()))
    stage.others[flow.id] = stage.others[action.get("as", flow.id)] = execution
    state = action.get("until")
    return execution if state is None else stage.until(execution, lambda now: now.state == state, state)


def _run(stage: Stage, action: Action) -> Execution:
    return stage.until(_start(stage, action), lambda now: now.done, "done")


def _key(stage: Stage, action: Action) -> tuple[str, str]:
    data = yaml.safe_load(stage.case.read(action["flow"]))
    return data["namespace"], data["id"]


def _kill(stage: Stage, action: Action) -> Execution:
    return stage.service.engine.kill(stage.execution(action.get("execution")).id)


def _wait(stage: Stage, action: Action) -> Execution:
    # That nothing happens has no signal to wait for.
    time.sleep(action["seconds"])
    return stage.execution(None)


def _update_flow(stage: Stage, action: Action) -> Execution:
    data, task = yaml.safe_load(stage.case.source()), action["replace_task"]
    data["tasks"] = [task if each["id"] == task["id"] else each for each in data["tasks"]]
    stage.service.deploy(yaml.safe_dump(data, sort_keys=False))
    return stage.execution(None)


def _eval(stage: Stage, action: Action) -> Execution:
    """Render an expression as a task run that has ended sees it."""
    execution, expect = stage.execution(None), stage.named(action.get("expect") or {})
    flow = FlowTree(stage.service.engine.read(execution.namespace, execution.flow_id, execution.revision))
    task_run = find(execution, action) if "task" in action else execution.in_order()[action["index"]]
    assert task_run is not None, f"there is no task run of `{action.get('task')}`"
    found, message = None, ""
    try:
        found = render(action["expression"], variables(flow, execution, task_run), world(lambda _secret: None))
    except ExpressionError as error:
        message = str(error)
    assert bool(message) is ("error_contains" in expect), f"found {found!r} {message}"
    for name, wanted in expect.items():
        if name not in _EVALUATED:
            raise CannotDoYet(f"`{name}` of an expectation is not supported yet")
        assert _EVALUATED[name](wanted, found, message), f"expected {name} {wanted!r}, found {found!r} {message}"
    return execution


_EVALUATED: Mapping[str, Callable[[Any, Any, str], bool]] = {
    "value": lambda wanted, found, _: fits(wanted, found),
    "not_value": lambda wanted, found, _: not fits(wanted, found),
    "contains": lambda wanted, found, _: all(part in found for part in wanted),
    "error_contains": lambda wanted, _, message: all(part in message for part in wanted),
}

_ACTIONS: Mapping[str, Callable[[Stage, Action], Execution]] = {
    "await": _await,
    "check": _check,
    "run": _run,
    "start": _start,
    "kill": _kill,
    "wait": _wait,
    "update_flow": _update_flow,
    "eval": _eval,
}
