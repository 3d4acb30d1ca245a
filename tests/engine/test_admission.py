"""Concurrency limits over the real engine: who may begin, who waits, who is turned away, and who comes next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.engine import clock
from gitops.errors import Conflict
from gitops.execution.state import Execution, State
from tests.engine.workshop import Workshop

NAMESPACE = "company.team"


def limited(behavior: str | None = None, limit: int = 1) -> str:
    words = f"\n          behavior: {behavior}" if behavior else ""
    return f"""
        id: limited
        namespace: {NAMESPACE}
        concurrency:
          limit: {limit}{words}
        tasks:
          - id: hold
            type: io.kestra.plugin.core.flow.Pause
        errors:
          - id: sorry
            type: io.kestra.plugin.core.log.Log
            message: sorry
    """


def create(workshop: Workshop, **more: object) -> Execution:
    made = workshop.engine.create(NAMESPACE, "limited", **more)  # type: ignore[arg-type]  # what an engine takes
    return workshop.load(made.id)


def release(workshop: Workshop, execution: Execution) -> Execution:
    workshop.engine.operations.resume(execution.id)
    return workshop.engine.wait(execution.id, 20)


@pytest.mark.parametrize("behavior", [None, "QUEUE"])
def test_those_over_the_limit_wait_and_begin_in_their_order(workshop: Workshop, behavior: str | None) -> None:
    workshop.add(limited(behavior))
    first, second, third = (create(workshop) for _ in range(3))
    assert [each.state for each in (first, second, third)] == [State.PAUSED, State.QUEUED, State.QUEUED]
    assert release(workshop, first).state is State.SUCCESS
    assert workshop.load(second.id).state is State.PAUSED
    assert workshop.load(third.id).state is State.QUEUED
    release(workshop, second)
    assert release(workshop, third).state is State.SUCCESS
    moments = [moment.state for moment in workshop.load(third.id).moments]
    assert moments[:3] == [State.CREATED, State.QUEUED, State.RUNNING]


@pytest.mark.parametrize(("behavior", "state"), [("CANCEL", State.CANCELLED), ("FAIL", State.FAILED)])
def test_those_over_the_limit_may_be_turned_away(workshop: Workshop, behavior: str, state: State) -> None:
    workshop.add(limited(behavior))
    first, second = create(workshop), create(workshop)
    assert (first.state, second.state, second.done, len(second.task_runs)) == (State.PAUSED, state, True, 0)
    assert second.message == f"Flow is {state} due to concurrency limit exceeded"
    assert workshop.messages(second) == [second.message]
    release(workshop, first)
    assert create(workshop).state is State.PAUSED


def test_the_limit_is_a_number_and_counts_one_flow(workshop: Workshop) -> None:
    workshop.add(limited(limit=2))
    workshop.add(limited(limit=1).replace("id: limited", "id: other", 1))
    assert [create(workshop).state for _ in range(3)] == [State.PAUSED, State.PAUSED, State.QUEUED]
    other = workshop.engine.create(NAMESPACE, "other")
    assert workshop.load(other.id).state is State.PAUSED


def test_all_revisions_count_together(workshop: Workshop) -> None:
    workshop.add(limited())
    create(workshop)
    workshop.add(limited() + "\n")
    assert create(workshop).state is State.QUEUED


def test_a_killed_one_leaves_its_place(workshop: Workshop) -> None:
    workshop.add(limited())
    first, second = create(workshop), create(workshop)
    workshop.engine.operations.kill(first.id)
    assert workshop.load(second.id).state is State.PAUSED


def test_a_queued_one_that_is_killed_never_begins(workshop: Workshop) -> None:
    workshop.add(limited())
    first, second, third = (create(workshop) for _ in range(3))
    workshop.engine.operations.kill(second.id)
    assert (workshop.load(second.id).state, len(workshop.load(second.id).task_runs)) == (State.KILLED, 0)
    release(workshop, first)
    assert workshop.load(third.id).state is State.PAUSED


def test_out_of_the_queue_whatever_the_limit(workshop: Workshop) -> None:
    workshop.add(limited())
    first, second, third, fourth = (create(workshop) for _ in range(4))
    operations = workshop.engine.operations
    assert operations.unqueue(second.id).state is State.PAUSED or workshop.load(second.id).state is State.PAUSED
    assert operations.unqueue(third.id, State.CANCELLED).state is State.CANCELLED
    operations.force_run(fourth.id)
    assert [workshop.load(each.id).state for each in (first, fourth)] == [State.PAUSED, State.PAUSED]
    with pytest.raises(Conflict, match="cannot be taken out of the queue: it is PAUSED; only a QUEUED one can be"):
        operations.unqueue(first.id)
    with pytest.raises(Conflict, match="expected RUNNING, CANCELLED or FAILED, found KILLED"):
        operations.unqueue(first.id, State.KILLED)


def test_one_that_comes_at_its_date_is_counted_then(workshop: Workshop) -> None:
    workshop.add(limited())
    late = create(workshop, schedule_date=clock.now() + timedelta(days=1))
    first = create(workshop)
    assert (late.state, first.state) == (State.CREATED, State.PAUSED)
    soon = create(workshop, schedule_date=clock.now() + timedelta(milliseconds=50))
    assert workshop.until(soon.id, State.QUEUED).state is State.QUEUED
    release(workshop, first)
    assert workshop.load(soon.id).state is State.PAUSED


def test_a_called_one_that_is_turned_away_ends_the_call(workshop: Workshop) -> None:
    workshop.add(limited("FAIL"))
    create(workshop)
    ended = workshop.run(
        f"""
        id: caller
        namespace: {NAMESPACE}
        tasks:
          - id: call
            type: io.kestra.plugin.core.flow.Subflow
            namespace: {NAMESPACE}
            flowId: limited
        """
    )
    assert ended.state is State.FAILED


def test_a_restart_does_not_wait_for_a_place(workshop: Workshop) -> None:
    workshop.add(limited("FAIL").replace("flow.Pause", "flow.Pause\n            timeout: PT0.05S"))
    first = create(workshop)
    assert workshop.engine.wait(first.id, 20).state is State.FAILED
    workshop.engine.operations.restart(first.id)
    assert workshop.engine.wait(first.id, 20).state is State.FAILED
