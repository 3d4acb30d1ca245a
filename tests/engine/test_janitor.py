"""What a vanished process left behind is put back on its way, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from gitops.engine.engine import Engine
from gitops.execution.state import Caller, Execution, State
from tests.engine.workshop import Workshop, open_workshop

PAUSING = """
    id: pausing
    namespace: company.team
    tasks:
      - id: ask
        type: io.kestra.plugin.core.flow.Pause
"""
CALLING = """
    id: calling
    namespace: company.team
    tasks:
      - id: call
        type: io.kestra.plugin.core.flow.Subflow
        namespace: company.team
        flowId: pausing
"""


def called(workshop: Workshop, caller: Execution) -> Execution:
    """The execution that the task run of `caller` waits for."""
    (run,) = caller.in_order()
    with workshop.store.database.read() as connection:
        call = Caller(execution_id=run.execution_id, task_run_id=run.id, attempt=1)
        id_ = workshop.store.executions.called_by(connection, call)
    assert id_ is not None
    return workshop.load(id_)


def test_a_task_that_waits_for_an_execution_goes_on_waiting(tmp_path: Path) -> None:
    with open_workshop(tmp_path) as workshop:
        workshop.add(PAUSING)
        workshop.add(CALLING)
        caller = workshop.engine.create("company.team", "calling")
        child = called(workshop, workshop.load(caller.id))
        workshop.until(child.id, State.PAUSED)
    with open_workshop(tmp_path) as workshop:
        workshop.engine.operations.resume(child.id)
        ended = workshop.engine.wait(caller.id, 30)
    (run,) = ended.in_order()
    assert (ended.state, [attempt.state for attempt in run.attempts]) == (State.SUCCESS, [State.SUCCESS])


def test_an_engine_says_how_much_was_open(tmp_path: Path) -> None:
    with open_workshop(tmp_path) as workshop:
        workshop.add(PAUSING)
        workshop.until(workshop.engine.create("company.team", "pausing").id, State.PAUSED)
    with open_workshop(tmp_path, start=False) as workshop:
        engine: Engine = workshop.engine
        assert engine._janitor.recover() == 1
