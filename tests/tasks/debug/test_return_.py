"""The task type debug.Return."""

from __future__ import annotations

from gitops.tasks.debug.return_ import Return
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.debug.Return"


def test_returns_the_text(context: RecordingContext) -> None:
    assert Return(id="look", type=TYPE, format="42").run(context).value == "42"


def test_returns_nothing_without_a_format(context: RecordingContext) -> None:
    assert Return(id="look", type=TYPE).run(context).value is None


def test_measures_the_length_and_the_time_that_rendering_takes(context: RecordingContext) -> None:
    Return(id="look", type=TYPE, format="four").run(context)
    (length, duration) = context.measured
    assert length == ("counter", "length", 4, {"format": "four"})
    assert (duration[:2], duration[3]) == (("timer", "duration"), {"format": "four"})
    assert 0 <= duration[2] < 10
