"""The task type execution.Fail."""

from __future__ import annotations

import pytest

from gitops.errors import TaskFailed
from gitops.tasks.execution.fail import Fail
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.execution.Fail"


def test_fails_with_its_message(context: RecordingContext) -> None:
    with pytest.raises(TaskFailed, match=r"^no rows$"):
        Fail(id="guard", type=TYPE, error_message="no rows").run(context)


@pytest.mark.parametrize("condition", ["true", "yes", "1", "anything"])
def test_fails_when_the_condition_holds(context: RecordingContext, condition: str) -> None:
    with pytest.raises(TaskFailed, match=r"^Task failure$"):
        Fail(id="guard", type=TYPE, condition=condition).run(context)


@pytest.mark.parametrize("condition", ["false", "0", "-0", ""])
def test_passes_when_the_condition_does_not_hold(context: RecordingContext, condition: str) -> None:
    Fail(id="guard", type=TYPE, condition=condition).run(context)
