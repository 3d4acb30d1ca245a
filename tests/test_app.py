"""App: one for each folder, and everything joined as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.app import App
from gitops.engine.revisions import read_source
from gitops.errors import Conflict
from gitops.execution.state import State
from gitops.lint.linter import SourceFile, lint
from gitops.settings import Settings
from tests.server.conftest import add

SCRIPT = """\
id: script
namespace: company.team
tasks:
  - id: count
    type: io.kestra.plugin.scripts.python.Script
    script: |
      import os
      print("::" + '{"outputs": {"absolute": %d}}' % os.path.isabs(os.environ["WORKING_DIR"]) + "::")
    outputFiles: ["*.py"]
  - id: copy
    type: io.kestra.plugin.scripts.shell.Commands
    inputFiles:
      copied.py: "{{ outputs.count.outputFiles['script.py'] }}"
    commands: [test -s copied.py]
"""


def test_scripts_run_under_a_relative_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with App.open(Settings(data=Path("data"))) as app:
        app.start()
        add(app, SCRIPT)
        ended = app.engine.wait(app.engine.create("company.team", "script").id, 30)
    assert ended.state is State.SUCCESS, [run.message for run in ended.in_order()]
    assert (ended.in_order()[0].outputs or {})["vars"] == {"absolute": 1}


def test_a_second_service_over_the_same_folder_is_refused(tmp_path: Path) -> None:
    with App.open(Settings(data=tmp_path)), pytest.raises(Conflict, match="another gitops service uses the folder"):
        App.open(Settings(data=tmp_path))


def test_a_folder_is_free_again_after_the_end(tmp_path: Path) -> None:
    for _ in range(2):
        with App.open(Settings(data=tmp_path)) as app:
            app.start()


def test_the_services_own_defaults_and_dialect_reach_the_linter_and_the_models(tmp_path: Path) -> None:
    log = "io.kestra.plugin.core.log.Log"
    default = {"type": log, "values": {"message": "from the service"}}
    settings = Settings.model_validate({"data": tmp_path, "plugin_defaults": [default], "dialect": "v2"})
    source = f"id: f\nnamespace: company.team\ntasks:\n  - id: say\n    type: {log}\n"
    with App.open(settings) as app:
        found = lint([SourceFile("f.yml", source.encode())], schema=app.schema, options=app.lint_options)
        task = read_source(source, app.kinds).tasks[0]
    assert (found.findings, app.lint_options.dialect) == ((), "v2")
    assert task.model_dump()["message"] == "from the service"
