"""What all script tasks have: which properties are read, which are refused, and what is said of old ones."""

from __future__ import annotations

import json

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from gitops.language.unavailable import unavailable
from gitops.lint.linter import SourceFile, lint
from gitops.tasks.scripts.script_task import ScriptTask
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

SHELL = "io.kestra.plugin.scripts.shell.Commands"
PROCESS = {"type": "io.kestra.plugin.core.runner.Process"}
DOCKER = {"type": "io.kestra.plugin.scripts.runner.docker.Docker"}


def read(**properties: object) -> ScriptTask:
    task = read_task(SHELL, commands=["true"], **properties)
    assert isinstance(task, ScriptTask)
    return task


def test_defaults() -> None:
    task = read()
    assert (task.task_runner.type, task.container_image) == (PROCESS["type"], "ubuntu")
    assert (task.interpreter, task.fail_fast, task.target_os) == (("/bin/sh", "-c"), True, "AUTO")
    assert (task.input_files, task.output_files, task.before_commands, task.env) == (None, (), (), None)
    assert list(unavailable(task)) == []


@pytest.mark.parametrize(
    "properties",
    [
        {"env": {"A": "1", "B": 2, "C": True}},
        {"env": "{{ inputs.env }}"},
        {"inputFiles": {"a.txt": "text", "b.txt": None, "c.txt": "kestra:///c", "d": 1}},
        {"inputFiles": '{"a.txt": "{{ inputs.text }}"}'},
        {"outputFiles": ["*.txt", "glob:*.csv", "regex:.*"]},
        {"beforeCommands": ["a", 1], "commands": "{{ inputs.commands }}"},
        {"interpreter": ["/bin/bash", "-c"], "failFast": "{{ inputs.strict }}"},
        {"targetOS": "WINDOWS"},
        {"targetOS": "{{ inputs.system }}"},
        {"taskRunner": {"type": "io.kestra.plugin.ee.kubernetes.runner.Kubernetes", "pullPolicy": "Always"}},
        {"namespaceFiles": {"enabled": True, "include": ["*.py"], "ifExists": "FAIL"}},
        {
            "docker": {"image": "ubuntu", "dockerHost": "tcp://engine", "dockerConfig": {"auths": {}}},
            "runner": "DOCKER",
        },
    ],
    ids=str,
)
def test_accepted(properties: dict[str, object]) -> None:
    task = read_task(SHELL, **{"commands": ["true"], **properties})
    assert set(properties) <= {type(task).model_fields[name].alias for name in task.model_fields_set}


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({}, "commands: Field required"),
        ({"commands": "echo"}, "commands: Input should be a valid tuple"),
        ({"interpreter": []}, "interpreter: Tuple should have at least 1 item"),
        ({"targetOs": "LINUX"}, "targetOs: Extra inputs are not permitted"),
        ({"targetOS": "BSD"}, "targetOS: Input should be 'LINUX', 'WINDOWS' or 'AUTO'"),
        ({"runner": "KUBERNETES"}, "runner: Input should be 'PROCESS' or 'DOCKER'"),
        ({"docker": {"user": "root"}}, "docker.image: Field required"),
        ({"taskRunner": {**PROCESS, "host": "x"}}, "taskRunner.host: Extra inputs are not permitted"),
        ({"failFast": "yes"}, "failFast: Value error, expected true or false"),
        ({"script": "echo"}, "script: Extra inputs are not permitted"),
    ],
    ids=str,
)
def test_refused(properties: dict[str, object], words: str) -> None:
    given = {"commands": ["true"], **properties} if properties else {}
    assert refusal(SHELL, **given).startswith(words)


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"runner": "PROCESS"}, []),
        ({"runner": "DOCKER"}, ["`runner: DOCKER`"]),
        ({"taskRunner": DOCKER}, [f"the type `{DOCKER['type']}`"]),
        ({"outputDirectory": True}, ["the property `outputDirectory`"]),
        ({"outputDirectory": False, "warningOnStdErr": False}, []),
    ],
    ids=str,
)
def test_what_this_version_does_not_do_is_told(properties: dict[str, object], words: list[str]) -> None:
    assert [each.words for each in unavailable(read(**properties))] == words


