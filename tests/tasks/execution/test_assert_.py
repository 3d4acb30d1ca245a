"""The task type execution.Assert."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gitops.errors import ExpressionError, TaskFailed
from gitops.language.scalars import Level
from gitops.tasks.execution.assert_ import Assert
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.execution.Assert"
_TABLE = {"{{ yes }}": "true", "{{ no }}": "false", "{{ none }}": None}


class RenderingContext(RecordingContext):
    """A context in which conditions have the values of a table; one that is not there cannot be rendered."""

    def render(self, value: object, *, typed: bool = False) -> object:
        if value not in _TABLE:
            raise ExpressionError("there is no `nothing`")
        return _TABLE[str(value)]


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., RenderingContext]:
    def run(*conditions: str, message: str | None = None) -> RenderingContext:
        context = RenderingContext(tmp_path)
        task = Assert(id="t", type=TYPE, conditions=conditions, error_message=message)
        with pytest.raises(TaskFailed) as failed:
            task.run(context)
        context.logs.append((Level.INFO, str(failed.value)))
        return context

    return run


def test_passes_when_all_conditions_hold(tmp_path: Path) -> None:
    context = RenderingContext(tmp_path)
    Assert(id="t", type=TYPE, conditions=("{{ yes }}", "{{ yes }}")).run(context)
    assert context.logs == []


def test_every_condition_that_does_not_hold_is_told(check: Callable[..., RenderingContext]) -> None:
    assert check("{{ no }}", "{{ yes }}", "{{ none }}").logs == [
        (Level.ERROR, "Assertion `{{ no }}` failed!"),
        (Level.ERROR, "Assertion `{{ none }}` failed!"),
        (Level.INFO, "2 assertions failed!"),
    ]


def test_a_condition_that_cannot_be_rendered_counts_too(check: Callable[..., RenderingContext]) -> None:
    assert check("{{ nothing }}").logs == [
        (Level.ERROR, "Assertion `{{ nothing }}` failed: there is no `nothing`"),
        (Level.INFO, "1 assertion failed!"),
    ]


def test_the_message_of_the_flow_follows(check: Callable[..., RenderingContext]) -> None:
    assert check("{{ no }}", message="look at the rows").logs[-1][1] == "1 assertion failed!\nlook at the rows"


def test_runs_inside_the_dispatcher() -> None:
    assert Assert.INLINE
