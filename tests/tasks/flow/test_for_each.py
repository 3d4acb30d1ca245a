"""ForEach: the children in order for each value, for as many values at once as may be."""

from __future__ import annotations

import pytest

from gitops.execution.machine.replaying import from_task_run
from tests.execution.forest import BEGIN
from tests.execution.play import Data, Player, flow_task, give, play


def each(*tasks: Data, values: object = ("x", "y", "z"), **more: object) -> Data:
    given = list(values) if isinstance(values, tuple) else values
    return flow_task("ForEach", "each", *(tasks or (give("a"), give("b"))), values=given, **more)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (["x", "y"], ["x", "y"]),
        ("{{ ['x', 'y'] }}", ["x", "y"]),
        ('["x", "y"]', ["x", "y"]),
        ([1, 1, 2], ["1", "2"]),
        (["{{ inputs.name }}", 7], ["Ada", "7"]),
        ([{"key": "{{ inputs.name }}", "list": [1, True]}], ['{"key":"Ada","list":[1,true]}']),
        ("{{ inputs.numbers }}", ["1.5", "true"]),
        ([["a", "b"]], ['["a","b"]']),
    ],
)
def test_values_become_texts_each_of_them_once(values: object, shown: list[str]) -> None:
    given = {"name": "Ada", "numbers": [1.5, True]}
    player = play(each(give("a", "{{ taskrun.value }}"), values=values), inputs=given)
    assert [run.value for run in player.execution.in_order()[1:]] == shown
    assert [run.iteration for run in player.execution.in_order()[1:]] == list(range(len(shown)))
    assert [(player.outputs(f"a[{value}]") or {})["value"] for value in shown] == shown


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ("{{ inputs.missing }}", "missing"),
        ("no list", "expected a list, or a text that holds one as JSON; found `no list`"),
        ('{"a": 1}', "expected a list, found"),
        ([1, None], "Found '1' null values on Each, with values=[1, null]"),
    ],
)
def test_what_is_no_list_of_values_fails_it(values: object, reason: str) -> None:
    player = play(each(values=values))
    assert player.states() == {"each": "FAILED"}
    assert reason in (player.run("each").message or "")


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_no_values_are_a_success_with_the_endings(limit: int) -> None:
    player = play(each(values=(), concurrencyLimit=limit, finally_=[give("bye")]), give("next"))
    assert player.states() == {"each": "SUCCESS", "bye": "SUCCESS", "next": "SUCCESS"}
    assert player.outputs("each") is None


def test_one_value_after_another_by_default() -> None:
    player = play(each())
    assert player.begun == ["a[x]", "b[x]", "a[y]", "b[y]", "a[z]", "b[z]"]


def test_all_values_at_once_and_the_tasks_of_each_in_order() -> None:
    player = play(each(concurrencyLimit=0), slow={"a"})
    assert player.begun == ["a[x]", "a[y]", "a[z]"]
    player.end("a[y]")
    assert player.begun[3:] == ["b[y]"]
    player.end("a[x]")
    player.end("a[z]")
    assert player.state == "SUCCESS"


def test_as_many_values_at_once_as_may() -> None:
    player = play(each(concurrencyLimit=2), slow={"a", "b"})
    assert player.begun == ["a[x]", "a[y]"]
    player.end("a[y]")
    assert player.begun[2:] == ["b[y]"]
    player.end("b[y]")
    assert player.begun[3:] == ["a[z]"]
    for name in ("a[x]", "b[x]", "a[z]", "b[z]"):
        player.end(name)
    assert player.state == "SUCCESS"


def test_outputs_are_addressed_by_the_value() -> None:
    reads = [
        give("inside", "{{ outputs.a[taskrun.value].value }}"),
        give("current", "{{ currentEachOutput(outputs.a).value }}"),
    ]
    player = play(
        each(give("a", "<{{ taskrun.value }}>"), *reads, values=("x", "y")),
        give("outside", "{{ outputs.a.y.value }} {{ outputs.a['x'].value }} {{ outputs.a | keys }}"),
    )
    assert player.outputs("inside[y]") == {"value": "<y>"}
    assert player.outputs("current[x]") == {"value": "<x>"}
    assert player.outputs("outside") == {"value": '<y> <x> ["x","y"]'}


def test_states_of_tasks_are_addressed_by_the_value_too() -> None:
    player = play(each(give("a", runIf="{{ taskrun.value == 'x' }}")), give("b", "{{ tasks.a.y.state }}"))
    assert player.outputs("b") == {"value": "SKIPPED"}


def test_nested_loops_have_a_level_each() -> None:
    inner = flow_task("ForEach", "inner", give("a", "{{ parent.taskrun.value }}{{ taskrun.value }}"), values=[1, 2])
    player = play(
        each(inner, values=("x", "y")), give("b", "{{ outputs.a.x['2'].value }}{{ outputs.a['y'][1].value }}")
    )
    assert player.outputs("b") == {"value": "x2y1"}
    assert player.outputs("a[y][1]") == {"value": "y1"}


def test_parents_go_from_the_nearest_to_the_farthest() -> None:
    text = "{{ taskrun.value }}{{ parents[0].taskrun.value }}{{ parents[1].taskrun.value }} {{ taskrun.iteration }}"
    third = flow_task("ForEach", "third", give("a", text), values=["p", "q"])
    second = flow_task("ForEach", "second", flow_task("Sequential", "plain", third), values=["m"])
    player = play(each(second, values=("x", "y")))
    assert player.outputs("a[y][m][q]") == {"value": "qmy 1"}