def test_old_properties_are_deprecated() -> None:
    old = {"runner": "PROCESS", "docker": {"image": "ubuntu"}, "outputDirectory": False, "warningOnStdErr": False}
    task = {"id": "t", "type": SHELL, "commands": ["true"], "description": "d", **old}
    source = json.dumps({"id": "flow", "namespace": "company.team", "description": "d", "tasks": [task]})
    report = lint([SourceFile("flow.yml", source.encode(), named=True)], schema=flow_schema(catalogue()))
    told = [finding.message for finding in report.findings if finding.rule == "deprecated-property"]
    assert [name for name in old if any(f"`{name}`" in message for message in told)] == list(old)


def test_the_old_way_to_say_that_a_process_runs_it_wins(context: RecordingContext) -> None:
    task = read(runner="PROCESS", taskRunner=DOCKER)
    assert task.run(context).exit_code == 0


@pytest.mark.parametrize(
    ("properties", "script"),
    [
        ({}, b"set -e\nbefore\ntrue"),
        ({"failFast": False}, b"before\ntrue"),
        ({"targetOS": "LINUX"}, b"set -e\nbefore\ntrue"),
        ({"targetOS": "WINDOWS"}, b"\r\nbefore\r\ntrue"),
    ],
    ids=str,
)
def test_the_interpreter_gets_all_commands_at_once(
    context: RecordingContext, properties: dict[str, object], script: bytes
) -> None:
    printing = ["/bin/sh", "-c", 'printf "%s" "$1" > script', "sh"]
    read(beforeCommands=["before"], interpreter=printing, **properties).run(context)
    assert (context.folder / "script").read_bytes() == script


def test_the_folder_is_told_and_env_wins(context: RecordingContext) -> None:
    read_task(SHELL, commands=['echo "$WORKING_DIR"']).run(context)  # type: ignore[attr-defined]  # a script task
    read_task(SHELL, commands=['echo "$WORKING_DIR"'], env={"WORKING_DIR": "here"}).run(context)  # type: ignore[attr-defined]  # same
    assert [message for _, message in context.logs] == [str(context.folder), "here"]


def test_outputs_in_a_long_line_are_read_and_other_long_lines_are_logged_in_parts(context: RecordingContext) -> None:
    script = "print('::' + '{\"outputs\": {\"text\": \"' + 'x' * 100_000 + '\"}}' + '::'); print('y' * 25_000)"
    task = read_task("io.kestra.plugin.scripts.python.Script", script=script)
    assert isinstance(task, ScriptTask)
    assert len(task.run(context).vars["text"]) == 100_000
    assert [len(message) for _, message in context.logs] == [10_240, 10_240, 4_520]


def test_a_protocol_line_that_makes_no_sense_does_not_stop_the_script(context: RecordingContext) -> None:
    read_task(SHELL, commands=["echo '::{\"logs\":[3]}::'", "echo after"]).run(context)  # type: ignore[attr-defined]  # a script task
    assert [message for _, message in context.logs] == ["Invalid outputs '::{\"logs\":[3]}::'", "after"]


def test_metrics_are_measured_timers_in_seconds(context: RecordingContext) -> None:
    line = {
        "metrics": [
            {"type": "counter", "name": "rows", "value": 3, "tags": {"table": "orders"}},
            {"type": "timer", "name": "load", "value": "PT1M0.5S"},
            {"type": "timer", "name": "read", "value": 1.5},
            {"type": "gauge", "name": "free", "value": -1},
        ]
    }
    read_task(SHELL, commands=[f"echo '::{json.dumps(line)}::'"]).run(context)  # type: ignore[attr-defined]  # a script task
    assert context.measured == [
        ("counter", "rows", 3, {"table": "orders"}),
        ("timer", "load", 60.5, {}),
        ("timer", "read", 1.5, {}),
        ("gauge", "free", -1, {}),
    ]
    assert context.logs == []
