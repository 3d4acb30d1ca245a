"""The task type scripts.shell.Script."""

from __future__ import annotations

from gitops.language.scalars import Level
from gitops.tasks.scripts.shell.script import Script
from tests.tasks.recording_context import RecordingContext


def test_runs_the_script_after_the_commands_before_it_in_one_shell(context: RecordingContext) -> None:
    script = "for word in a b; do\n  echo $GREETING $word\ndone\n"
    Script.model_validate(
        {
            "id": "run",
            "type": "io.kestra.plugin.scripts.shell.Script",
            "beforeCommands": ["GREETING=hello"],
            "script": script,
        }
    ).run(context)
    assert context.logs == [(Level.INFO, "hello a"), (Level.INFO, "hello b")]
