"""The task type templating.TemplatedTask."""

from __future__ import annotations

from gitops.catalog.catalogue import catalogue
from gitops.tasks.templating.templated_task import TemplatedTask
from tests.tasks.one_task import read_task, refusal

TYPE = "io.kestra.plugin.core.templating.TemplatedTask"


def test_holds_a_task_as_text() -> None:
    task = read_task(TYPE, spec="type: {{ inputs.type }}\n")
    assert isinstance(task, TemplatedTask)
    assert task.spec == "type: {{ inputs.type }}\n"


def test_the_task_is_text_and_must_be_there() -> None:
    assert refusal(TYPE) == "spec: Field required"
    assert refusal(TYPE, spec={"type": "a"}) == "spec: Input should be a valid string"


def test_old_name() -> None:
    assert catalogue().today("io.kestra.core.tasks.templating.TemplatedTask") == TYPE
