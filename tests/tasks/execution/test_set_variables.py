"""SetVariables: variables that later tasks read as `vars.name`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.execution.play import Player, execution_task, give, play

VARIABLES = {"a": {"b": 1, "c": 2}, "word": "old"}


def run(variables: object, *, shows: str = "", **more: Any) -> Player:
    task = execution_task("SetVariables", "set", variables=variables, **more)
    return play(task, give("next", shows), variables=VARIABLES, inputs={"n": 7})


def test_new_ones_are_seen_by_later_tasks() -> None:
    player = run(
        {"x": "{{ inputs.n }}", "list": ["{{ inputs.n }}", 2]}, shows="{{ vars.x }} {{ vars.list }} {{ vars.word }}"
    )
    assert player.outputs("next") == {"value": '7 ["7",2] old'}
    assert player.outputs("set") is None


def test_maps_are_merged_at_any_depth_and_all_else_is_replaced() -> None:
    player = run({"a": {"c": {"d": 3}}, "word": "new"})
    assert player.execution.variables == {"a": {"b": 1, "c": {"d": 3}}, "word": "new"}


def test_the_variables_of_the_flow_stay_as_they_are() -> None:
    player = run({"word": "new"})
    assert player.flow.flow.variables == VARIABLES


@pytest.mark.parametrize("variables", ["{{ {'x': inputs.n} }}", '{"x": {{ inputs.n }}}'])
def test_a_text_may_hold_the_map_as_json(variables: str) -> None:
    assert run(variables, shows="{{ vars.x + 1 }} {{ vars.word }}").outputs("next") == {"value": "8 old"}


def test_without_overwrite_one_that_is_there_is_a_failure() -> None:
    player = run({"x": 1, "word": "new"}, overwrite=False)
    assert player.states() == {"set": "FAILED"}
    assert player.run("set").message == "expected variables that are not there yet, found `word`; set `overwrite: true`"
    assert player.execution.variables is None
    assert run({"x": 1}, overwrite="{{ false }}").state == "SUCCESS"


def test_one_after_the_other_they_add_up() -> None:
    player = play(
        execution_task("SetVariables", "one", variables={"x": 1}),
        execution_task("SetVariables", "two", variables={"y": "{{ vars.x + 1 }}"}),
        give("next", "{{ vars.x }} {{ vars.y }}"),
    )
    assert player.outputs("next") == {"value": "1 2"}


@pytest.mark.parametrize("variables", ["{{ 'word' }}", "{{ [1] }}"])
def test_what_is_no_map_fails_it(variables: str) -> None:
    player = run(variables)
    assert player.states() == {"set": "FAILED"}
    assert "variables: expected a map" in (player.run("set").message or "")
