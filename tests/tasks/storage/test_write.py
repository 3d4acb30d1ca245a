"""The task type storage.Write."""

from __future__ import annotations

import pytest

from gitops.tasks.storage.write import Write
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.storage.Write"


@pytest.mark.parametrize(("extension", "end"), [({}, ""), ({"extension": ".txt"}, ".txt")])
def test_keeps_the_text_as_it_is(context: RecordingContext, extension: dict[str, object], end: str) -> None:
    task = read_task(TYPE, content="łódź\r\n", **extension)
    assert isinstance(task, Write)
    uri = task.run(context).uri
    assert uri.endswith(f"written{end}")
    assert context.stored[uri] == "łódź\r\n".encode()


def test_content_is_required() -> None:
    assert refusal(TYPE) == "content: Field required"
