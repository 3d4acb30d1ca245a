"""What a run case does after the start. An action whose status or count matters goes by the web API."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from msgspec.structs import replace

from gitops.errors import GitopsError
from gitops.execution.state import Execution, State
from tests.kestra.case import CannotDoYet
from tests.kestra.evaluation import evaluate
from tests.kestra.execution_checks import check_all, check_execution
from tests.kestra.inputs_checks import check_rejected
from tests.kestra.main_start import start
from tests.kestra.operator_actions import OPERATOR_ACTIONS
from tests.kestra.stage import Stage
from tests.kestra.web import Refused
from tests.kestra.web_actions import WEB_ONLY, do_by_web

Action = Mapping[str, Any]


def perform(stage: Stage, action: Action) -> None:
    """Do one action and compare its own result with what the case expects of it."""
    expect = action.get("expect") or {}
    try:
        execution = _do(stage, action, expect)
    except (GitopsError, Refused) as error:
        check_rejected(expect, error)
        return
    assert not expect.get("rejected"), f"expected that `{action['do']}` is refused"
    if action["do"] == "eval":
        return
    rest = {name: item for name, item in expect.items() if name not in ("rejected", "http_status", "count")}
    if execution is None:
        check_all(stage, rest)
    else:
        check_execution(stage, execution, rest)


def _do(stage: Stage, action: Action, expect: Mapping[str, Any]) -> Execution | None:
    name = action["do"]
    if name in _ACTIONS:
        return _ACTIONS[name](stage, action)
    if name in WEB_ONLY or action.get("bulk") or "http_status" in expect:
        return do_by_web(stage, action, expect)
    if name not in OPERATOR_ACTIONS:
        raise CannotDoYet(f"the engine has no `{name}` yet")
    return _operate(stage, action)


def _operate(stage: Stage, action: Action) -> Execution:
    """Let the engine do it; what it was done to is kept as it was before."""
    before = stage.execution(action.get("execution"))
    stage.before, stage.seen[before.id] = before, len(before.moments)
    name: str = action["do"]
    after = OPERATOR_ACTIONS[name](stage, before, action) or before
    if after.id != before.id:
        stage.others[_MADE.get(name, name)] = after
    if "as" in action:
        stage.others[action["as"]] = after
    return after


_MADE = {"replay": "replayed", "restart": "restarted"}
"""What cases call the execution that an action has made."""


def _await(stage: Stage, action: Action) -> Execution:
    execution, state = stage.execution(action.get("execution")), action.get("state")
    seconds = action.get("within_seconds")
    if state is None:
        return stage.until(execution, lambda now: now.done, "done", seconds)
    return stage.until(execution, lambda now: now.state == state, state, seconds)


def _start(stage: Stage, action: Action) -> Execution:
    key = _key(stage, action)
    if key not in stage.service.deployed:
        stage.deploy(stage.case.read(action["flow"]))
    flow = stage.service.deployed[key]
    execution = start(stage, flow, action.get("inputs") or {}, action.get("labels") or {})
    stage.others[flow.id] = execution
    stage.others[str(action.get("as", flow.id))] = execution
    state = action.get("until")
    if state is None and action.get("expect", {}).get("state") == State.CREATED:
        # Kestra answers before the execution moves; ours has moved by the time that it is durable.
        return replace(execution, state=execution.moments[0].state)
    return execution if state is None else stage.until(execution, lambda now: now.state == state, state)


def _run(stage: Stage, action: Action) -> Execution:
    if stage.main is not None and action is (stage.case.get("actions") or [None])[0]:
        # A test that runs one flow after the other waits for the first one too.
        stage.until(stage.main, lambda now: now.done, "done")
    return stage.until(_start(stage, action), lambda now: now.done, "done", action.get("within_seconds"))


def _key(stage: Stage, action: Action) -> tuple[str, str]:
    data = yaml.safe_load(stage.case.read(action["flow"]))
    return data["namespace"], data["id"]


def _wait(stage: Stage, action: Action) -> Execution | None:
    # That nothing happens has no signal to wait for.
    time.sleep(action["seconds"])
    return None if stage.main is None else stage.execution(None)


def _update_flow(stage: Stage, action: Action) -> Execution | None:
    if set(action) - {"do", "flow", "replace_task", "new_revision", "expect"}:
        raise CannotDoYet(f"an update of a flow by {', '.join(action)} is not supported yet")
    source = stage.case.read(action["flow"]) if "flow" in action else stage.case.source()
    if task := action.get("replace_task"):
        data = yaml.safe_load(source)
        data["tasks"] = [task if each["id"] == task["id"] else each for each in data["tasks"]]
        source = yaml.safe_dump(data, sort_keys=False)
    key = stage.deploy(source)
    wanted = action.get("new_revision")
    assert wanted in (None, len(stage.revisions[key])), f"expected the revision {wanted}, found {stage.revisions[key]}"
    return None if stage.main is None else stage.execution(None)


_ACTIONS: Mapping[str, Callable[[Stage, Action], Execution | None]] = {
    "await": _await,
    "check": lambda stage, action: stage.execution(action.get("execution")),
    "run": _run,
    "start": _start,
    "wait": _wait,
    "update_flow": _update_flow,
    "eval": evaluate,
}
