"""The task type templating.TemplatedTask."""

from __future__ import annotations

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.execution.state import State
from gitops.tasks.templating.templated_task import TemplatedTask
from tests.engine.conftest import workshop
from tests.engine.workshop import Workshop
from tests.tasks.one_task import read_task, refusal

__all__ = ["workshop"]

TYPE = "io.kestra.plugin.core.templating.TemplatedTask"
FLOW = "io.kestra.plugin.core.flow"
INNER = "{id: a, type: io.kestra.plugin.core.log.Log, message: hello}"


def test_holds_a_task_as_text() -> None:
    task = read_task(TYPE, spec="type: {{ inputs.type }}\n")
    assert isinstance(task, TemplatedTask)
    assert task.spec == "type: {{ inputs.type }}\n"


def test_the_task_is_text_and_must_be_there() -> None:
    assert refusal(TYPE) == "spec: Field required"
    assert refusal(TYPE, spec={"type": "a"}) == "spec: Input should be a valid string"


def test_old_name() -> None:
    assert catalogue().today("io.kestra.core.tasks.templating.TemplatedTask") == TYPE


def _run(workshop: Workshop, spec: str) -> tuple[State, object, list[str]]:
    """State and outputs of the only task of a flow, and the messages of its log."""
    indented = spec.replace("\n", "\n              ")
    execution = workshop.run(
        f"""
        id: written
        namespace: company.team
        variables:
          type: io.kestra.plugin.core.debug.Return
        tasks:
          - id: run
            type: {TYPE}
            spec: |
              {indented}
        """
    )
    (run,) = execution.in_order()
    return run.state, run.outputs, workshop.messages(execution)


def test_the_task_that_is_written_runs_in_place(workshop: Workshop) -> None:
    spec = 'type: {{ vars.type }}\nformat: "it is {{ flow.id }}"'
    assert _run(workshop, spec) == (State.SUCCESS, {"value": "it is written"}, [])


def test_its_expressions_and_its_type_are_those_of_every_task(workshop: Workshop) -> None:
    spec = "type: io.kestra.core.tasks.debugs.Return\nformat: '{{ '{{ flow.namespace }}' }}'"
    assert _run(workshop, spec)[:2] == (State.SUCCESS, {"value": "company.team"})


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (f"type: {FLOW}.Sequential\ntasks: [{INNER}]", "The templated task must be a runnable task"),
        (f"type: {FLOW}.WorkingDirectory\ntasks: [{INNER}]", "The templated task must be a runnable task"),
        (f"type: {FLOW}.Sequential\ntasks: [{{id: a, type: b}}]", "spec: this version does not act on the type `b`"),
        (f"type: {FLOW}.Pause\ndelay: PT10S", "The templated task must be a runnable task"),
        (f"type: {TYPE}\nspec: a", f"The templated task cannot be of the type `{TYPE}` itself"),
        ("type: nowhere.Nothing", "spec: type: expected the type of a task that is installed, found `nowhere.Nothing`"),
        ("format: a", "spec: type: Field required"),
        ("type: io.kestra.plugin.core.log.Log", "spec: message: Field required"),
        ("- a list", "spec: expected the YAML of a task"),
        ("type: a\ntype: b", "spec: "),
        ("type: [", "spec: "),
    ],
)
def test_what_is_no_runnable_task_is_a_failure(workshop: Workshop, spec: str, words: str) -> None:
    state, outputs, messages = _run(workshop, spec)
    assert (state, outputs) == (State.FAILED, None)
    assert words in messages[-1]
