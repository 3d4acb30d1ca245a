"""How one task run ends: its state, what it says, and the counts of its parent."""

from __future__ import annotations

from typing import Any

import pytest

from gitops.execution.effects import WriteLog
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.ending import end, tell_parent
from gitops.execution.state import Children, State, TaskRun
from gitops.language.scalars import Level
from tests.execution.play import Data, Player, flow_task, give, play
from tests.replacing import replace


def draft_of(player: Player) -> Draft:
    return Draft(player.flow, player.execution, now=player.now, render=lambda *given: given[2], chance=0.0)


def ended(run: TaskRun, result: State, player: Player, *, message: str | None = None, told: bool = False) -> Draft:
    draft = draft_of(player)
    end(draft, run, result, message=message, told=told)
    return draft


def group(**more: Any) -> Player:
    """Two task runs that work beside each other."""
    return play(flow_task("Parallel", "group", give("a", **more), give("b")), slow={"a", "b"})


def test_the_parent_counts_it_and_is_looked_at() -> None:
    player = group()
    draft = ended(player.run("a"), State.FAILED, player)
    parent = player.run("group").id
    assert draft.progress(parent).children == Children(created=2, live=1, failed=1, worst=State.FAILED)
    assert (list(draft.unsettled), [run.task_id for run in draft.ended[parent]]) == ([parent], ["a"])


def test_the_parent_of_a_task_at_the_top_is_the_execution() -> None:
    player = play(give("a"), slow={"a"})
    draft = ended(player.run("a"), State.SUCCESS, player)
    assert (draft.progress(None).children, list(draft.unsettled)) == (Children(created=1), [None])


@pytest.mark.parametrize(
    ("more", "result", "state"),
    [
        ({}, State.FAILED, State.FAILED),
        ({"allowFailure": True}, State.FAILED, State.WARNING),
        ({"allowFailure": True, "allowWarning": True}, State.FAILED, State.SUCCESS),
        ({"allowWarning": True}, State.WARNING, State.SUCCESS),
        ({"allowFailure": True}, State.CANCELLED, State.CANCELLED),
    ],
)
def test_what_a_task_allows_is_no_failure(more: Data, result: State, state: State) -> None:
    player = group(**more)
    draft = ended(player.run("a"), result, player)
    assert draft.run(player.run("a").id).state is state
    assert draft.progress(player.run("group").id).children.worst is state


def test_what_was_killed_ends_as_whoever_killed_it_says() -> None:
    player = group(allowFailure=True)
    killing = player.run("a").move(State.KILLING, player.now)
    draft = ended(killing, State.FAILED, player)
    assert draft.run(killing.id).state is State.FAILED


def test_one_that_had_not_begun_is_seen_to_run() -> None:
    player = play(give("a"), slow={"a"})
    created = replace(player.run("a"), state=State.CREATED, moments=player.run("a").moments[:1])
    run = ended(created, State.SUCCESS, player).run(created.id)
    assert [moment.state for moment in run.moments] == [State.CREATED, State.RUNNING, State.SUCCESS]


@pytest.mark.parametrize("told", [False, True])
def test_why_it_ended_is_kept_and_logged_unless_that_was_told(*, told: bool) -> None:
    player = group()
    draft = ended(player.run("a"), State.FAILED, player, message="no", told=told)
    assert draft.run(player.run("a").id).message == "no"
    assert draft.effects == ([] if told else [WriteLog(player.run("a").id, Level.ERROR, "no")])


def test_without_a_reason_and_outputs_it_keeps_those_that_it_has() -> None:
    player = group()
    run = replace(player.run("a"), message="before", outputs={"n": 1})
    found = ended(run, State.FAILED, player).run(run.id)
    assert (found.message, found.outputs) == ("before", {"n": 1})
    draft = draft_of(player)
    end(draft, run, State.FAILED, outputs={"n": 2})
    assert draft.run(run.id).outputs == {"n": 2}


def test_children_that_end_in_one_event_are_told_together() -> None:
    player = group()
    draft, parent = draft_of(player), player.run("group").id
    for name in ("a", "b"):
        tell_parent(draft, replace(player.run(name), state=State.WARNING))
    assert [run.task_id for run in draft.ended[parent]] == ["a", "b"]
    assert draft.progress(parent).children == Children(created=2, worst=State.WARNING)
