"""Executions that carry a commit: their result stands next to it, when the flow asks for that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.execution.state import CommitReference, Execution, Moment, State
from gitops.sync.execution_status import ASKS, ExecutionStatuses
from tests.replacing import replace
from tests.sync.world import World

_SHA = "a" * 40
_CONTEXT = "gitops/run: company.team.hello"


@pytest.fixture
def statuses(world: World) -> ExecutionStatuses:
    return ExecutionStatuses(world.outbox, lambda execution: f"https://gitops.example.org/{execution.id}")


@pytest.fixture
def execution(world: World) -> Execution:
    return Execution(
        id="1",
        namespace="company.team",
        flow_id="hello",
        revision=1,
        created_at=world.clock(),
        moments=(Moment(State.CREATED, world.clock()),),
        labels=(ASKS,),
        commit=CommitReference(repository="flows", sha=_SHA),
    )


def _ended(execution: Execution, state: State, seconds: float) -> Execution:
    moment = Moment(state, execution.created_at + timedelta(seconds=seconds))
    return replace(execution, state=state, moments=(*execution.moments, moment))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.SUCCESS, ("success", "hello SUCCESS in 1.2 s")),
        (State.WARNING, ("success", "hello WARNING in 1.2 s")),
        (State.FAILED, ("failure", "hello FAILED in 1.2 s")),
        (State.KILLED, ("error", "hello KILLED in 1.2 s")),
    ],
)
def test_an_execution_is_pending_and_then_has_its_result(
    world: World, statuses: ExecutionStatuses, execution: Execution, state: State, told: tuple[str, str]
) -> None:
    world.store.journal.write(lambda it: statuses.began(it, execution))
    world.store.journal.write(lambda it: statuses.ended(it, _ended(execution, state, 1.234)))

    assert world.told(_SHA) == [("pending", "hello RUNNING"), told]
    assert {(status.context, status.target_url) for status in world.statuses(_SHA)} == {
        (_CONTEXT, "https://gitops.example.org/1")
    }


def test_nothing_is_said_of_an_execution_that_does_not_ask_or_carries_no_commit(
    world: World, statuses: ExecutionStatuses, execution: Execution
) -> None:
    silent = replace(execution, labels=(("gitops.commitStatus", "false"),))
    world.store.journal.write(lambda it: statuses.began(it, silent))
    world.store.journal.write(lambda it: statuses.ended(it, _ended(replace(execution, commit=None), State.FAILED, 1)))

    assert world.told(_SHA) == []
