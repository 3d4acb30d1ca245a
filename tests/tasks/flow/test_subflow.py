"""Subflow: an execution of another flow, what it is given, and what its end means."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gitops.execution.effects import KillChildren, RestartChild, StartChild
from gitops.execution.state import Caller, State
from tests.execution.play import Data, flow_task, give, play

RETRY = {"type": "constant", "interval": "PT1S", "maxAttempts": 2}


def call(task_id: str = "call", **more: Any) -> Data:
    return flow_task("Subflow", task_id, **{"namespace": "tests", "flowId": "called", **more})


def test_what_is_asked_for() -> None:
    task = call(
        namespace="{{ flow.namespace }}.sub",
        flowId="{{ inputs.which }}",
        revision="{{ 1 + 1 }}",
        inputs={"text": "{{ inputs.which }}", "{{ 'key' }}": ["{{ 1 }}", 2]},
        labels={"team": "{{ inputs.which }}"},
        scheduleDate="2026-03-01T00:00:00Z",
    )
    player = play(task, inputs={"which": "other"}, labels=(("own", "1"), ("system.correlationId", "c")))
    run = player.run("call")
    assert player.calls == [
        StartChild(
            caller=Caller(execution_id="execution", task_run_id=run.id, attempt=1, index=0),
            namespace="tests.sub",
            flow_id="other",
            revision=2,
            inputs={"text": "other", "key": ["1", 2]},
            labels=(("system.correlationId", "c"), ("team", "other")),
            schedule_date=datetime(2026, 3, 1, tzinfo=UTC),
            wait=True,
            task_type="io.kestra.plugin.core.flow.Subflow",
        )
    ]
    assert (run.state.value, len(run.attempts)) == ("RUNNING", 1)


@pytest.mark.parametrize("inherit", [True, "{{ true }}"])
def test_labels_may_be_handed_on_and_own_ones_win(inherit: object) -> None:
    player = play(call(inheritLabels=inherit, labels={"a": "new"}), labels=(("a", "old"), ("b", "kept")))
    assert dict(player.calls[0].labels) == {"a": "new", "b": "kept"}


def test_inputs_may_be_a_text_that_renders_to_a_map() -> None:
    player = play(call(inputs="{{ inputs.map }}"), inputs={"map": {"a": 1}})
    assert player.calls[0].inputs == {"a": 1}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"inputs": "{{ 'word' }}"}, "inputs: expected a map, or a text that holds one as JSON; found `word`"),
        ({"inputs": {"a": "{{ inputs.missing }}"}}, "Unable to find `missing`"),
        ({"flowId": "{{ inputs.missing }}"}, "Unable to find `missing`"),
        ({"revision": "{{ 'newest' }}"}, "expected a whole number, found `newest`"),
        ({"scheduleDate": "{{ 'soon' }}"}, "expected a date with a time and a zone"),
    ],
)
def test_what_cannot_be_rendered_fails_it(wrong: Data, reason: str) -> None:
    player = play(call(**wrong))
    assert (player.states(), player.state, player.calls) == ({"call": "FAILED"}, "FAILED", [])
    assert reason in (player.run("call").message or "")


def test_it_waits_and_hands_the_outputs_on() -> None:
    player = play(call(), give("next", "{{ outputs.call.outputs.n }} {{ outputs.call.state }}"))
    player.call_created()
    assert (player.states(), player.outputs("call")) == ({"call": "RUNNING"}, {"executionId": "child0"})
    player.call_ended(State.SUCCESS, {"n": 1})
    assert player.outputs("call") == {"executionId": "child0", "state": "SUCCESS", "outputs": {"n": 1}}
    assert player.outputs("next") == {"value": "1 SUCCESS"}
    assert player.state == "SUCCESS"


@pytest.mark.parametrize("state", [State.FAILED, State.KILLED, State.WARNING, State.SUCCESS, State.CANCELLED])
@pytest.mark.parametrize("transmits", [True, False])
def test_the_end_of_the_execution_is_that_of_the_task(state: State, *, transmits: bool) -> None:
    player = play(call(transmitFailed=transmits))
    player.call_created()
    player.call_ended(state)
    copied = transmits and state is not State.CANCELLED
    assert (player.states()["call"], player.state) == ((state.value,) * 2 if copied else ("SUCCESS",) * 2)
    assert (player.outputs("call") or {})["state"] == state.value


@pytest.mark.parametrize(
    ("allowed", "state", "expected"),
    [
        ({"allowFailure": True}, State.FAILED, "WARNING"),
        ({"allowFailure": True, "allowWarning": True}, State.FAILED, "SUCCESS"),
        ({"allowWarning": True}, State.WARNING, "SUCCESS"),
        ({"allowFailure": True}, State.KILLED, "KILLED"),
    ],
)
def test_a_failure_may_be_allowed(allowed: Data, state: State, expected: str) -> None:
    player = play(call(**allowed), give("next"))
    player.call_created()
    player.call_ended(state)
    assert player.states()["call"] == expected
    assert ("next" in player.states()) == (expected != "KILLED")


def test_without_wait_it_succeeds_once_the_execution_is_there() -> None:
    player = play(call(wait=False), give("next"))
    assert player.states() == {"call": "RUNNING"}
    player.call_created()
    assert player.states() == {"call": "SUCCESS", "next": "SUCCESS"}
    assert player.outputs("call") == {"executionId": "child0", "state": "CREATED"}


@pytest.mark.parametrize("more", [{}, {"wait": False}, {"transmitFailed": False}])
def test_an_execution_that_cannot_be_created_fails_it(more: Data) -> None:
    player = play(call(**more), errors=[give("sorry")])
    player.call_refused("there is no flow tests.called")
    assert player.states() == {"call": "FAILED", "sorry": "SUCCESS"}
    assert player.run("call").message == "there is no flow tests.called"
    assert player.logs == ["there is no flow tests.called"]


@pytest.mark.parametrize("more", [{}, {"transmitFailed": False}])
def test_outputs_that_cannot_be_made_fail_it(more: Data) -> None:
    player = play(call(**more))
    player.call_created()
    player.call_ended(State.SUCCESS, problem="the outputs of the called flow cannot be read: no `x`")
    assert (player.states()["call"], player.logs[-1]) == (
        "FAILED",
        "the outputs of the called flow cannot be read: no `x`",
    )
    player = play(call(allowFailure=True, **more))
    player.call_created()
    player.call_ended(State.SUCCESS, problem="no")
    assert player.states()["call"] == "WARNING"


def test_a_retry_calls_again() -> None:
    player = play(call(retry=RETRY))
    player.call_created()
    player.call_ended(State.FAILED)
    assert (player.states()["call"], player.state) == ("RETRYING", "RETRYING")
    player.wait()
    assert player.state == "RUNNING"
    assert [each.caller.attempt for each in player.calls] == [1, 2]
    player.call_created()
    player.call_ended(State.SUCCESS, {"n": 2})
    assert (player.state, (player.outputs("call") or {})["outputs"]) == ("SUCCESS", {"n": 2})


def test_news_of_an_earlier_call_changes_nothing() -> None:
    player = play(call(retry=RETRY))
    player.call_created()
    player.call_ended(State.FAILED)
    player.wait()
    assert not player.call_ended(State.SUCCESS, number=0).changed
    assert player.states()["call"] == "RUNNING"


def test_a_kill_waits_for_the_execution() -> None:
    player = play(call())
    player.call_created()
    player.kill()
    assert KillChildren() in player.others
    assert (player.states(), player.state) == ({"call": "KILLING"}, "KILLING")
    player.call_ended(State.KILLED)
    assert (player.states(), player.state) == ({"call": "KILLED"}, "KILLED")


def test_a_kill_that_does_not_cascade_leaves_the_execution_alone() -> None:
    player = play(call())
    player.call_created()
    player.kill(cascade=False)
    assert KillChildren() not in player.others
    assert (player.states(), player.state) == ({"call": "KILLED"}, "KILLED")


def test_a_kill_before_the_execution_is_there_waits_for_it_too() -> None:
    player = play(call())
    player.kill()
    player.call_created()
    assert player.states() == {"call": "KILLING"}
    player.call_ended(State.KILLED)
    assert player.state == "KILLED"


def test_a_kill_ends_with_an_execution_that_was_never_created() -> None:
    player = play(call())
    player.kill()
    player.call_refused("no such flow")
    assert (player.states(), player.state) == ({"call": "KILLED"}, "KILLED")


def test_a_restart_restarts_the_execution_that_failed() -> None:
    player = play(call(), give("next"))
    player.call_created()
    player.call_ended(State.FAILED)
    player.restart()
    run = player.run("call")
    assert player.others[-1] == RestartChild(Caller(execution_id="execution", task_run_id=run.id, attempt=2))
    assert player.history("call")[-3:] == ["FAILED", "RESTARTED", "RUNNING"]
    player.calls.append(player.calls[0])
    caller = Caller(execution_id="execution", task_run_id=run.id, attempt=2)
    player.calls[-1] = StartChild(caller, "tests", "called", None, {}, (), None, True, "Subflow")
    player.call_created()
    player.call_ended(State.SUCCESS, {"n": 2})
    assert (player.states(), player.state) == ({"call": "SUCCESS", "next": "SUCCESS"}, "SUCCESS")


def test_a_restart_may_call_anew() -> None:
    player = play(call(restartBehavior="NEW_EXECUTION"))
    player.call_created()
    player.call_ended(State.FAILED)
    player.restart()
    assert len(player.calls) == 2
    player.call_created()
    player.call_ended(State.SUCCESS)
    assert player.state == "SUCCESS"


def test_a_restart_calls_anew_when_nothing_had_been_called() -> None:
    player = play(call())
    player.call_refused("there is no flow tests.called")
    player.restart()
    assert len(player.calls) == 2
    assert not [each for each in player.others if isinstance(each, RestartChild)]


def test_calls_in_a_loop_are_calls_each() -> None:
    task = call(inputs={"name": "{{ taskrun.value }}"})
    player = play(
        flow_task("ForEach", "each", task, values=["x", "y"], concurrencyLimit=0),
        give("next", "{{ outputs.call.y.outputs.n }}"),
    )
    assert [each.inputs for each in player.calls] == [{"name": "x"}, {"name": "y"}]
    player.call_created(0)
    player.call_created(1)
    player.call_ended(State.SUCCESS, {"n": "second"}, number=1)
    player.call_ended(State.SUCCESS, {"n": "first"}, number=0)
    assert player.outputs("next") == {"value": "second"}


def test_a_paused_execution_is_waited_for() -> None:
    player = play(call(), flow_task("Pause", "hold"))
    player.call_created()
    assert player.state == "RUNNING"
    player.call_ended(State.SUCCESS)
    assert player.state == "PAUSED"
