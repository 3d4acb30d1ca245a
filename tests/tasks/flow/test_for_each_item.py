"""ForEachItem: split a file, call a flow for each batch, merge what the calls gave."""

from __future__ import annotations

from typing import Any

import pytest

from gitops.execution.effects import KillChildren, RestartChild
from gitops.execution.events import ChildCreated, ChildEnded, ChildGone
from gitops.execution.machine.calls import WINDOW
from gitops.execution.state import State
from tests.execution.play import Data, Player, flow_task, give, play

SPLITS = "kestra:///tests/flow/splits.txt"


def items(**more: object) -> Data:
    given: Data = {"items": "kestra:///all.txt", "namespace": "tests", "flowId": "called", **more}
    return flow_task("ForEachItem", "each", **given)


def begun(task: Data, *more: Data, batches: int = 3, slow: tuple[str, ...] = (), **flow: Any) -> Player:
    """A flow whose file was split into batches."""
    listing = "".join(f"kestra:///batch{number}\n" for number in range(batches))
    player = play(task, *more, slow={"each_split", *slow}, files={SPLITS: listing}, **flow)
    player.end("each_split", outputs={"splits": SPLITS})
    return player


def test_three_tasks_of_its_own_do_the_work() -> None:
    player = begun(items(), give("next"))
    assert player.states() == {"each": "RUNNING", "each_split": "SUCCESS", "each_items": "RUNNING"}
    for number in range(3):
        player.call_created(number)
    for number in range(3):
        player.call_ended(number=number)
    names = ["each", "each_split", "each_items", "each_merge", "next"]
    assert player.states() == dict.fromkeys(names, "SUCCESS")


def test_each_batch_is_handed_to_its_execution() -> None:
    inputs = {"file": "{{ taskrun.items }}", "number": "{{ taskrun.iteration }}"}
    player = begun(items(inputs=inputs, labels={"batch": "{{ taskrun.iteration }}"}, revision=3))
    assert [call.inputs for call in player.calls] == [
        {"file": f"kestra:///batch{number}", "number": str(number)} for number in range(3)
    ]
    assert [call.labels for call in player.calls] == [(("batch", str(number)),) for number in range(3)]
    assert {(call.namespace, call.flow_id, call.revision) for call in player.calls} == {("tests", "called", 3)}
    assert [call.caller.index for call in player.calls] == [0, 1, 2]


def test_how_many_executions_are_in_each_state_is_seen_live() -> None:
    player = begun(items())
    for number in range(3):
        player.call_created(number)
    player.call_ended(State.WARNING, number=2)
    assert player.outputs("each_items") == {
        "numberOfBatches": 3,
        "iterations": {"CREATED": 0, "RUNNING": 2, "WARNING": 1},
        "uri": SPLITS,
        "subflowOutputsBaseUri": "kestra:///tests/flow",
    }


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        ([State.SUCCESS, State.SUCCESS], "SUCCESS"),
        ([State.WARNING, State.SUCCESS], "WARNING"),
        ([State.FAILED, State.WARNING], "FAILED"),
        ([State.FAILED, State.KILLED], "FAILED"),
        ([State.KILLED, State.WARNING], "KILLED"),
        ([State.CANCELLED, State.SUCCESS], "SUCCESS"),
    ],
)
def test_the_worst_end_is_that_of_the_task(ends: list[State], state: str) -> None:
    player = begun(items(), batches=2)
    player.call_created(0)
    player.call_created(1)
    player.call_ended(ends[0], number=0)
    assert player.states()["each_items"] == "RUNNING"
    player.call_ended(ends[1], number=1)
    assert (player.states()["each"], player.state) == (state, state)
    assert ("each_merge" in player.states()) == (state in ("SUCCESS", "WARNING"))


def test_without_transmit_failed_it_succeeds() -> None:
    player = begun(items(transmitFailed=False), batches=1)
    player.call_created()
    player.call_ended(State.FAILED)
    assert player.state == "SUCCESS"


def test_without_wait_it_goes_on_when_all_are_created() -> None:
    player = begun(items(wait=False), batches=2)
    player.call_created(0)
    assert player.states()["each_items"] == "RUNNING"
    player.call_created(1)
    assert player.states()["each"] == "SUCCESS"
    assert (player.outputs("each_items") or {})["iterations"] == {"RUNNING": 0, "SUCCESS": 2}


def test_no_batches_are_a_success() -> None:
    player = begun(items(), batches=0)
    assert (player.calls, player.states()["each"], player.state) == ([], "SUCCESS", "SUCCESS")


def test_a_split_that_fails_fails_it_and_nothing_is_called() -> None:
    player = play(items(errors=[give("sorry")]), failing={"each_split"})
    assert player.states() == {"each": "FAILED", "each_split": "FAILED", "sorry": "SUCCESS"}


def test_one_call_that_is_refused_fails_it_after_the_others() -> None:
    player = begun(items(), batches=2)
    player.call_created(0)
    player.call_refused("the input is wrong", 1)
    assert player.states()["each_items"] == "RUNNING"
    player.call_ended(number=0)
    assert player.states()["each"] == "FAILED"
    assert "the input is wrong" in player.logs


