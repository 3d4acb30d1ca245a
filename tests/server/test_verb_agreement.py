"""The table of verbs and the engine agree: what the table allows is done, all else is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from gitops.app import App
from gitops.engine.operations import Operations
from gitops.errors import Conflict
from gitops.execution.state import Execution, State
from gitops.server.verbs import ALLOWED, Verb
from tests.replacing import replace
from tests.server.large import save, stored, task_run

Do = Callable[[Operations, Execution], object]

_DO: Mapping[Verb, Do] = {
    Verb.PAUSE: lambda operations, execution: operations.pause(execution.id),
    Verb.RESUME: lambda operations, execution: operations.resume(execution.id),
    Verb.KILL: lambda operations, execution: operations.kill(execution.id),
    Verb.RESTART: lambda operations, execution: operations.restart(execution.id),
    Verb.REPLAY: lambda operations, execution: operations.replay(execution.id),
    Verb.MARK: lambda operations, execution: operations.mark(execution.id, f"{execution.id}-0", State.SUCCESS),
    Verb.CHANGE_STATE: lambda operations, execution: operations.change_state(execution.id, _another(execution.state)),
    Verb.FORCE_RUN: lambda operations, execution: operations.force_run(execution.id),
    Verb.UNQUEUE: lambda operations, execution: operations.unqueue(execution.id),
    Verb.LABELS: lambda operations, execution: operations.set_labels(execution.id, [("a", "b")]),
    Verb.DELETE: lambda operations, execution: operations.delete(execution.id),
}
_IN_EXECUTIONS = [state for state in State if state is not State.SKIPPED]


def _another(state: State) -> State:
    return State.WARNING if state is State.SUCCESS else State.SUCCESS


def _with_task_run(app: App, state: State, *, held: bool) -> Execution:
    """An execution in a state, with one task run that has ended, in that state when it is an end; or is `held`."""
    execution = stored(app, state=state)
    of_run = state if state.ended or (held and state is State.PAUSED) else State.SUCCESS
    run = replace(task_run(execution, 0, state=of_run), task_id="say", attempts=())
    after = replace(execution, task_runs=execution.task_runs.insert(run.id, run), next_sequence=1)
    save(app, execution, after, [run.id])
    return after


@pytest.mark.parametrize("verb", sorted(Verb))
def test_the_engine_does_what_the_table_allows_and_nothing_else(app: App, verb: Verb) -> None:
    done = set()
    for state in _IN_EXECUTIONS:
        execution = _with_task_run(app, state, held=verb is Verb.RESTART)
        try:
            _DO[verb](app.engine.operations, execution)
        except Conflict:
            continue
        done.add(state)
    assert done == ALLOWED[verb] & set(_IN_EXECUTIONS)
