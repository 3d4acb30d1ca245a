"""The task type log.Log."""

from __future__ import annotations

from gitops.language.scalars import Level
from gitops.tasks.log.log import Log
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.log.Log"


def test_writes_one_line_at_info(context: RecordingContext) -> None:
    Log(id="say", type=TYPE, message="hello").run(context)
    assert context.logs == [(Level.INFO, "hello")]


def test_writes_one_line_for_each_item_at_the_given_level(context: RecordingContext) -> None:
    Log.model_validate({"id": "say", "type": TYPE, "message": ["one", 2, True], "level": "WARN"}).run(context)
    assert context.logs == [(Level.WARN, "one"), (Level.WARN, "2"), (Level.WARN, "true")]
