"""The task type storage.Size."""

from __future__ import annotations

import pytest

from gitops.tasks.storage.size import Size
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.storage.Size"


@pytest.mark.parametrize("kind", [TYPE, "io.kestra.core.tasks.storages.Size"])
def test_counts_bytes(context: RecordingContext, kind: str) -> None:
    context.stored = {"kestra:///a.txt": "łódź".encode()}
    task = read_task(kind, uri="kestra:///a.txt")
    assert isinstance(task, Size)
    assert task.run(context).size == 7


def test_the_address_is_required() -> None:
    assert refusal(TYPE) == "uri: Field required"
