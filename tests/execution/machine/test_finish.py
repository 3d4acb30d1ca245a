"""The end of an execution: its outputs, its state, and what runs after it."""

from __future__ import annotations

from typing import Any

import pytest

from gitops.execution.events import Created
from gitops.execution.machine.advance import advance
from gitops.execution.state import State
from tests.execution.forest import BEGIN, new_execution
from tests.execution.play import Data, flow_task, give, play, read_tree


def output(kind: str, value: str, name: str = "o") -> list[dict[str, Any]]:
    return [{"id": name, "type": kind, "value": value}]


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("STRING", "{{ outputs.a.value }}!", "a!"),
        ("INT", "{{ 1 + 1 }}", 2),
        ("FLOAT", "{{ 1.5 }}", 1.5),
        ("BOOL", "{{ true }}", True),
        ("JSON", "{{ {'k': [1]} }}", {"k": [1]}),
        ("ARRAY", "{{ [1, 2] }}", [1, 2]),
    ],
)
def test_outputs_have_their_type(kind: str, value: str, found: object) -> None:
    player = play(give("a"), outputs=output(kind, value))
    assert player.execution.outputs == {"o": found}


def test_outputs_are_made_after_finally_and_seen_after_the_execution() -> None:
    player = play(
        give("a"),
        outputs=output("STRING", "{{ outputs.bye.value }}"),
        finally_=[give("bye")],
        afterExecution=[give("after", "{{ execution.outputs.o }} {{ execution.state }}")],
    )
    assert player.outputs("after") == {"value": "bye SUCCESS"}


def test_an_output_that_cannot_be_made_fails_the_execution_and_says_why() -> None:
    player = play(give("a"), outputs=output("INT", "{{ outputs.a.value }}"), afterExecution=[give("after")])
    assert (player.state, player.states()["after"], player.execution.outputs) == ("FAILED", "SUCCESS", None)
    assert "output `o` cannot be made" in (player.execution.message or "")
    assert player.logs == [player.execution.message]


@pytest.mark.parametrize(("failing", "state"), [("a", "FAILED"), ("b", "WARNING")])
def test_a_failure_has_outputs_too(failing: str, state: str) -> None:
    tasks = [give("a"), give("b", allowFailure=True)]
    player = play(*tasks, outputs=output("STRING", "x"), failing={failing})
    assert (player.state, player.execution.outputs) == (state, {"o": "x"})


def test_a_failure_without_what_its_outputs_are_made_of_has_none_and_does_not_speak_of_them() -> None:
    player = play(give("a"), outputs=output("STRING", "{{ outputs.a.value }}"), failing={"a"})
    assert (player.state, player.execution.outputs, player.execution.message) == ("FAILED", None, None)
    assert not [line for line in player.logs if "output `o`" in line]


def test_a_killed_execution_has_no_outputs() -> None:
    player = play(flow_task("Pause", "hold"), outputs=output("STRING", "x"))
    player.kill()
    assert (player.state, player.execution.outputs) == ("KILLED", None)


def test_a_secret_output_is_sealed_or_refused() -> None:
    flow = read_tree(outputs=output("SECRET", "hunter2"), tasks=[give("a", disabled=True)])

    def seal(text: str) -> object:
        return {"sealed": len(text)}

    def end(**more: Any) -> Any:
        return advance(flow, new_execution(), Created(), now=BEGIN, render=lambda *given: given[2], **more).execution

    assert end(seal=seal).outputs == {"o": {"sealed": 7}}
    refused = end()
    assert (refused.state, refused.outputs) == (State.FAILED, None)
    assert "set `encryption_key`" in refused.message


def test_finally_sees_that_the_execution_runs_and_after_execution_its_end() -> None:
    player = play(
        give("a"),
        finally_=[give("bye", "{{ execution.state }}")],
        afterExecution=[give("after", "{{ execution.state }}")],
        failing={"a"},
    )
    assert (player.outputs("bye"), player.outputs("after")) == ({"value": "RUNNING"}, {"value": "FAILED"})


def test_errors_then_finally_then_after_execution() -> None:
    endings: Data = {"errors": [give("sorry")], "finally_": [give("bye")], "afterExecution": [give("after")]}
    player = play(give("a"), give("b"), failing={"a"}, **endings)
    assert player.begun == ["a", "sorry", "bye", "after"]


@pytest.mark.parametrize(("failing", "state"), [("sorry", "FAILED"), ("bye", "FAILED"), ("after", "SUCCESS")])
def test_a_failure_in_an_ending(failing: str, state: str) -> None:
    endings: Data = {"errors": [give("sorry")], "finally_": [give("bye")], "afterExecution": [give("after")]}
    player = play(give("a"), failing={failing, *({"a"} if failing == "sorry" else set())}, **endings)
    assert (player.state, player.execution.done) == (state, True)
    assert player.states()["after"] == ("FAILED" if failing == "after" else "SUCCESS")


def test_flowables_run_after_the_execution_too() -> None:
    after = flow_task("ForEach", "each", give("after"), values=["x", "y"])
    player = play(give("a"), afterExecution=[after])
    assert (player.states()["after[y]"], player.execution.done) == ("SUCCESS", True)


def test_a_retry_after_the_execution_does_not_bring_it_back() -> None:
    retry = {"type": "constant", "interval": "PT1S", "maxAttempts": 2}
    player = play(give("a"), afterExecution=[give("after", retry=retry)], failing={"after"})
    assert (player.state, player.execution.done) == ("SUCCESS", False)
    player.failing = ()
    player.wait()
    assert (player.state, player.states()["after"], player.execution.done) == ("SUCCESS", "SUCCESS", True)


def test_a_call_after_the_execution_is_waited_for() -> None:
    player = play(give("a"), afterExecution=[flow_task("Subflow", "call", namespace="a", flowId="b")])
    player.call_created()
    assert (player.state, player.execution.done) == ("SUCCESS", False)
    player.call_ended(State.FAILED)
    assert (player.state, player.execution.done) == ("SUCCESS", True)
