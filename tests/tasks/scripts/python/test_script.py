"""The task type scripts.python.Script."""

from __future__ import annotations

from gitops.tasks.scripts.python.script import Script
from tests.tasks.recording_context import RecordingContext


def test_runs_python_with_json_literals(context: RecordingContext) -> None:
    script = 'import json\nprint("::" + json.dumps({"outputs": {"all": [true, false, null]}}) + "::")'
    task = Script(id="run", type="io.kestra.plugin.scripts.python.Script", script=script)
    assert task.run(context).vars == {"all": [True, False, None]}
