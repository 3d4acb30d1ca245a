"""Loop: iterations that see their own outputs, and that do not stop each other."""

from __future__ import annotations

import pytest

from tests.execution.play import Data, flow_task, give, play


def loop(*tasks: Data, values: object = ("x", "y", "z"), **more: object) -> Data:
    given = list(values) if isinstance(values, tuple) else values
    return flow_task("Loop", "loop", *(tasks or (give("a", "{{ item.value }}"),)), values=given, **more)


def output(value: str, kind: str = "STRING", name: str = "o") -> Data:
    return {"id": name, "type": kind, "value": value}


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (["x", "x", "y"], ["x", "x", "y"]),
        ([1, {"a": 1}, None, True], ["1", '{"a":1}', "null", "true"]),
        ("{{ inputs.list }}", ["p", "2"]),
        ('["x", 1]', ["x", "1"]),
        ({"one": 1, "two": "2"}, ["1", "2"]),
        ('{"one": 1}', ["1"]),
        ("kestra:///lines.txt", ["first", "second"]),
    ],
)
def test_values_are_lists_maps_or_lines_of_a_file(values: object, shown: list[str]) -> None:
    files = {"kestra:///lines.txt": "first\nsecond\n\n"}
    player = play(loop(values=values), inputs={"list": ["p", 2]}, files=files)
    runs = [run for run in player.execution.in_order() if run.task_id == "a"]
    assert [(run.outputs or {})["value"] for run in runs] == shown
    assert [run.iteration for run in runs] == list(range(len(shown)))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ("{no json", "expected a list or a map, or a text that holds one as JSON; found `{no json`"),
        ("word", "expected a list, or a text that holds one as JSON; found `word`"),
        ("12", "expected a list, found `12`"),
    ],
)
def test_what_is_neither_fails_it(values: str, reason: str) -> None:
    player = play(loop(values=values))
    assert (player.states(), player.run("loop").message) == ({"loop": "FAILED"}, reason)


def test_an_iteration_sees_its_item_and_those_around_it() -> None:
    text = "{{ item.value }} {{ item.index }} {{ item.iteration }} {{ item.parent.value }} {{ item.parents[0].index }}"
    inner = flow_task("Loop", "inner", give("a", text), values=["p", "q"])
    player = play(loop(flow_task("Sequential", "plain", inner), values=("x", "y")))
    assert player.outputs("a[y][q]") == {"value": "q 1 1 y 1"}


def test_an_iteration_over_a_map_sees_its_key() -> None:
    player = play(loop(give("a", "{{ item.key }}={{ item.value }}"), values={"one": 1, "two": 2}))
    assert player.outputs("a[2]") == {"value": "two=2"}


def test_outputs_inside_an_iteration_have_no_key() -> None:
    player = play(loop(give("a", "<{{ item.value }}>"), give("b", "{{ outputs.a.value }}")))
    assert player.outputs("b[y]") == {"value": "<y>"}


def test_outputs_of_iterations_are_not_seen_from_outside() -> None:
    assert play(loop(), give("b", "{{ outputs.a.value ?? 'none' }}")).outputs("b") == {"value": "none"}


def test_outputs_of_each_iteration_are_gathered_in_order() -> None:
    outputs = [output("{{ outputs.a.value }}{{ item.index }}"), output("{{ item.index }}", "INT", "n")]
    player = play(loop(outputs=outputs, concurrencyLimit=0, values={"k": "x", "l": "y"}), slow={"a"})
    player.end("a[y]", outputs={"value": "second"})
    player.end("a[x]", outputs={"value": "first"})
    assert player.outputs("loop") == {
        "iterationCount": 2,
        "runningIterations": 0,
        "terminatedIterations": 2,
        "outputs": [
            {"item": {"value": "x", "index": 0, "iteration": 0, "key": "k"}, "outputs": {"o": "first0", "n": 0}},
            {"item": {"value": "y", "index": 1, "iteration": 1, "key": "l"}, "outputs": {"o": "second1", "n": 1}},
        ],
    }


def test_an_output_that_cannot_be_made_fails_it() -> None:
    player = play(loop(outputs=[output("{{ outputs.a.value }}", "INT")]))
    assert player.states()["loop"] == "FAILED"
    assert "output `o` of iteration 0" in (player.run("loop").message or "")


def test_no_values_are_a_success() -> None:
    player = play(loop(values=(), outputs=[output("x")]))
    assert player.states() == {"loop": "SUCCESS"}
    counts = {"iterationCount": 0, "runningIterations": 0, "terminatedIterations": 0}
    assert player.outputs("loop") == {**counts, "outputs": []}


def test_a_failed_iteration_stops_no_other_and_then_the_loop_has_failed() -> None:
    player = play(
        loop(give("a"), give("b"), errors=[give("sorry")], outputs=[output("{{ item.value }}")]), failing={"a[y]"}
    )
    assert player.begun == ["a[x]", "b[x]", "a[y]", "a[z]", "b[z]", "sorry"]
    assert player.states()["loop"] == "FAILED"
    gathered = (player.outputs("loop") or {})["outputs"]
    assert isinstance(gathered, list)
    assert [each["item"]["value"] for each in gathered] == ["x", "z"]


def test_without_transmit_failed_the_loop_succeeds() -> None:
    player = play(loop(transmitFailed=False, errors=[give("sorry")]), give("next"), failing={"a[y]"})
    assert (player.states()["loop"], player.states()["next"], player.state) == ("SUCCESS", "SUCCESS", "SUCCESS")
    assert "sorry" not in player.states()


def test_as_many_iterations_at_once_as_may() -> None:
    player = play(loop(concurrencyLimit=2), slow={"a"})
    assert player.begun == ["a[x]", "a[y]"]
    player.end("a[x]", failed="no")
    assert player.begun[2:] == ["a[z]"]


def test_no_iteration_begins_once_break_when_holds() -> None:
    player = play(loop(breakWhen="{{ outputs.a.value == 'y' }}"), give("next"))
    assert player.begun == ["a[x]", "a[y]", "next"]
    assert player.states()["loop"] == "SUCCESS"


def test_a_break_when_that_cannot_be_rendered_fails_the_loop() -> None:
    player = play(loop(breakWhen="{{ inputs.missing }}", errors=[give("sorry")]))
    assert player.begun == ["a[x]", "sorry"]
    assert player.states()["loop"] == "FAILED"
    assert any("missing" in line for line in player.logs)


def test_a_break_when_that_cannot_be_rendered_lets_what_runs_end_first() -> None:
    player = play(loop(breakWhen="{{ inputs.missing }}", concurrencyLimit=2), slow={"a[y]"})
    assert player.states() == {"loop": "RUNNING", "a[x]": "SUCCESS", "a[y]": "RUNNING"}
    player.end("a[y]")
    assert (player.begun, player.states()["loop"]) == (["a[x]", "a[y]"], "FAILED")


def test_a_restart_repeats_the_iterations_that_failed() -> None:
    player = play(loop(give("a"), give("b"), outputs=[output("{{ item.value }}")]), failing={"a[x]", "b[z]"})
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert player.begun == ["a[x]", "b[z]", "b[x]"]
    gathered = (player.outputs("loop") or {})["outputs"]
    assert isinstance(gathered, list)
    assert [each["item"]["index"] for each in gathered] == [0, 1, 2]
    assert player.state == "SUCCESS"


def test_finally_of_a_loop_sees_the_outputs_of_its_own_tasks() -> None:
    player = play(loop(finally_=[give("one"), give("two", "{{ outputs.one.value }}")]))
    assert player.outputs("two") == {"value": "one"}
