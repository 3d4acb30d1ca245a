"""A file of lines in the storage of a context whose expressions are real, and what a task makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from gitops.execution.runnable import Runnable
from gitops.language.expression.template import render
from tests.tasks.one_task import read_task
from tests.tasks.recording_context import RecordingContext

ADDRESS = "kestra:///lines.ion"


class LineContext(RecordingContext):
    """Expressions see the fields of the line, and `limit`."""

    def render_with(self, value: object, more: Mapping[str, object], *, typed: bool = False) -> object:
        return render(value, {"limit": 2, **more}, typed=typed)


def made_of(folder: Path, lines: Iterable[str], kind: str, **properties: object) -> tuple[list[str], dict[str, object]]:
    """The lines that the task keeps, and its outputs but for the address."""
    context = LineContext(folder, stored={ADDRESS: "".join(f"{line}\n" for line in lines).encode()})
    task = read_task(f"io.kestra.plugin.core.storage.{kind}", from_=ADDRESS, **properties)
    assert isinstance(task, Runnable)
    output = task.run(context)
    assert output is not None
    outputs = output.model_dump(by_alias=True)
    uri = outputs.pop("uri")
    assert uri.endswith(".ion")
    return context.stored[uri].decode().splitlines(), outputs
