"""UnsetVariables: variables that later tasks do not see any more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.execution.play import Player, execution_task, give, play

VARIABLES = {"a": {"b": 1, "c": {"d": 2}}, "word": "old"}


def run(variables: object, **more: Any) -> Player:
    task = execution_task("UnsetVariables", "unset", variables=variables, **more)
    return play(task, give("next", "{{ vars.word ?? 'none' }}"), variables=VARIABLES)


@pytest.mark.parametrize(
    ("variables", "left"),
    [
        (["word"], {"a": VARIABLES["a"]}),
        (["a.c.d", "word"], {"a": {"b": 1, "c": {}}}),
        (["{{ 'word' }}"], {"a": VARIABLES["a"]}),
        ('{{ ["word"] }}', {"a": VARIABLES["a"]}),
    ],
)
def test_names_and_paths_into_maps(variables: object, left: dict[str, object]) -> None:
    assert run(variables).execution.variables == left


def test_later_tasks_do_not_see_them() -> None:
    assert run(["word"]).outputs("next") == {"value": "none"}


def test_the_last_one_may_go_too() -> None:
    task = execution_task("UnsetVariables", "unset", variables=["word"])
    player = play(task, give("next", "{{ vars.word ?? 'none' }}"), variables={"word": "old"})
    assert player.outputs("next") == {"value": "none"}


@pytest.mark.parametrize("name", ["other", "a.x", "word.x"])
def test_one_that_is_not_there_is_a_failure_unless_that_is_fine(name: str) -> None:
    player = run([name])
    assert player.run("unset").message == f"expected a variable `{name}`, found none; set `ignoreMissing: true`"
    assert (player.states(), player.execution.variables) == ({"unset": "FAILED"}, None)
    assert run([name, "word"], ignoreMissing=True).execution.variables == {"a": VARIABLES["a"]}


@pytest.mark.parametrize("variables", ["{{ 'word' }}", "{{ 1 }}", "{{ {'a': 1} }}"])
def test_what_is_no_list_fails_it(variables: str) -> None:
    player = run(variables)
    assert player.states() == {"unset": "FAILED"}
    assert "variables: expected a list" in (player.run("unset").message or "")
