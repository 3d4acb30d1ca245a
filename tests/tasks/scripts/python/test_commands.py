"""The task type scripts.python.Commands."""

from __future__ import annotations

from gitops.language.scalars import Level
from gitops.tasks.scripts.python.commands import Commands
from tests.tasks.recording_context import RecordingContext


def test_runs_a_given_file_without_buffering(context: RecordingContext) -> None:
    Commands.model_validate(
        {
            "id": "run",
            "type": "io.kestra.plugin.scripts.python.Commands",
            "inputFiles": {"main.py": "import os; print(os.environ['PYTHONUNBUFFERED'])"},
            "commands": ["python main.py"],
        }
    ).run(context)
    assert context.logs == [(Level.INFO, "true")]
