"""A task of the group, read and run."""

from __future__ import annotations

from gitops.execution.runnable import Runnable
from tests.tasks.one_task import read_task
from tests.tasks.recording_context import RecordingContext

STATE = "io.kestra.plugin.core.state."


def run(context: RecordingContext, kind: str, **properties: object) -> dict[str, object]:
    """The outputs of the task."""
    task = read_task(STATE + kind, **properties)
    assert isinstance(task, Runnable)
    output = task.run(context)
    return {} if output is None else output.model_dump(by_alias=True, exclude_none=True)
