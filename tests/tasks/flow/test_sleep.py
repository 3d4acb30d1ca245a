"""The task type flow.Sleep."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest

from gitops.errors import TaskFailed
from gitops.language.scalars import Level
from gitops.tasks.flow.sleep import Sleep
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.flow.Sleep"


def test_waits_and_succeeds(context: RecordingContext) -> None:
    Sleep(id="wait", type=TYPE, duration=timedelta(milliseconds=1)).run(context)
    assert len(context.stops) == 1
    assert context.logs == [(Level.INFO, "Waits PT0.001S")]


def test_a_kill_ends_the_wait(context: RecordingContext) -> None:
    ended: list[BaseException] = []

    def wait() -> None:
        with pytest.raises(TaskFailed) as failed:
            Sleep(id="wait", type=TYPE, duration=timedelta(hours=1)).run(context)
        ended.append(failed.value)

    thread = Thread(target=wait, daemon=True)
    thread.start()
    context.kill()
    thread.join(10)
    assert [str(error) for error in ended] == ["the wait of PT1H was cut short"]


def test_may_not_run_inside_the_dispatcher() -> None:
    assert not Sleep.INLINE
