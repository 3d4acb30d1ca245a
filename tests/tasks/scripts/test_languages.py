"""Every language: its script is written to a file and run by its program, and what is installed here really runs."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from gitops.catalog.script_tasks import SCRIPT_TASKS
from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import ScriptTask
from gitops.tasks.scripts.workplace import Workplace
from tests.tasks.recording_context import RecordingContext

FILES = [kind for kind in SCRIPT_TASKS if issubclass(kind, ScriptFile)]
COMMANDS = [kind for kind in SCRIPT_TASKS if issubclass(kind, CommandsTask)]
PRINTING = {"node": "console.log(1 + 1)", "perl": "print 1 + 1", "python3": "print(1 + 1)", "ruby": "puts 1 + 1"}


def made(kind: type[ScriptTask], **more: Any) -> ScriptTask:
    return kind.model_validate({"id": "run", "type": kind.name(), **more})


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.name())
def test_a_script_is_written_to_a_file_that_the_program_of_its_language_runs(
    kind: type[ScriptFile], context: RecordingContext
) -> None:
    place = Workplace(context.working_directory, context)
    (command,) = made(kind, script="text").commands_in(place)
    file = place.folder / f"script{kind.SUFFIX}"
    assert command == f"{kind.RUN} {file}"
    assert file.read_text().endswith("text")


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind.PROGRAM in PRINTING], ids=lambda kind: kind.name())
def test_a_script_in_a_language_that_is_installed_runs(kind: type[ScriptFile], context: RecordingContext) -> None:
    if shutil.which(kind.PROGRAM) is None:
        pytest.skip(f"{kind.PROGRAM} is not installed")
    assert made(kind, script=PRINTING[kind.PROGRAM]).run(context).exit_code == 0
    assert [message for _, message in context.logs] == ["2"]


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.name())
def test_commands_are_handed_on_as_they_are(kind: type[CommandsTask], context: RecordingContext) -> None:
    place = Workplace(context.working_directory, context)
    assert list(made(kind, commands=["one", "two"]).commands_in(place)) == ["one", "two"]


def test_the_old_way_to_say_that_a_process_runs_it_is_understood(context: RecordingContext) -> None:
    shell = next(kind for kind in COMMANDS if ".shell." in kind.name())
    docker = {"type": "io.kestra.plugin.scripts.runner.docker.Docker"}
    options = {"image": "ubuntu", "dockerHost": "tcp://engine"}
    task = made(shell, commands=["true"], runner="PROCESS", taskRunner=docker, docker=options)
    assert task.run(context).exit_code == 0
