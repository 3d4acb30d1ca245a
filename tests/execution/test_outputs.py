"""`outputs.…` and `tasks.…`: found by task and by the values of the loops around it, at any depth."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gitops.execution.outputs import outputs_of, states_of
from tests.execution.play import Player, flow_task, give, play

INNER = flow_task("ForEach", "inner", give("a", "{{ parent.taskrun.value }}{{ taskrun.value }}"), values=["1", "2"])


@pytest.fixture(scope="module")
def nested() -> Player:
    group = flow_task("Sequential", "group", INNER, give("b"))
    return play(give("first"), flow_task("ForEach", "outer", group, values=["x", "y"]), give("empty", runIf="false"))


def seen(player: Player, name: str | None = None) -> Mapping[str, object]:
    return outputs_of(player.flow, player.execution, None if name is None else player.run(name))


def test_tasks_in_loops_are_maps_by_value(nested: Player) -> None:
    outputs = seen(nested)
    assert outputs["first"] == {"value": "first"}
    found = outputs["a"]
    assert isinstance(found, Mapping)
    assert {outer: dict(inner) for outer, inner in found.items()} == {
        outer: {inner: {"value": f"{outer}{inner}"} for inner in "12"} for outer in "xy"
    }
    assert (found["x"]["2"], dict(outputs["b"])["y"]) == ({"value": "x2"}, {"value": "b"})  # type: ignore[call-overload]  # a map


def test_what_has_no_outputs_is_not_there(nested: Player) -> None:
    outputs = seen(nested)
    assert sorted(outputs) == ["a", "b", "first"]
    assert len(outputs) == 3
    for missing in ("empty", "outer", "group", "nothing"):
        assert missing not in outputs
        with pytest.raises(KeyError):
            outputs[missing]


def test_a_value_that_there_is_not(nested: Player) -> None:
    found = seen(nested)["a"]
    assert isinstance(found, Mapping)
    with pytest.raises(KeyError):
        found["z"]
    with pytest.raises(KeyError):
        found["x"]["3"]


def test_states_have_the_same_shape(nested: Player) -> None:
    states = states_of(nested.flow, nested.execution, None)
    assert (states["first"], states["empty"]) == ({"state": "SUCCESS"}, {"state": "SKIPPED"})
    found = states["a"]
    assert isinstance(found, Mapping)
    assert found["y"]["1"] == {"state": "SUCCESS"}


def test_a_value_that_is_no_text_is_found_by_its_text() -> None:
    player = play(flow_task("ForEach", "each", give("a"), values=[1, True, {"k": 1}]))
    found = seen(player)["a"]
    assert isinstance(found, Mapping)
    assert (found["1"], found["true"], found['{"k":1}']) == ({"value": "a"},) * 3
    assert found[1] == {"value": "a"}


def test_iterations_that_are_not_done_are_not_there() -> None:
    player = play(flow_task("ForEach", "each", give("a"), values=["x", "y"]), slow={"a[y]"})
    found = seen(player)["a"]
    assert isinstance(found, Mapping)
    assert (list(found), len(found)) == (["x"], 1)


def test_before_the_first_iteration_is_done_there_is_nothing() -> None:
    player = play(flow_task("ForEach", "each", give("a"), values=["x", "y"]), slow={"a"})
    assert "a" not in seen(player)


def test_in_a_loop_with_equal_values_each_iteration_sees_its_own() -> None:
    player = play(flow_task("Loop", "loop", give("a", "{{ item.index }}"), give("b"), values=["x", "x"]))
    runs = [run for run in player.execution.in_order() if run.task_id == "b"]
    shown = [outputs_of(player.flow, player.execution, run)["a"] for run in runs]
    assert shown == [{"value": "0"}, {"value": "1"}]


def test_an_error_task_of_a_loop_has_no_key() -> None:
    loop = flow_task("ForEach", "each", give("a"), values=["x"], errors=[give("sorry")])
    player = play(loop, failing={"a"})
    assert seen(player)["sorry"] == {"value": "sorry"}
    inside = flow_task("ForEach", "outer", loop, values=["o"])
    found = seen(play(inside, failing={"a"}))["sorry"]
    assert isinstance(found, Mapping)
    assert found["o"] == {"value": "sorry"}
