"""Outputs of iterations and of parents, and the task runs in a state."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template

VARIABLES: dict[str, object] = {
    "text": "1",
    "task": {"id": "task"},
    "outputs": {
        "task": {"a": {"x": {"value": "ax"}, "y": {"value": "ay"}, "1": {"value": "a1"}}, "b": {}},
        "outer": {"a": {"n": 1}},
        "top": {"n": 2},
    },
    "taskrun": {"value": "y", "iteration": 1},
    "parent": {"task": {"id": "outer"}, "taskrun": {"value": "a"}},
    "parents": [{"task": {"id": "outer"}, "taskrun": {"value": "a"}}, {"task": {"id": "top"}}],
    "loop": [{"item": {"value": 1}, "outputs": {"n": 1}}, {"outputs": {}}, {}, None, {"outputs": {"n": 3}}],
    "tasks": {"one": {"state": "FAILED"}, "each": {"v1": {"state": "FAILED"}, "v2": {"state": "SUCCESS"}}},
}


def shown(source: str, **more: object) -> str:
    return compile_template("{{ " + source + " }}").render(VARIABLES | more)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("currentEachOutput(outputs.task).value", "ay"),
        ("currentEachOutput(outputs=outputs.task).value", "ay"),
        ("iterationOutput()", "ax"),
        ("iterationOutput('task')", "ax"),
        ("iterationOutput(iteration=2)", "a1"),
        ("iterationOutput('task', '1')", "ay"),
        ("iterationOutput('other')", ""),
        ("iterationOutput(outputs.task).value", "ax"),
        ("iterationOutput(outputs.task, 2).value", "a1"),
        ("parentOutput().n", "1"),
        ("parentOutput(0).n", "2"),
        ("parentOutput(index=1).n", "1"),
        ("loopOutputs(loop, 'n')", "[1,null,null,null,3]"),
        ("loopOutputs(outputs=loop, name='x')", "[null,null,null,null,null]"),
        (
            "tasksWithState('failed')",
            '[{"taskId":"one","state":"FAILED"},{"taskId":"each","state":"FAILED","value":"v1"}]',
        ),
        ("tasksWithState(state='SUCCESS') | first | jq('.value') | first", "v2"),
        ("tasksWithState('KILLED') is empty", "true"),
        ("iterationOutput('top') is null", "true"),
    ],
)
def test_results(source: str, expected: str) -> None:
    assert shown(source) == expected


def test_in_a_branch_of_an_iteration_the_parents_have_said_all() -> None:
    parents = [{"taskrun": {"value": "y"}}, {"taskrun": {"value": "a"}}]
    assert shown("currentEachOutput(outputs.task).value", taskrun={"id": "r"}, parents=parents) == "ay"


def test_the_value_of_an_iteration_may_be_a_number() -> None:
    assert shown("currentEachOutput(outputs.task).value", taskrun={"value": 1}) == "a1"


def test_an_iteration_without_outputs_has_null() -> None:
    assert shown("currentEachOutput(outputs.task) is null", taskrun={"value": "z"}) == "true"


def test_what_is_no_task_run_is_passed_over() -> None:
    assert shown("tasksWithState('FAILED')", tasks={"a": {"other": "FAILED"}, "b": None}) == "[]"
    assert shown("tasksWithState('FAILED')", tasks=None) == "[]"


def test_what_is_no_parent_has_no_outputs() -> None:
    assert shown("parentOutput(0) is null", parents=["x"]) == "true"


def test_a_parent_may_have_its_outputs_with_it() -> None:
    assert shown("parentOutput().n", parent={"taskrun": {"value": "a"}, "outputs": {"n": 5}}) == "5"
    assert shown("parentOutput() is null", parent={}) == "true"


@pytest.mark.parametrize(
    ("source", "more", "message"),
    [
        ("currentEachOutput(text)", {}, "`currentEachOutput` needs the outputs of a task, a map, but found a text"),
        ("currentEachOutput(outputs.top)", {}, "No execution outputs for the current task runs path"),
        ("currentEachOutput(outputs.task)", {"taskrun": None}, "`currentEachOutput` can only be used"),
        ("currentEachOutput()", {}, "`currentEachOutput` expects an argument `outputs`"),
        ("iterationOutput()", {"taskrun": {}}, "`iterationOutput` can only be used inside a task that is iterated"),
        ("iterationOutput()", {"taskrun": {"iteration": 0}}, "There is no iteration -1: no iteration came before"),
        ("iterationOutput(iteration=9)", {}, "There is no iteration 9 yet: the last one is 2"),
        ("iterationOutput(iteration='x')", {}, "`iterationOutput` expects `iteration` to be a whole number"),
        ("parentOutput(2)", {}, "Invalid index: 2 for parents size: 2"),
        ("parentOutput('a')", {}, "`parentOutput` expects `index` to be a whole number but found a text"),
        ("loopOutputs(text, 'n')", {}, "`loopOutputs` needs a list of outputs but found a text"),
        ("loopOutputs(loop, 1)", {}, "`loopOutputs` expects `name` to be a text but found a number"),
        ("tasksWithState()", {}, "`tasksWithState` expects an argument `state`"),
    ],
)
def test_what_cannot_be_found_is_a_failure(source: str, more: dict[str, object], message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source, **more)
    assert str(caught.value).startswith(message)
