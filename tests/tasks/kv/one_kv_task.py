"""A task of the group, read with the namespace that it would be rendered to, and run."""

from __future__ import annotations

from gitops.execution.runnable import Runnable
from tests.tasks.one_task import read_task
from tests.tasks.recording_context import RecordingContext

KV = "io.kestra.plugin.core.kv."
HERE = "company.team"


def run(context: RecordingContext, kind: str, **properties: object) -> dict[str, object]:
    """The outputs of the task; its namespace is the flow's unless another one is given."""
    given = properties if kind == "PurgeKV" else {"namespace": HERE, **properties}
    task = read_task(KV + kind, **given)
    assert isinstance(task, Runnable)
    output = task.run(context)
    return {} if output is None else output.model_dump(by_alias=True, exclude_none=True)
