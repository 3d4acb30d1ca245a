"""Sequential: one child after another, and a group of its own."""

from __future__ import annotations

from tests.execution.play import Data, flow_task, give, play


def test_children_run_in_order_below_the_group() -> None:
    player = play(flow_task("Sequential", "group", give("a"), give("b")), slow={"a"})
    assert player.states() == {"group": "RUNNING", "a": "RUNNING"}
    player.end("a")
    assert player.states() == {"group": "SUCCESS", "a": "SUCCESS", "b": "SUCCESS"}
    assert player.run("b").parent_id == player.run("group").id
    assert player.outputs("group") is None


def test_outputs_of_children_have_no_level_of_their_own() -> None:
    group = flow_task("Sequential", "group", give("a"), give("b", "{{ outputs.a.value }}"))
    player = play(group, give("c", "{{ outputs.b.value }} {{ outputs.group.a ?? 'nothing' }}"))
    assert player.outputs("c") == {"value": "a nothing"}


def test_a_failure_runs_errors_then_finally_and_the_group_has_failed() -> None:
    endings: Data = {"errors": [give("sorry")], "finally_": [give("bye", "{{ outputs.sorry.value }}")]}
    player = play(flow_task("Sequential", "group", give("a"), give("b"), **endings), give("next"), failing={"a"})
    assert player.states() == {"group": "FAILED", "a": "FAILED", "sorry": "SUCCESS", "bye": "SUCCESS"}
    assert player.outputs("bye") == {"value": "sorry"}
    assert player.state == "FAILED"


def test_finally_runs_without_a_failure_too() -> None:
    player = play(flow_task("Sequential", "group", give("a"), errors=[give("sorry")], finally_=[give("bye")]))
    assert player.states() == {"group": "SUCCESS", "a": "SUCCESS", "bye": "SUCCESS"}


def test_a_failure_in_errors_or_in_finally_keeps_or_makes_it_failed() -> None:
    for failing in ({"a", "sorry"}, {"bye"}):
        endings: Data = {"errors": [give("sorry")], "finally_": [give("bye")]}
        assert play(flow_task("Sequential", "group", give("a"), **endings), failing=failing).state == "FAILED"


def test_a_skipped_group_has_no_children() -> None:
    player = play(flow_task("Sequential", "group", give("a"), runIf="{{ false }}"), give("b"))
    assert player.states() == {"group": "SKIPPED", "b": "SUCCESS"}
    assert player.state == "SUCCESS"


def test_when_is_the_new_name_of_run_if() -> None:
    assert play(flow_task("Sequential", "group", give("a"), when="{{ 1 == 2 }}")).states() == {"group": "SKIPPED"}


def test_a_group_of_disabled_children_succeeds() -> None:
    player = play(flow_task("Sequential", "group", give("a", disabled=True)))
    assert (player.states(), player.state) == ({"group": "SUCCESS"}, "SUCCESS")


def test_a_disabled_group_is_not_there() -> None:
    assert play(flow_task("Sequential", "group", give("a"), disabled=True), give("b")).states() == {"b": "SUCCESS"}


def test_an_allowed_failure_of_the_group_is_a_warning_and_of_a_child_too() -> None:
    player = play(flow_task("Sequential", "group", give("a"), allowFailure=True), give("b"), failing={"a"})
    assert player.states() == {"group": "WARNING", "a": "FAILED", "b": "SUCCESS"}
    player = play(flow_task("Sequential", "group", give("a", allowFailure=True), give("b")), failing={"a"})
    assert player.states() == {"group": "WARNING", "a": "WARNING", "b": "SUCCESS"}
    assert player.state == "WARNING"


def test_an_allowed_warning_of_the_group_is_a_success() -> None:
    inner = give("a", allowFailure=True)
    player = play(flow_task("Sequential", "group", inner, allowWarning=True), failing={"a"})
    assert (player.states(), player.state) == ({"group": "SUCCESS", "a": "WARNING"}, "SUCCESS")
