"""If: one of two branches, decided once."""

from __future__ import annotations

import pytest

from tests.execution.play import Data, execution_task, flow_task, give, play


def choice(condition: object, **more: object) -> Data:
    return flow_task("If", "choice", condition=condition, then=[give("yes")], **{"else": [give("no")]}, **more)


@pytest.mark.parametrize("condition", ["{{ true }}", "true", "yes", "1", "{{ 1 == 1 }}", "0.0", "no"])
def test_the_condition_holds(condition: str) -> None:
    player = play(choice(condition))
    assert player.states() == {"choice": "SUCCESS", "yes": "SUCCESS"}
    assert player.outputs("choice") == {"evaluationResult": True}


@pytest.mark.parametrize("condition", ["{{ false }}", "false", "0", "-0", "", "{{ null }}", "{{ '' }}"])
def test_the_condition_does_not_hold(condition: str) -> None:
    player = play(choice(condition))
    assert player.states() == {"choice": "SUCCESS", "no": "SUCCESS"}
    assert player.outputs("choice") == {"evaluationResult": False}


def test_without_else_it_succeeds_at_once() -> None:
    player = play(flow_task("If", "choice", condition="false", then=[give("yes")]), give("next"))
    assert player.states() == {"choice": "SUCCESS", "next": "SUCCESS"}


def test_the_condition_is_looked_at_once() -> None:
    unset = execution_task("SetVariables", "change", variables={"on": False})
    branch = flow_task("If", "choice", condition="{{ vars.on }}", then=[unset, give("second")])
    player = play(branch, give("result", "{{ outputs.choice.evaluationResult }}"), variables={"on": True})
    assert player.states()["second"] == "SUCCESS"
    assert player.outputs("result") == {"value": "true"}


def test_a_condition_that_cannot_be_rendered_fails_it_with_the_reason() -> None:
    player = play(choice("{{ inputs.missing }}"), give("next"))
    assert player.states() == {"choice": "FAILED"}
    assert "missing" in (player.run("choice").message or "")
    assert any("missing" in line for line in player.logs)


def test_errors_run_when_the_condition_cannot_be_rendered() -> None:
    player = play(choice("{{ inputs.missing }}"), errors=[give("sorry")])
    assert player.states() == {"choice": "FAILED", "sorry": "SUCCESS"}


def test_a_failure_in_the_branch_runs_errors_and_finally() -> None:
    player = play(choice("true", errors=[give("sorry")], **{"finally": [give("bye")]}), failing={"yes"})
    assert player.states() == {"choice": "FAILED", "yes": "FAILED", "sorry": "SUCCESS", "bye": "SUCCESS"}


def test_a_restart_keeps_the_branch_that_was_chosen() -> None:
    player = play(give("first"), choice("{{ outputs.first.value == 'x' }}"), failing={"no"})
    player.failing = ()
    player.restart()
    assert player.states() == {"first": "SUCCESS", "choice": "SUCCESS", "no": "SUCCESS"}


def test_nested_in_loops_it_sees_the_value_of_the_parent() -> None:
    inner = flow_task(
        "If", "big", condition="{{ taskrun.value != '1' }}", then=[give("a", "{{ parent.taskrun.value }}")]
    )
    player = play(flow_task("ForEach", "each", inner, values=[1, 2, 3]))
    assert [name for name in player.states() if name.startswith("a")] == ["a[2]", "a[3]"]
    assert player.outputs("a[3]") == {"value": "3"}
    assert player.outputs("big[1]") == {"evaluationResult": False}
