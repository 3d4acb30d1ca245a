"""The task type storage.LocalFiles."""

from __future__ import annotations

import pytest

from gitops.errors import TaskFailed
from gitops.tasks.storage.local_files import LocalFiles
from tests.tasks.one_task import read_task
from tests.tasks.recording_context import RecordingContext


def local_files(context: RecordingContext, **properties: object) -> dict[str, str]:
    task = read_task("io.kestra.plugin.core.storage.LocalFiles", **properties)
    assert isinstance(task, LocalFiles)
    return task.run(context).uris


def test_files_are_written_and_those_that_are_wanted_are_kept(context: RecordingContext) -> None:
    context.stored["kestra:///a.csv"] = b"1,2"
    inputs = {"in/a.csv": "kestra:///a.csv", "b.txt": "text"}
    uris = local_files(context, inputs=inputs, outputs=["in/**"])
    assert (context.folder / "b.txt").read_text() == "text"
    assert {path: context.stored[uri] for path, uri in uris.items()} == {"in/a.csv": b"1,2"}


def test_without_properties_nothing_happens(context: RecordingContext) -> None:
    assert local_files(context) == {}


def test_a_path_that_leads_out_is_refused(context: RecordingContext) -> None:
    with pytest.raises(TaskFailed, match="expected a path inside the working directory"):
        local_files(context, inputs={"../a": "x"})
