"""A task with its expressions rendered and read as their real types."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest
from pydantic import Field

from gitops.errors import ExpressionError
from gitops.execution.rendering import render_task
from gitops.language.model import Model
from gitops.language.scalars import Duration, Templated, TemplatedStr
from gitops.language.task import Task
from tests.execution.forest import FOREST


class Inner(Model):
    """A model inside a task."""

    wait: Templated[Duration] | None = None
    name: str = "plain"


class Typed(Task):
    """A task with templated properties of several types."""

    type: Literal["typed"]
    text: TemplatedStr = "none"
    number: Templated[int] = 0
    items: Templated[tuple[int, ...]] = ()
    inner: Inner = Field(default_factory=Inner)
    raw: str = ""


def rendered(**properties: object) -> Typed:
    task = Typed.model_validate({"id": "t", "type": "typed", **properties})
    values = {"{{ text }}": "7", "{{ list }}": "[1, 2]", "{{ wait }}": "PT2S", "{{ word }}": "many"}

    def render(value: object) -> object:
        if isinstance(value, list):
            return [render(item) for item in value]
        return values.get(value, value) if isinstance(value, str) else value

    return render_task(task, render, FOREST)


def test_rendered_text_is_read_as_the_real_type() -> None:
    task = rendered(text="{{ text }}", number="{{ text }}", items="{{ list }}", inner={"wait": "{{ wait }}"})
    assert (task.text, task.number, task.items) == ("7", 7, (1, 2))
    assert task.inner.wait == timedelta(seconds=2)


def test_what_has_no_expression_stays_as_it_is() -> None:
    task = rendered(text="plain", number=3, items=[4])
    assert (task.text, task.number, task.items, task.inner.name) == ("plain", 3, (4,), "plain")


def test_properties_that_are_not_templated_and_the_condition_are_not_rendered() -> None:
    task = rendered(raw="{{ text }}", runIf="{{ text }}", inner={"name": "{{ text }}"})
    assert (task.raw, task.run_if, task.inner.name) == ("{{ text }}", "{{ text }}", "{{ text }}")


def test_a_rendered_text_of_another_type_names_its_property() -> None:
    with pytest.raises(ExpressionError, match=r"`number` of task `t` after rendering: .*integer"):
        rendered(number="{{ word }}")
