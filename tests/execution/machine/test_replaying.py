"""Replaying: a new execution from an earlier one, from the start, from a task run, or with what failed reopened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from gitops.errors import Conflict, NotFound, UnknownTaskRun
from gitops.execution.machine.replaying import from_start, from_task_run, with_failures_reopened
from gitops.execution.state import Caller, CommitReference, Execution, State
from gitops.execution.tree import FlowTree
from tests.execution.forest import BEGIN
from tests.execution.play import Data, Player, execution_task, flow_task, folder, give, play, read_tree, run_child
from tests.replacing import replace

LATER = BEGIN + timedelta(days=1)


def replayed(player: Player, name: str, inputs: Mapping[str, object] | None = None) -> Player:
    """The new execution from a task run on, not yet begun."""
    id_ = player.run(name).id
    made = from_task_run(player.flow, player.execution, id_, new_id="new", now=LATER, revision=1, inputs=inputs)
    return Player(player.flow, made, now=LATER)


def reopened(flow: FlowTree, execution: Execution) -> Execution | None:
    return with_failures_reopened(flow, execution, new_id="new", now=LATER, revision=2)


def test_from_the_start_nothing_is_done_yet() -> None:
    marked = execution_task("SetVariables", "set", variables={"x": 1})
    shown = give("a", "{{ vars.word }}")
    player = play(marked, shown, inputs={"n": 1}, labels=(("k", "v"),), variables={"word": "of the flow"})
    caller, commit = Caller(execution_id="e", task_run_id="t", attempt=1), CommitReference(repository="r", sha="s")
    old = replace(player.execution, caller=caller, commit=commit, schedule_date=BEGIN, attempt_number=4)
    made = from_start(old, new_id="new", now=LATER, revision=7)
    assert (made.id, made.parent_id, made.original_id, made.revision) == ("new", "execution", "execution", 7)
    assert (made.state, made.created_at, made.attempt_number, made.done) == (State.CREATED, LATER, 1, False)
    assert (made.inputs, made.labels, made.variables, dict(made.task_runs)) == ({"n": 1}, (("k", "v"),), None, {})
    assert (made.caller, made.commit, made.schedule_date, made.outputs, made.message) == (None,) * 5
    again = Player(player.flow, made).begin()
    assert (again.states(), again.state) == ({"set": "SUCCESS", "a": "SUCCESS"}, "SUCCESS")
    assert again.outputs("a") == {"value": "of the flow"}


def test_the_first_of_the_line_is_remembered() -> None:
    first = play(give("a")).execution
    second = from_start(first, new_id="second", now=LATER, revision=1)
    third = from_start(second, new_id="third", now=LATER, revision=1)
    assert (third.parent_id, third.original_id) == ("second", "execution")


def test_from_a_task_run_all_before_it_is_kept() -> None:
    player = play(give("a"), give("b", "{{ outputs.a.value }}!"), give("c"))
    again = replayed(player, "b")
    assert again.states() == {"a": "SUCCESS", "b": "RESTARTED"}
    assert (again.state, again.execution.parent_id, again.execution.original_id) == (
        "RESTARTED",
        "execution",
        "execution",
    )
    assert again.history() == ["CREATED", "RUNNING", "SUCCESS", "RESTARTED"]
    assert not set(again.execution.task_runs) & set(player.execution.task_runs)
    assert {run.execution_id for run in again.execution.in_order()} == {"new"}
    again.begin()
    assert (again.begun, again.state) == (["b", "c"], "SUCCESS")
    assert again.outputs("b") == {"value": "a!"}


def test_with_other_inputs() -> None:
    player = play(give("a", "{{ inputs.n }}"), give("b", "{{ inputs.n }}"), inputs={"n": 1})
    again = replayed(player, "b", inputs={"n": 2}).begin()
    assert (again.outputs("a"), again.outputs("b")) == ({"value": "1"}, {"value": "2"})


def test_inside_a_flowable_its_parents_run() -> None:
    group = flow_task("Sequential", "group", give("a"), give("b"), give("c"))
    again = replayed(play(group, give("d")), "b")
    assert again.states() == {"group": "RUNNING", "a": "SUCCESS", "b": "RESTARTED"}
    again.begin()
    assert (again.begun, again.state) == (["b", "c", "d"], "SUCCESS")


def test_a_flowable_itself_begins_anew() -> None:
    group = flow_task("Sequential", "group", give("a"), give("b"))
    again = replayed(play(give("first"), group, give("d")), "group")
    assert again.states() == {"first": "SUCCESS", "group": "RUNNING"}
    again.begin()
    assert (again.begun, again.state) == (["a", "b", "d"], "SUCCESS")


def test_a_condition_is_looked_at_again() -> None:
    choice = flow_task("If", "choice", condition="{{ inputs.on }}", then=[give("yes")], **{"else": [give("no")]})
    player = play(choice, inputs={"on": True})
    again = replayed(player, "choice", inputs={"on": False}).begin()
    assert (again.states(), again.outputs("choice")) == (
        {"choice": "SUCCESS", "no": "SUCCESS"},
        {"evaluationResult": False},
    )


def test_siblings_in_a_parallel_are_kept() -> None:
    both = flow_task("Parallel", "both", flow_task("Sequential", "left", give("a"), give("b")), give("c"))
    again = replayed(play(both, give("d")), "a")
    assert again.states() == {"both": "RUNNING", "left": "RUNNING", "c": "SUCCESS", "a": "RESTARTED"}
    again.begin()
    assert (sorted(again.begun), again.state) == (["a", "b", "d"], "SUCCESS")


def test_endings_run_again() -> None:
    endings: Data = {"errors": [give("sorry")], "finally_": [give("bye")], "afterExecution": [give("after")]}
    player = play(give("a"), give("b"), failing={"b"}, **endings)
    again = replayed(player, "a")
    assert again.states() == {"a": "RESTARTED"}
    again.begin()
    assert (again.states(), again.execution.done) == (dict.fromkeys(["a", "b", "bye", "after"], "SUCCESS"), True)


def test_a_warning_before_it_still_counts() -> None:
    player = play(give("a", allowFailure=True), give("b"), failing={"a"})
    assert replayed(player, "b").begin().state == "WARNING"


def test_a_call_calls_anew() -> None:
    player = play(flow_task("Subflow", "call", namespace="a", flowId="b", restartBehavior="NEW_EXECUTION"))
    player.call_created()
    player.call_ended()
    again = replayed(player, "call").begin()
    assert len(again.calls) == 1
    again.call_created()
    again.call_ended()
    assert again.state == "SUCCESS"


def test_a_call_that_restarts_what_failed_calls_anew_in_a_new_execution() -> None:
    # What the old execution had called belongs to that one.
    player = play(flow_task("Subflow", "call", namespace="a", flowId="b"))
    player.call_created()
    player.call_ended()
    assert len(replayed(player, "call").begin().calls) == 1


def test_a_working_directory_begins_anew() -> None:
    player = play(folder(), slow={"folder"})
    run_child(player, "a")
    run_child(player, "b")
    player.end("folder")
    again = replayed(player, "folder")
    assert again.states() == {"folder": "RESTARTED"}
    again.begin()
    assert (again.begun, again.state) == (["folder"], "SUCCESS")


def test_from_inside_a_working_directory_all_of_it_begins_anew() -> None:
    # The folder of the task runs before it is gone.
    player = play(folder(), slow={"folder"})
    run_child(player, "a")
    run_child(player, "b")
    player.end("folder")
    again = replayed(player, "b")
    assert again.states() == {"folder": "RESTARTED"}
    assert again.begin().begun == ["folder"]


@pytest.mark.parametrize("name", ["sorry", "bye", "after", "deep"])
def test_from_an_ending_there_is_no_replay(name: str) -> None:
    endings: Data = {
        "errors": [flow_task("Sequential", "sorry", give("deep"))],
        "finally_": [give("bye")],
        "afterExecution": [give("after")],
    }
    player = play(give("a"), failing={"a"}, **endings)
    with pytest.raises(Conflict, match="only a task run of `tasks` can be replayed"):
        replayed(player, name)


def test_of_a_task_run_that_is_not_there() -> None:
    player = play(give("a"))
    with pytest.raises(UnknownTaskRun, match="No task found with the task run id other in the execution execution"):
        from_task_run(player.flow, player.execution, "other", new_id="new", now=LATER, revision=1)


def test_with_what_failed_reopened_on_another_revision() -> None:
    player = play(flow_task("Sequential", "group", give("a"), give("b")), failing={"b"})
    flow = read_tree(flow_task("Sequential", "group", give("a"), give("b", "better")), give("c"))
    made = reopened(flow, player.execution)
    assert made is not None
    assert (made.id, made.parent_id, made.revision, made.attempt_number) == ("new", "execution", 2, 2)
    again = Player(flow, made, now=LATER)
    assert again.states() == {"group": "RUNNING", "a": "SUCCESS", "b": "RESTARTED"}
    again.begin()
    assert (again.begun, again.outputs("b"), again.state) == (["b", "c"], {"value": "better"}, "SUCCESS")


def test_without_a_failure_there_is_nothing_to_reopen() -> None:
    player = play(give("a"))
    assert reopened(player.flow, player.execution) is None


def test_a_revision_without_one_of_the_tasks_is_refused() -> None:
    player = play(give("a"), give("b"), failing={"b"})
    with pytest.raises(NotFound, match="has no task `b`"):
        reopened(read_tree(give("a")), player.execution)


def test_the_old_execution_stays_as_it_was() -> None:
    player = play(give("a"), give("b"))
    before = player.execution
    replayed(player, "a").begin()
    assert player.execution is before


def test_a_call_that_failed_is_called_anew_on_another_revision() -> None:
    player = play(flow_task("Subflow", "call", namespace="a", flowId="b"))
    player.call_created()
    player.call_ended(State.FAILED)
    made = reopened(player.flow, player.execution)
    assert made is not None
    again = Player(player.flow, made, now=LATER).begin()
    assert (len(again.calls), again.others) == (1, [])
