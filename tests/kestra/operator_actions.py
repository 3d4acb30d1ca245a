"""What operators do to an execution, by the engine's operations. Each gives the execution as it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gitops.execution.state import Execution, State
from tests.kestra.case import CannotDoYet
from tests.kestra.main_start import made_inputs
from tests.kestra.stage import Stage
from tests.kestra.task_run_checks import find

Action = Mapping[str, Any]


def _known(action: Action, *names: str) -> None:
    """Fail for a field of an action that would be overlooked."""
    unknown = set(action) - {"do", "expect", "execution", "as", "before_main", *names}
    if unknown:
        raise CannotDoYet(f"`{', '.join(sorted(unknown))}` of `{action['do']}` is not supported yet")


def task_run_id(execution: Execution, action: Action) -> str | None:
    """The task run that an action names, by its own id or by its task, values and index; None for none."""
    if "task_run_id" in action:
        return str(action["task_run_id"])
    if action.get("task") is None and "index" not in action:
        return None
    found = find(execution, action)
    assert found is not None, f"there is no task run of `{action.get('task')}`"
    return found.id


def _resume(stage: Stage, execution: Execution, action: Action) -> Execution:
    _known(action, "inputs", "target_state", "task", "values", "index")
    if action.get("target_state") == State.KILLING:
        return stage.service.engine.operations.kill(execution.id)
    if action.get("target_state") not in (None, State.RUNNING):
        raise CannotDoYet(f"a resume to {action['target_state']} is not supported yet")
    inputs = made_inputs(stage, action.get("inputs") or {})
    operations = stage.service.engine.operations
    return operations.resume(execution.id, task_run_id=task_run_id(execution, action), inputs=inputs)


def _pause(stage: Stage, execution: Execution, action: Action) -> Execution:
    _known(action)
    return stage.service.engine.operations.pause(execution.id)


def _kill(stage: Stage, execution: Execution, action: Action) -> Execution:
    _known(action, "cascade")
    return stage.service.engine.operations.kill(execution.id, cascade=action.get("cascade", True))


def _restart(stage: Stage, execution: Execution, action: Action) -> Execution:
    _known(action, "revision")
    revision = stage.revision(execution, action.get("revision"))
    return stage.service.engine.operations.restart(execution.id, revision=revision)


def _replay(stage: Stage, execution: Execution, action: Action) -> Execution:
    _known(action, "task", "values", "index", "task_run_id", "revision", "inputs")
    return stage.service.engine.operations.replay(
        execution.id,
        task_run_id=task_run_id(execution, action),
        revision=stage.revision(execution, action.get("revision")),
        inputs=made_inputs(stage, action["inputs"]) if action.get("inputs") else None,
    )


def _mark(stage: Stage, execution: Execution, action: Action) -> Execution:
    _known(action, "task", "values", "index", "task_run_id", "state")
    found = task_run_id(execution, action)
    assert found is not None, "expected that `mark_as` names a task run"
    return stage.service.engine.operations.mark(execution.id, found, State(action["state"]))


def _change_status(stage: Stage, execution: Execution, action: Action) -> Execution:
    _known(action, *STATE_NAMES)
    return stage.service.engine.operations.change_state(execution.id, State(new_state(action)))


def _force_run(stage: Stage, execution: Execution, action: Action) -> Execution:
    _known(action)
    return stage.service.engine.operations.force_run(execution.id)


def _unqueue(stage: Stage, execution: Execution, action: Action) -> Execution:
    _known(action, "state")
    return stage.service.engine.operations.unqueue(execution.id, State(action.get("state", "RUNNING")))


def _delete(stage: Stage, execution: Execution, action: Action) -> None:
    _known(action, "delete_logs", "delete_metrics", "delete_storage")
    stage.gone[execution.id] = execution
    stage.service.engine.operations.delete(
        execution.id,
        logs=action.get("delete_logs", True),
        metrics=action.get("delete_metrics", True),
        files=action.get("delete_storage", True),
    )


STATE_NAMES = ("state", "status", "new_status", "target_state")
"""What a case may call the state that an execution is changed to."""


def new_state(action: Action) -> str:
    """The state that an execution is changed to."""
    return next(str(action[name]) for name in STATE_NAMES if name in action)


OPERATOR_ACTIONS: Mapping[str, Callable[[Stage, Execution, Action], Execution | None]] = {
    "resume": _resume,
    "pause": _pause,
    "kill": _kill,
    "restart": _restart,
    "replay": _replay,
    "mark_as": _mark,
    "change_status": _change_status,
    "force_run": _force_run,
    "unqueue": _unqueue,
    "delete": _delete,
}
