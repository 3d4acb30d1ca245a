"""What one execution means for others, and what is written of those that go on from others."""

from __future__ import annotations

from gitops.execution.state import Execution, State
from gitops.store.executions import ExecutionFilter
from tests.engine.workshop import Workshop, states

TWO = """
    id: two
    namespace: company.team
    tasks:
      - id: first
        type: io.kestra.plugin.core.debug.Return
        format: one
      - id: second
        type: io.kestra.plugin.core.debug.Return
        format: two
"""
ONE_AT_A_TIME = """
    id: one_at_a_time
    namespace: company.team
    concurrency:
      limit: 1
    tasks:
      - id: ask
        type: io.kestra.plugin.core.flow.Pause
"""
CALLING_TWICE = """
    id: calling_twice
    namespace: company.team
    tasks:
      - id: again
        type: io.kestra.plugin.core.flow.ForEach
        values: [1, 2]
        tasks:
          - id: call
            type: io.kestra.plugin.core.flow.Subflow
            namespace: company.team
            flowId: one_at_a_time
"""
CALLING_LATE = """
    id: calling_late
    namespace: company.team
    tasks:
      - id: call
        type: io.kestra.plugin.core.flow.Subflow
        namespace: company.team
        flowId: two
        scheduleDate: "2100-01-01T00:00:00Z"
"""


def of_flow(workshop: Workshop, flow_id: str) -> list[Execution]:
    """The executions of a flow, oldest first."""
    with workshop.store.database.read() as connection:
        found = workshop.store.executions.search(connection, ExecutionFilter(flow_id=flow_id)).results
    return sorted(found, key=lambda execution: execution.created_at)


def test_what_a_replay_keeps_is_written_down(workshop: Workshop) -> None:
    ended = workshop.run(TWO)
    made = workshop.engine.operations.replay(ended.id, task_run_id=ended.in_order()[1].id)
    workshop.engine.wait(made.id, 30)
    with workshop.store.database.read() as connection:
        stored = workshop.store.executions.load(connection, made.id)
    assert stored is not None
    assert states(stored) == {"first": State.SUCCESS, "second": State.SUCCESS}
    assert [len(run.attempts) for run in stored.in_order()] == [1, 2]


def test_the_end_of_one_execution_lets_in_one(workshop: Workshop) -> None:
    workshop.add(ONE_AT_A_TIME)
    workshop.add(CALLING_TWICE)
    workshop.engine.create("company.team", "calling_twice")
    (called,) = of_flow(workshop, "one_at_a_time")
    workshop.until(called.id, State.PAUSED)
    waiting = workshop.engine.create("company.team", "one_at_a_time")
    workshop.engine.operations.resume(called.id)
    workshop.until(waiting.id, State.PAUSED)
    found = [each.state for each in of_flow(workshop, "one_at_a_time")]
    assert found == [State.SUCCESS, State.PAUSED, State.QUEUED]


def test_a_restart_runs_what_was_killed_before_it_had_begun(workshop: Workshop) -> None:
    workshop.add(TWO)
    workshop.add(CALLING_LATE)
    caller = workshop.engine.create("company.team", "calling_late")
    (called,) = of_flow(workshop, "two")
    workshop.engine.operations.kill(called.id)
    assert workshop.engine.wait(caller.id, 30).state is State.KILLED
    workshop.engine.operations.restart(caller.id)
    assert workshop.engine.wait(caller.id, 30).state is State.SUCCESS
    again = workshop.engine.wait(called.id, 30)
    assert (again.state, states(again)) == (State.SUCCESS, {"first": State.SUCCESS, "second": State.SUCCESS})
