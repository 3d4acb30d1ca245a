"""States, the table of moves, and the records."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.errors import IllegalMove
from gitops.execution.diagram import states_page
from gitops.execution.state import ENDED, MOVES, Children, State, TaskRun
from tests.execution.forest import BEGIN, new_execution


def test_every_state_has_a_row_and_nothing_but_a_restart_follows_an_end() -> None:
    assert set(MOVES) == set(State)
    assert {state: MOVES[state] for state in ENDED if MOVES[state]} == {State.FAILED: {State.RESTARTED}}


def test_a_move_is_noted_with_its_moment() -> None:
    moved = new_execution().move(State.RUNNING, BEGIN + timedelta(seconds=1))
    assert [(moment.state, moment.at) for moment in moved.moments] == [
        (State.CREATED, BEGIN),
        (State.RUNNING, BEGIN + timedelta(seconds=1)),
    ]


def test_an_illegal_move_says_what_is_legal() -> None:
    ended = new_execution().move(State.KILLED, BEGIN)
    with pytest.raises(IllegalMove) as refusal:
        ended.move(State.RUNNING, BEGIN)
    assert str(refusal.value) == ("execution execution cannot move from KILLED to RUNNING; after KILLED come: nothing")


def test_a_task_run_cannot_make_an_illegal_move_either() -> None:
    ended = TaskRun(id="run", execution_id="execution", task_id="a", sequence=0).move(State.SKIPPED, BEGIN)
    with pytest.raises(IllegalMove, match="task run run of `a` cannot move from SKIPPED to RUNNING"):
        ended.move(State.RUNNING, BEGIN)


def test_children_are_counts() -> None:
    children = Children().with_created().with_created().with_ended(State.WARNING).with_ended(State.FAILED)
    assert (children.created, children.live, children.ended, children.failed) == (2, 0, 2, 1)
    assert children.worst is State.FAILED


def test_the_page_draws_every_move() -> None:
    page = states_page()
    assert all(f"    {before} --> {after}\n" in page for before in State for after in MOVES[before])
