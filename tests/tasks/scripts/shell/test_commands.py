"""The task type scripts.shell.Commands, and with it what all script tasks do."""

from __future__ import annotations

import threading

import psutil
import pytest

from gitops.errors import TaskFailed
from gitops.language.scalars import Level
from gitops.tasks.scripts.shell.commands import Commands
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.scripts.shell.Commands"


def commands(*lines: str, **more: object) -> Commands:
    return Commands.model_validate({"id": "run", "type": TYPE, "commands": lines, **more})


def test_standard_output_is_info_and_standard_error_is_error(context: RecordingContext) -> None:
    output = commands("echo one", "echo two >&2").run(context)
    assert output.exit_code == 0
    assert sorted(context.logs) == [(Level.ERROR, "two"), (Level.INFO, "one")]


def test_outputs_are_merged_and_their_lines_are_not_logged(context: RecordingContext) -> None:
    output = commands("""echo '::{"outputs":{"a":1,"b":1}}::'""", """echo '::{"outputs":{"b":2}}::'""").run(context)
    assert output.vars == {"a": 1, "b": 2}
    assert context.logs == []


def test_an_unreadable_protocol_line_is_a_warning(context: RecordingContext) -> None:
    commands("echo '::{broken}::'").run(context)
    assert context.logs == [(Level.WARN, "Invalid outputs '::{broken}::'")]


def test_a_non_zero_exit_code_fails_and_keeps_what_there_was(context: RecordingContext) -> None:
    with pytest.raises(TaskFailed, match=r"^Command failed with exit code 3$") as failure:
        commands("""echo '::{"outputs":{"rows":1}}::'""", "exit 3").run(context)
    assert failure.value.outputs == {"exitCode": 3, "vars": {"rows": 1}, "outputFiles": {}}


def test_the_first_failing_command_stops_the_rest_unless_told_otherwise(context: RecordingContext) -> None:
    with pytest.raises(TaskFailed):
        commands("false", "echo after").run(context)
    assert context.logs == []
    commands("false", "echo after", failFast=False).run(context)
    assert context.logs == [(Level.INFO, "after")]


def test_files_go_in_and_out(context: RecordingContext) -> None:
    context.stored["kestra:///given"] = b"given"
    output = commands(
        "cat in/text.txt given.txt > out.txt",
        inputFiles={"in/text.txt": "text ", "given.txt": "kestra:///given"},
        outputFiles=["*.txt"],
    ).run(context)
    assert context.kept["out.txt"] == b"text given"
    assert output.output_files["out.txt"] == "kestra:///out.txt"


def test_a_file_outside_the_folder_is_refused(context: RecordingContext) -> None:
    with pytest.raises(TaskFailed, match=r"expected a path inside the working directory, found `\.\./x`"):
        commands("true", inputFiles={"../x": "text"}).run(context)


def test_the_environment_has_what_the_flow_gives_and_nothing_of_the_service(
    context: RecordingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITOPS_TOKEN", "hidden")
    monkeypatch.setenv("SECRET_KEY", "hidden")
    commands('echo "$NAME/$GITOPS_TOKEN/$SECRET_KEY/"', env={"NAME": "ann"}).run(context)
    assert context.logs == [(Level.INFO, "ann///")]


def test_a_program_that_is_not_there_is_named(context: RecordingContext) -> None:
    with pytest.raises(TaskFailed, match="cannot start `/no/such/shell`"):
        commands("true", interpreter=["/no/such/shell", "-c"]).run(context)


def test_a_kill_ends_the_process_and_everything_it_started(context: RecordingContext) -> None:
    started = threading.Event()
    pids: list[int] = []

    def heard(line: str) -> None:
        pids.append(int(line))
        started.set()

    context.heard = heard
    failures: list[TaskFailed] = []

    def run() -> None:
        try:
            commands("sleep 60 & echo $!; wait").run(context)
        except TaskFailed as failure:
            failures.append(failure)

    thread = threading.Thread(target=run)
    thread.start()
    assert started.wait(10)
    context.kill()
    thread.join(10)
    assert not thread.is_alive()
    assert failures
    assert not runs(pids[0])


def runs(pid: int) -> bool:
    """Whether the process does anything; one that only waits to be reaped does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_line_longer_than_the_limit_is_heard_in_parts(context: RecordingContext) -> None:
    commands("head -c 25000 /dev/zero | tr '\\0' x").run(context)
    assert [len(line) for _, line in context.logs] == [10_240, 10_240, 4_520]
