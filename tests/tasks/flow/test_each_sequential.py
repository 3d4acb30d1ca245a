"""EachSequential: a ForEach with one value at a time."""

from __future__ import annotations

from tests.execution.play import flow_task, give, play


def test_one_value_after_another() -> None:
    loop = flow_task("EachSequential", "each", give("a", "{{ taskrun.value }}"), give("b"), value="{{ ['x', 'y'] }}")
    player = play(loop, give("c", "{{ outputs.a.x.value }}"))
    assert player.begun == ["a[x]", "b[x]", "a[y]", "b[y]", "c"]
    assert player.outputs("c") == {"value": "x"}


def test_a_failure_stops_it() -> None:
    loop = flow_task("EachSequential", "each", give("a"), value=["x", "y"], errors=[give("sorry")])
    player = play(loop, failing={"a[x]"})
    assert player.states() == {"each": "FAILED", "a[x]": "FAILED", "sorry": "SUCCESS"}
