"""The task type debug.Echo."""

from __future__ import annotations

from gitops.catalog.catalogue import catalogue
from gitops.language.scalars import Level
from gitops.tasks.debug.echo import Echo
from tests.tasks.one_task import refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.debug.Echo"


def test_writes_a_line_at_info(context: RecordingContext) -> None:
    Echo(id="say", type=TYPE, format="hello").run(context)
    assert context.logs == [(Level.INFO, "hello")]


def test_writes_a_line_at_the_given_level(context: RecordingContext) -> None:
    Echo.model_validate({"id": "say", "type": TYPE, "format": 2, "level": "WARN"}).run(context)
    assert context.logs == [(Level.WARN, "2")]


def test_needs_something_to_write() -> None:
    assert refusal(TYPE) == "format: Field required"


def test_people_should_use_log() -> None:
    assert Echo.DEPRECATED == "use `io.kestra.plugin.core.log.Log`"


def test_old_names() -> None:
    assert catalogue().today("io.kestra.core.tasks.debugs.Echo") == TYPE
    assert catalogue().today("io.kestra.core.tasks.debugs.Return") == "io.kestra.plugin.core.debug.Return"
