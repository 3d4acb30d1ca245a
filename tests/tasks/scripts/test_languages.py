"""Every language: its image, the file that a script is written to, the command that runs it, and a real run."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import ScriptTask
from gitops.tasks.scripts.script_text import ScriptText
from gitops.tasks.scripts.workplace import Workplace
from tests.tasks.recording_context import RecordingContext

PACKAGE = "io.kestra.plugin.scripts."
PYTHON = '"$(command -v python || echo python3)"'
LANGUAGES = {
    "bun": ("bun", "oven/bun", "script.ts", "bun run"),
    "deno": ("deno", "denoland/deno", "script.ts", "deno run"),
    "dotnet": ("dotnet", "mcr.microsoft.com/dotnet/sdk:10.0", "script.csx", "dotnet-script"),
    "go": ("go", "golang", "script.go", "go run"),
    "groovy": ("groovy", "groovy", "script.groovy", "groovy"),
    "jbang": ("jbang", "jbangdev/jbang-action", "script.java", "jbang --quiet"),
    "julia": ("julia", "julia", "script.jl", "julia"),
    "lua": ("lua", "nickblah/lua", "script.lua", "lua"),
    "node": ("node", "node", "script.js", "node"),
    "perl": ("perl", "perl", "script.pl", "perl"),
    "php": ("php", "php", "script.php", "php"),
    "python": ("python3", "python:3.13-slim", "script.py", PYTHON),
    "r": ("Rscript", "r-base", "script.R", "Rscript"),
    "ruby": ("ruby", "ruby", "script.rb", "ruby"),
}
SHELLS = {
    "powershell": ("pwsh", "ghcr.io/kestra-io/powershell:latest"),
    "shell": ("sh", "ubuntu"),
}
"""Languages whose scripts are no files: the interpreter reads them."""

ALL = sorted([*LANGUAGES, *SHELLS])
KINDS = {
    name.removeprefix(PACKAGE): kind for name, kind in catalogue().room("Task").items() if issubclass(kind, ScriptTask)
}
PRINTING = {
    "go": 'package main\nimport "fmt"\nfunc main() { fmt.Println(1 + 1) }',
    "lua": "print(1 + 1)",
    "node": "console.log(1 + 1)",
    "perl": "print 1 + 1",
    "php": "<?php echo 1 + 1;",
    "python": "print(1 + 1)",
    "r": "cat(1 + 1)",
    "ruby": "puts 1 + 1",
    "shell": "echo $((1 + 1))",
}


@pytest.fixture
def place(context: RecordingContext) -> Workplace:
    return Workplace(context.working_directory, context)


def made(name: str, **more: Any) -> ScriptTask:
    return KINDS[name].model_validate({"id": "run", "type": PACKAGE + name, **more})


def test_each_language_has_a_script_and_commands() -> None:
    assert set(KINDS) == {f"{name}.{kind}" for name in ALL for kind in ("Script", "Commands")}


@pytest.mark.parametrize("name", ALL)
def test_scripts_commands_and_triggers_of_a_language_need_the_same_program_and_image(name: str) -> None:
    program, image = (LANGUAGES.get(name) or SHELLS[name])[:2]
    for kind in (KINDS[f"{name}.Script"], KINDS[f"{name}.Commands"]):
        assert (kind.PROGRAM, kind.model_fields["container_image"].default) == (program, image)
    triggers = [
        trigger
        for trigger in catalogue().room("Trigger").values()
        if trigger.type_name().startswith(f"{PACKAGE}{name}.")
    ]
    assert {trigger.model_fields["container_image"].default for trigger in triggers} <= {image}


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_script_is_written_to_a_file_that_the_program_of_its_language_runs(name: str, place: Workplace) -> None:
    _, _, file, start = LANGUAGES[name]
    task = made(f"{name}.Script", script="text")
    assert isinstance(task, ScriptFile)
    assert list(task.commands_in(place)) == [f"{start} {place.folder / file}"]
    assert (place.folder / file).read_text().endswith("text")


@pytest.mark.parametrize("name", SHELLS)
def test_the_interpreter_reads_the_script_of_a_shell(name: str, place: Workplace) -> None:
    task = made(f"{name}.Script", script="text")
    assert isinstance(task, ScriptText)
    assert list(task.commands_in(place)) == ["text"]


@pytest.mark.parametrize("name", ALL)
def test_commands_are_handed_on_as_they_are(name: str, place: Workplace) -> None:
    task = made(f"{name}.Commands", commands=["one", "two"])
    assert isinstance(task, CommandsTask)
    assert list(task.commands_in(place)) == ["one", "two"]


@pytest.mark.parametrize("name", PRINTING)
def test_a_script_in_a_language_that_is_installed_runs(name: str, context: RecordingContext) -> None:
    if shutil.which(KINDS[f"{name}.Script"].PROGRAM) is None:
        pytest.skip(f"{name} is not installed")
    assert made(f"{name}.Script", script=PRINTING[name]).run(context).exit_code == 0
    assert [message for _, message in context.logs] == ["2"]


def test_a_script_leaves_a_given_file_of_the_same_name_alone(context: RecordingContext) -> None:
    script = "print(open('script.py').read())"
    made("python.Script", script=script, inputFiles={"script.py": "given"}).run(context)
    assert [message for _, message in context.logs] == ["given"]


def test_a_script_and_commands_read_stored_files(context: RecordingContext) -> None:
    context.stored["kestra:///main/a.txt"] = b"stored"
    made("python.Script", script="print(open('kestra:///main/a.txt').read())").run(context)
    made("node.Commands", commands=["cat kestra:///main/a.txt"], beforeCommands=["cat kestra:///main/a.txt"]).run(
        context
    )
    assert "".join(message for _, message in context.logs) == "stored" * 3


def test_jbang_knows_the_language_by_the_extension(place: Workplace) -> None:
    task = made("jbang.Script", script="text", extension=".kt", quiet=False)
    assert list(task.commands_in(place)) == [f"jbang {place.folder / 'script.kt'}"]


def test_dotnet_gets_what_runs_scripts_where_it_is_not_installed(place: Workplace) -> None:
    lines = made("dotnet.Script", script="text").preparation(place)
    assert lines[-1] == "command -v dotnet-script > /dev/null || dotnet tool install --global dotnet-script"


def test_powershell_stops_at_errors_in_its_own_way() -> None:
    task = made("powershell.Script", script="text", targetOS="WINDOWS")
    assert task.strict() == "$ErrorActionPreference = 'Stop'"
    assert task.interpreter == ("pwsh", "-NoProfile", "-NonInteractive", "-Command")
