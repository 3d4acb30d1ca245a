"""What operators do by the web API: to one execution, to those of a list, or to all that a query finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from gitops.execution.state import Execution, State
from tests.kestra.case import CannotDoYet
from tests.kestra.main_start import form_of
from tests.kestra.operator_actions import new_state, task_run_id
from tests.kestra.stage import Stage
from tests.kestra.web import Answer, Uploads, ask

Action = Mapping[str, Any]

WEB_ONLY = {"set_labels", "disable_trigger", "enable_trigger"}
"""Actions that the engine has no operation of their own for."""

_PATHS = {
    "resume": "resume",
    "pause": "pause",
    "kill": "kill",
    "restart": "restart",
    "replay": "replay",
    "mark_as": "state",
    "change_status": "change-status",
    "force_run": "force-run",
    "unqueue": "unqueue",
    "set_labels": "labels",
    "delete": "",
}
_METHODS = {"kill": "DELETE", "delete": "DELETE"}
_QUERY = {"flow": "flowId", "flow_id": "flowId", "start_date": "startDate", "end_date": "endDate"}


@dataclass(frozen=True, slots=True)
class _Said:
    """What an action says besides the executions: query parameters, a JSON body, the fields of a form."""

    query: dict[str, Any]
    json: object = None
    form: Mapping[str, Uploads] | None = None


def do_by_web(stage: Stage, action: Action, expect: Mapping[str, Any]) -> Execution | None:
    """Do it by the web API and compare status and count; raises Refused."""
    if action["do"] in ("disable_trigger", "enable_trigger"):
        answer = _switch_trigger(stage, action)
    elif action.get("bulk"):
        answer = _do_to_many(stage, action)
    else:
        answer = _do_to_one(stage, action)
    wanted = expect.get("http_status")
    assert wanted in (None, answer.status), f"expected the status {wanted}, found {answer.status}"
    if "count" in expect:
        assert answer.body["count"] == expect["count"], f"expected the count {expect['count']}, found {answer.body}"
    return _result(stage, action, answer)


def _result(stage: Stage, action: Action, answer: Answer) -> Execution | None:
    if action.get("bulk") or stage.main is None:
        return None
    made = answer.body.get("id") if isinstance(answer.body, dict) else None
    execution = stage.execution(action.get("execution"))
    if made and made != execution.id:
        execution = stage.service.load(made)
        stage.others[{"replay": "replayed"}.get(action["do"], "restarted")] = execution
    return _as_answered(execution, answer.body) if made else execution


def _as_answered(execution: Execution, body: Mapping[str, Any]) -> Execution:
    """The execution as far as the answer tells of it: by now it may have gone on."""
    told = (body.get("state") or {}).get("histories") or execution.moments
    moments = execution.moments[: len(told)]
    return replace(execution, state=moments[-1].state, moments=moments)


def _do_to_one(stage: Stage, action: Action) -> Answer:
    execution = stage.execution(action.get("execution"))
    stage.before, stage.seen[execution.id] = execution, len(execution.moments)
    if action["do"] == "delete":
        stage.gone[execution.id] = execution
    said = _said(stage, action, execution)
    path = f"/executions/{execution.id}/{_PATHS[action['do']]}".rstrip("/")
    return ask(stage, _method(action), path, query=said.query, json=said.json, files=said.form)


def _do_to_many(stage: Stage, action: Action) -> Answer:
    by, said = action["bulk"], _said(stage, action, None)
    if action["do"] == "delete":
        stage.gone.update({each.id: each for each in stage.service.created_since(stage.since)})
    path = f"/executions/{_PATHS[action['do']]}".rstrip("/") + f"/by-{by}"
    if by == "query":
        wanted = {_QUERY.get(name, name): value for name, value in stage.named(action["query"]).items()}
        return ask(stage, _method(action), path, query={**said.query, **wanted}, json=said.json)
    ids: object = _ids(stage, action.get("executions", action.get("ids", "all")))
    if action["do"] == "set_labels":
        ids = {"executionsId": ids, "executionLabels": said.json}
    return ask(stage, _method(action), path, query=said.query, json=ids)


def _method(action: Action) -> str:
    return _METHODS.get(action["do"], "POST")


def _ids(stage: Stage, named: str | list[str]) -> list[str]:
    """The ids of executions that the case calls by a word or by names."""
    if isinstance(named, list):
        names = stage.named(named)
        return [stage.execution(name).id if name in stage.others or name == "main" else name for name in names]
    found = stage.service.created_since(stage.since)
    if named != "all":
        if named.upper() not in State.__members__:
            raise CannotDoYet(f"the executions `{named}` are not known")
        found = [each for each in found if each.state == named.upper()]
    return [each.id for each in found]


def _said(stage: Stage, action: Action, execution: Execution | None) -> _Said:
    name = action["do"]
    if name == "set_labels":
        return _Said({}, action["labels"])
    if name == "mark_as" and execution is not None:
        return _Said({}, {"taskRunId": task_run_id(execution, action), "state": action["state"]})
    if name == "change_status":
        return _Said({"newStatus" if execution is None else "status": new_state(action)})
    if name == "resume" and action.get("inputs"):
        return _Said({}, form=form_of(stage, action["inputs"]))
    return _Said(_parameters(stage, action, execution))


def _parameters(stage: Stage, action: Action, execution: Execution | None) -> dict[str, Any]:
    """The query parameters that an action has by other names."""
    found: dict[str, Any] = {_FLAGS[name]: value for name, value in action.items() if name in _FLAGS}
    if execution is not None and action.get("revision"):
        found["revision"] = stage.revision(execution, action["revision"])
    if execution is not None and (named := task_run_id(execution, action)):
        found["taskRunId"] = named
    return found


_FLAGS = {
    "cascade": "isOnKillCascade",
    "delete_logs": "deleteLogs",
    "delete_metrics": "deleteMetrics",
    "delete_storage": "deleteStorage",
    "include_non_terminated": "includeNonTerminated",
    "state": "state",
}


def _switch_trigger(stage: Stage, action: Action) -> Answer:
    """Switch off a trigger: the one that the action names, else the only one of the flow."""
    namespace, flow_id = stage.case.facts["namespace"], stage.case.facts["id"]
    flow = stage.service.deployed[namespace, action.get("flow_id", flow_id)]
    trigger = action.get("trigger", flow.triggers[0].id)
    disabled = action["do"] == "disable_trigger"
    known = {"namespace": namespace, "flowId": flow.id, "triggerId": trigger, "disabled": disabled}
    return ask(stage, "PUT", "/triggers", json=known)
