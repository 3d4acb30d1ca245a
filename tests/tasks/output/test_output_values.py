"""The task type output.OutputValues."""

from __future__ import annotations

from gitops.tasks.output.output_values import OutputValues
from tests.tasks.one_task import refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.output.OutputValues"


def test_hands_the_values_on(context: RecordingContext) -> None:
    values = {"text": "a", "number": 1, "list": [True, None], "map": {"deep": {"er": 1.5}}}
    assert OutputValues(id="t", type=TYPE, values=values).run(context).values == values


def test_hands_nothing_on_without_values(context: RecordingContext) -> None:
    assert OutputValues(id="t", type=TYPE).run(context).values == {}


def test_values_have_names() -> None:
    assert refusal(TYPE, values=["a"]) == "values: Input should be a valid dictionary"