def test_a_flowable_inside_sees_the_value_as_that_of_its_parent() -> None:
    # An If has outputs, so it is a parent of its own before the one with the value.
    inner = give("a", "{{ parent.outputs.evaluationResult }} {{ parents[1].taskrun.value }}")
    branch = flow_task("If", "when", condition="{{ parent.taskrun.value == 'x' }}", then=[inner])
    player = play(
        each(flow_task("Sequential", "plain", branch), values=("x", "y")),
        give("b", "{{ outputs.a.x.value }}, {{ outputs.a.y.value ?? 'none' }}"),
    )
    assert player.outputs("b") == {"value": "true x, none"}


def test_a_failure_stops_later_values_and_runs_the_errors() -> None:
    player = play(each(errors=[give("sorry")], finally_=[give("bye", "{{ outputs.sorry.value }}")]), failing={"a[y]"})
    assert player.states() == {
        "each": "FAILED",
        "a[x]": "SUCCESS",
        "b[x]": "SUCCESS",
        "a[y]": "FAILED",
        "sorry": "SUCCESS",
        "bye": "SUCCESS",
    }
    assert player.outputs("bye") == {"value": "sorry"}


def test_an_allowed_failure_of_one_value_lets_all_others_run() -> None:
    player = play(each(give("a", allowFailure=True)), failing={"a[y]"})
    assert player.states() == {"each": "WARNING", "a[x]": "SUCCESS", "a[y]": "WARNING", "a[z]": "SUCCESS"}


def test_values_that_run_beside_a_failure_go_to_the_end_of_their_task() -> None:
    player = play(each(concurrencyLimit=2), failing={"a[x]"}, slow={"a[y]"})
    player.end("a[y]")
    assert player.states() == {"each": "FAILED", "a[x]": "FAILED", "a[y]": "SUCCESS"}


def test_a_retry_inside_repeats_the_task_of_one_value() -> None:
    retry = {"type": "constant", "interval": "PT1S", "maxAttempts": 2}
    player = play(each(give("a", retry=retry), give("b"), values=("x", "y"), concurrencyLimit=0), failing={"a[y]"})
    assert player.states() == {"each": "RUNNING", "a[x]": "SUCCESS", "a[y]": "RETRYING", "b[x]": "SUCCESS"}
    player.failing = ()
    player.wait()
    assert len(player.run("a[y]").attempts) == 2
    assert player.begun[-2:] == ["a[y]", "b[y]"]
    assert player.state == "SUCCESS"


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_a_restart_goes_on_with_the_value_that_failed(limit: int) -> None:
    player = play(each(concurrencyLimit=limit), failing={"a[y]"})
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert player.begun[0] == "a[y]"
    assert not set(player.begun) & {"a[x]"}
    names = [f"{task}[{value}]" for value in "xyz" for task in "ab"]
    assert player.states() == {"each": "SUCCESS", **dict.fromkeys(names, "SUCCESS")}
    assert player.state == "SUCCESS"


@pytest.mark.parametrize(
    ("limit", "kept"), [(1, ["a[x]", "b[x]", "a[y]"]), (0, ["a[x]", "a[y]", "a[z]", "b[x]", "b[z]"])]
)
def test_a_replay_drops_what_comes_after_the_task_run(limit: int, kept: list[str]) -> None:
    player = play(each(concurrencyLimit=limit))
    again = Player(
        player.flow,
        from_task_run(player.flow, player.execution, player.run("a[y]").id, new_id="new", now=BEGIN, revision=1),
    )
    assert sorted(again.states()) == sorted(["each", *kept])
    again.begin()
    assert again.states() == {**again.states(), **dict.fromkeys(player.states(), "SUCCESS")}
    assert (len(again.states()), again.state) == (7, "SUCCESS")


def test_a_replay_of_one_value_after_another_keeps_what_stands_before_it_for_all_values() -> None:
    player = play(each(give("a"), give("b"), give("c")))
    chosen = player.run("b[x]").id
    made = from_task_run(player.flow, player.execution, chosen, new_id="new", now=BEGIN, revision=1)
    again = Player(player.flow, made)
    assert sorted(again.states()) == ["a[x]", "a[y]", "a[z]", "b[x]", "each"]
    again.begin()
    assert again.begun == ["b[x]", "c[x]", "b[y]", "c[y]", "b[z]", "c[z]"]
    assert (len(again.states()), again.state) == (10, "SUCCESS")


def test_loops_inside_a_branch_inside_a_loop() -> None:
    inner = flow_task("ForEach", "inner", give("a"), values=["1", "2"], concurrencyLimit=0)
    branch = flow_task("If", "which", condition="{{ taskrun.value == 'x' }}", then=[inner], **{"else": [give("b")]})
    player = play(each(branch, values=("x", "y"), concurrencyLimit=0))
    assert player.states() == {
        "each": "SUCCESS",
        "which[x]": "SUCCESS",
        "which[y]": "SUCCESS",
        "inner[x]": "SUCCESS",
        "b[y]": "SUCCESS",
        "a[x][1]": "SUCCESS",
        "a[x][2]": "SUCCESS",
    }


def test_a_kill_ends_all_values() -> None:
    player = play(each(concurrencyLimit=2), slow={"a"})
    player.kill()
    assert player.states() == {"each": "KILLING", "a[x]": "KILLING", "a[y]": "KILLING"}
    player.end("a[x]")
    player.end("a[y]", failed="stopped")
    assert player.states() == {"each": "KILLED", "a[x]": "KILLED", "a[y]": "KILLED"}
    assert player.state == "KILLED"
