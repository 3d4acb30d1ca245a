"""The working state of one event: what moved, what was removed, and the counts beside the task runs."""

from __future__ import annotations

import pytest

from gitops.errors import IllegalMove
from gitops.execution.effects import Announce, WriteLog
from gitops.execution.machine.draft import Draft
from gitops.execution.state import Branch, Moment, Progress, State, TaskRun
from gitops.language.scalars import Level
from tests.execution.forest import BEGIN, new_execution, tree, work
from tests.replacing import replace

FLOW = tree({"tasks": [work("a")]})
RUN = TaskRun(id="run", execution_id="execution", task_id="a", sequence=0, moments=(Moment(State.CREATED, BEGIN),))


def draft() -> Draft:
    return Draft(FLOW, new_execution(), now=BEGIN, render=lambda *given: given[2], chance=0.0)


def test_an_untouched_execution_stays_the_same_object() -> None:
    execution = new_execution()
    assert Draft(FLOW, execution, now=BEGIN, render=lambda *given: given[2], chance=0.0).execution is execution


def test_task_runs_are_kept_and_counted() -> None:
    it = draft()
    it.put(RUN)
    it.put(replace(RUN, state=State.PAUSED))
    assert (it.paused, it.next_sequence, it.find("run"), it.find("other")) == (1, 1, it.run("run"), None)
    assert (it.execution.paused, it.execution.next_sequence, list(it.execution.task_runs)) == (1, 1, ["run"])
    it.remove("run")
    assert (it.paused, it.execution.paused, dict(it.execution.task_runs)) == (0, 0, {})
    assert (list(it.moved), list(it.removed)) == ([], ["run"])


def test_a_task_run_that_comes_again_was_not_only_removed() -> None:
    it = draft()
    it.put(RUN)
    it.remove("run")
    it.put(RUN)
    assert (list(it.moved), it.execution.task_runs["run"]) == (["run"], RUN)


def test_the_execution_moves_through_running_where_it_must() -> None:
    it = draft()
    it.move_execution(State.SUCCESS)
    assert [moment.state for moment in it.execution.moments] == [State.CREATED, State.RUNNING, State.SUCCESS]
    assert it.effects == [Announce(State.RUNNING), Announce(State.SUCCESS)]
    with pytest.raises(IllegalMove):
        it.move_execution(State.FAILED)


def test_progress_of_the_execution_and_of_a_task_run() -> None:
    it = draft()
    it.put(RUN)
    assert (it.progress(None), it.progress("run"), it.task(None), it.task("run")) == (
        *(Progress(), Progress(), None),
        FLOW.task("a"),
    )
    it.set_progress("run", Progress(cursor=3, exit=State.FAILED))
    it.enter_branch("run", Branch.FINALLY, State.FAILED)
    assert it.progress("run") == Progress(branch=Branch.FINALLY, outcome=State.FAILED, cursor=3, exit=State.FAILED)
    assert list(it.unsettled) == ["run"]


def test_lines_for_the_log() -> None:
    it = draft()
    it.put(RUN)
    it.log(RUN, "no")
    it.log(None, "careful", Level.WARN)
    assert it.effects == [WriteLog("run", Level.ERROR, "no"), WriteLog(None, Level.WARN, "careful")]