def test_many_batches_are_called_for_a_window_at_a_time() -> None:
    player = begun(items(), batches=WINDOW + 5)
    assert len(player.calls) == WINDOW
    for number in range(WINDOW):
        player.call_created(number)
    assert len(player.calls) == WINDOW + 5
    for number in range(WINDOW, WINDOW + 5):
        player.call_created(number)
    for number in range(WINDOW + 5):
        player.call_ended(number=number)
    assert player.state == "SUCCESS"


def test_a_kill_waits_for_all_executions_that_run() -> None:
    player = begun(items(), batches=2)
    player.call_created(0)
    player.call_created(1)
    player.kill()
    assert KillChildren() in player.others
    player.call_ended(State.KILLED, number=0)
    assert player.states() == {"each": "KILLING", "each_split": "SUCCESS", "each_items": "KILLING"}
    player.call_ended(State.KILLED, number=1)
    assert (player.states()["each_items"], player.states()["each"], player.state) == ("KILLED",) * 3


def test_a_restart_after_a_failure_calls_for_the_batches_again_where_that_is_wanted() -> None:
    player = begun(items(restartBehavior="NEW_EXECUTION"), batches=2)
    player.call_created(0)
    player.call_created(1)
    player.call_ended(number=0)
    player.call_ended(State.FAILED, number=1)
    player.restart()
    assert [call.caller.attempt for call in player.calls] == [1, 1, 2, 2]
    player.call_created(2)
    player.call_created(3)
    player.call_ended(number=2)
    player.call_ended(number=3)
    assert (player.outputs("each_items") or {})["iterations"] == {"CREATED": 0, "RUNNING": 0, "SUCCESS": 2}
    assert player.state == "SUCCESS"


def test_a_restart_asks_for_the_executions_of_the_batches_to_be_restarted() -> None:
    player = begun(items(), batches=2)
    player.call_created(0)
    player.call_created(1)
    player.call_ended(number=0)
    player.call_ended(State.FAILED, number=1)
    player.restart()
    run = player.run("each_items")
    asked = [effect.caller for effect in player.others if isinstance(effect, RestartChild)]
    assert [(caller.index, caller.attempt) for caller in asked] == [(0, 2), (1, 2)]
    assert len(player.calls) == 2, "nothing new is called for"
    for index in (0, 1):
        player.give(ChildCreated(run.id, 2, index, f"child{index}"))
    player.give(ChildEnded(run.id, 2, 0, "child0", State.SUCCESS))
    assert player.state == "RUNNING"
    player.give(ChildEnded(run.id, 2, 1, "child1", State.SUCCESS))
    assert (player.outputs("each_items") or {})["iterations"] == {"RUNNING": 0, "CREATED": 0, "SUCCESS": 2}
    assert player.state == "SUCCESS"


def test_a_batch_whose_execution_is_gone_is_called_for_anew() -> None:
    player = begun(items(), batches=2)
    player.call_created(0)
    player.call_created(1)
    player.call_ended(number=0)
    player.call_ended(State.FAILED, number=1)
    player.restart()
    run = player.run("each_items")
    player.give(ChildGone(run.id, 2, 1))
    assert [(call.caller.index, call.caller.attempt) for call in player.calls] == [(0, 1), (1, 1), (1, 2)]
    player.give(ChildCreated(run.id, 2, 0, "child0"))
    player.give(ChildEnded(run.id, 2, 0, "child0", State.SUCCESS))
    player.call_created(2)
    player.call_ended(number=2)
    assert player.state == "SUCCESS"


def test_an_allowed_failure_is_a_warning() -> None:
    player = begun(items(allowFailure=True), give("next"), batches=1)
    player.call_created()
    player.call_ended(State.FAILED)
    assert (player.states()["each"], player.states()["next"], player.state) == ("WARNING", "SUCCESS", "WARNING")


def test_inside_a_for_each_every_value_has_batches_of_its_own() -> None:
    task = items(inputs={"a": "{{ taskrun.items }}"})
    files = {"kestra:///x": "kestra:///x1\nkestra:///x2\n", "kestra:///y": "kestra:///y1\n"}
    player = play(
        flow_task("ForEach", "loop", task, values=["x", "y"], concurrencyLimit=0), slow={"each_split"}, files=files
    )
    player.end("each_split[x]", outputs={"splits": "kestra:///x"})
    player.end("each_split[y]", outputs={"splits": "kestra:///y"})
    assert [call.inputs["a"] for call in player.calls] == ["kestra:///x1", "kestra:///x2", "kestra:///y1"]
    for number in range(3):
        player.call_created(number)
    for number in range(3):
        player.call_ended(number=number)
    assert player.state == "SUCCESS"


def test_inside_two_loops_too() -> None:
    inner = flow_task("ForEach", "inner", items(), values=["p"])
    player = play(
        flow_task("ForEach", "outer", flow_task("Sequential", "group", inner), values=["x"]),
        slow={"each_split"},
        files={"kestra:///x": "kestra:///x1\n"},
    )
    player.end("each_split[x][p]", outputs={"splits": "kestra:///x"})
    assert len(player.calls) == 1
    player.call_created()
    player.call_ended()
    assert player.state == "SUCCESS"
