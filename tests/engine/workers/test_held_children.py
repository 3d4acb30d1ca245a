"""The children of a WorkingDirectory over the real engine: one folder, one worker, and everything that can go wrong."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from gitops.execution.state import Execution, State, TaskRun
from tests.engine.workshop import Workshop, open_workshop, states

SHELL = "io.kestra.plugin.scripts.shell.Commands"


def flow(tasks: str, *, properties: str = "", rest: str = "") -> str:
    return f"""
id: held
namespace: company.team
tasks:
  - id: folder
    type: io.kestra.plugin.core.flow.WorkingDirectory
{properties}
    tasks:
{tasks}
{rest}
"""


def shell(task_id: str, *commands: str, more: str = "") -> str:
    lines = "\n".join(f"          - {command!r}" for command in commands)
    return f"      - id: {task_id}\n        type: {SHELL}\n{more}        commands:\n{lines}\n"


def run_of(execution: Execution, task_id: str) -> TaskRun:
    return next(run for run in execution.in_order() if run.task_id == task_id)


def until_said(workshop: Workshop, execution: Execution, word: str) -> None:
    """Wait until the execution has written a line."""
    changed = threading.Event()
    unsubscribe = workshop.engine.news.subscribe(execution.id, changed.set)
    try:
        while word not in workshop.messages(execution):
            assert changed.wait(20)
            changed.clear()
    finally:
        unsubscribe()


def test_each_child_finds_the_files_of_those_before_it(workshop: Workshop) -> None:
    ended = workshop.run(
        flow(
            shell("first", "cat in.txt > out.txt")
            + shell("second", "cat out.txt", "echo two >> out.txt")
            + '      - {id: third, type: io.kestra.plugin.core.debug.Return, format: "{{ workerTaskrun.id }}"}\n',
            properties='    inputFiles: {in.txt: "one\\n"}\n    outputFiles: [out.txt]',
            rest="  - {id: show, type: io.kestra.plugin.core.log.Log, "
            "message: \"{{ read(outputs.folder.outputFiles['out.txt']) }}\"}",
        )
    )
    assert ended.state is State.SUCCESS, workshop.messages(ended)
    assert workshop.messages(ended) == ["one", "one\ntwo\n"]
    assert states(ended) == dict.fromkeys(["folder", "first", "second", "third", "show"], State.SUCCESS)
    assert run_of(ended, "third").outputs == {"value": run_of(ended, "folder").id}
    assert {run_of(ended, name).parent_id for name in ("first", "second")} == {run_of(ended, "folder").id}


def test_the_folder_is_gone_afterwards(workshop: Workshop, tmp_path: Path) -> None:
    workshop.run(flow(shell("first", "echo hello > file")))
    assert list((tmp_path / "work").iterdir()) == []


def test_a_child_that_fails_stops_those_after_it(workshop: Workshop) -> None:
    ended = workshop.run(
        flow(
            shell("first", "exit 3") + shell("second", "echo never"),
            rest="    errors:\n      - {id: sorry, type: io.kestra.plugin.core.log.Log, message: sorry}\n",
        )
    )
    assert states(ended) == {"folder": State.FAILED, "first": State.FAILED, "sorry": State.SUCCESS}
    assert run_of(ended, "folder").message == "the task `first` has not succeeded"


def test_an_allowed_failure_lets_the_next_one_run(workshop: Workshop) -> None:
    first = shell("first", "exit 3", more="        allowFailure: true\n")
    ended = workshop.run(flow(first + shell("second", "echo hello")))
    assert states(ended) == {"folder": State.WARNING, "first": State.WARNING, "second": State.SUCCESS}


def test_a_child_is_tried_again_in_the_same_folder(workshop: Workshop) -> None:
    retry = "        retry: {type: constant, interval: PT0.01S, maxAttempts: 3}\n"
    ended = workshop.run(flow(shell("first", "echo x >> tries; test $(wc -l < tries) -eq 3", more=retry)))
    assert ended.state is State.SUCCESS, workshop.messages(ended)
    assert len(run_of(ended, "first").attempts) == 3
    assert len(run_of(ended, "folder").attempts) == 1


def test_a_retry_that_is_used_up_fails_the_folder(workshop: Workshop) -> None:
    retry = "        retry: {type: constant, interval: PT0.01S, maxAttempts: 2}\n"
    ended = workshop.run(flow(shell("first", "exit 1", more=retry)))
    assert (states(ended), len(run_of(ended, "first").attempts)) == ({"folder": State.FAILED, "first": State.FAILED}, 2)


def test_a_child_that_is_not_wanted_is_skipped(workshop: Workshop) -> None:
    first = shell("first", "exit 1", more="        runIf: '{{ false }}'\n")
    unused = shell("unused", "exit 1", more="        disabled: true\n")
    ended = workshop.run(flow(first + unused + shell("second", "echo hello")))
    assert states(ended) == {"folder": State.SUCCESS, "first": State.SKIPPED, "second": State.SUCCESS}


def test_children_see_the_value_of_the_loop_around_the_folder(workshop: Workshop) -> None:
    ended = workshop.run(
        """
        id: held
        namespace: company.team
        tasks:
          - id: each
            type: io.kestra.plugin.core.flow.ForEach
            values: ["x", "y"]
            tasks:
              - id: folder
                type: io.kestra.plugin.core.flow.WorkingDirectory
                tasks:
                  - id: write
                    type: io.kestra.plugin.core.debug.Return
                    format: "<{{ taskrun.value }}>"
                  - id: read
                    type: io.kestra.plugin.core.log.Log
                    message: "{{ outputs.write[taskrun.value].value }}"
        """
    )
    assert (ended.state, workshop.messages(ended)) == (State.SUCCESS, ["<x>", "<y>"])


def test_a_kill_stops_the_child_and_then_the_folder(workshop: Workshop) -> None:
    revision = workshop.add(flow(shell("first", "echo begun", "sleep 60") + shell("second", "echo never")))
    execution = workshop.engine.create(revision.namespace, revision.flow_id)
    until_said(workshop, execution, "begun")
    workshop.engine.operations.kill(execution.id)
    ended = workshop.engine.wait(execution.id, 20)
    assert (ended.state, states(ended)) == (State.KILLED, {"folder": State.KILLED, "first": State.KILLED})


def test_a_kill_while_a_child_waits_for_its_next_attempt(workshop: Workshop) -> None:
    retry = "        retry: {type: constant, interval: PT1H}\n"
    revision = workshop.add(flow(shell("first", "exit 1", more=retry)))
    execution = workshop.engine.create(revision.namespace, revision.flow_id)
    workshop.until(execution.id, State.RETRYING)
    workshop.engine.operations.kill(execution.id)
    ended = workshop.engine.wait(execution.id, 20)
    assert (ended.state, states(ended)) == (State.KILLED, {"folder": State.KILLED, "first": State.KILLED})


def test_a_timeout_of_the_folder_stops_its_child(workshop: Workshop) -> None:
    ended = workshop.run(flow(shell("first", "sleep 60"), properties="    timeout: PT0.3S"))
    assert ended.state is State.FAILED
    assert (run_of(ended, "folder").state, run_of(ended, "folder").message) == (
        State.FAILED,
        "Timeout after 00:00:00.300",
    )
    assert run_of(ended, "first").state.ended


def test_a_timeout_of_a_child_is_a_failure_of_it(workshop: Workshop) -> None:
    ended = workshop.run(flow(shell("first", "sleep 60", more="        timeout: PT0.3S\n")))
    assert states(ended) == {"folder": State.FAILED, "first": State.FAILED}


def test_an_exit_inside_ends_the_execution(workshop: Workshop) -> None:
    ended = workshop.run(
        flow(
            "      - {id: leave, type: io.kestra.plugin.core.execution.Exit, state: WARNING}\n"
            + shell("never", "echo never"),
            rest="  - {id: next, type: io.kestra.plugin.core.log.Log, message: next}\n",
        )
    )
    assert (ended.state, states(ended)) == (State.WARNING, {"folder": State.WARNING, "leave": State.WARNING})
    assert ended.done


def test_a_restart_runs_all_children_again_in_a_new_folder(workshop: Workshop) -> None:
    failed = workshop.run(flow(shell("first", "echo x >> file") + shell("second", "test $(wc -l < file) -eq 2")))
    assert failed.state is State.FAILED
    workshop.engine.operations.restart(failed.id)
    again = workshop.engine.wait(failed.id, 20)
    assert (again.state, len(run_of(again, "folder").attempts)) == (State.FAILED, 2)
    assert [len(run_of(again, name).attempts) for name in ("first", "second")] == [1, 1]


def test_what_a_lost_worker_had_begun_is_run_again(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    source = flow(shell("first", "echo begun", f"test -e {marker} || sleep 60") + shell("second", "echo second"))
    with open_workshop(tmp_path) as workshop:
        revision = workshop.add(source)
        execution = workshop.engine.create(revision.namespace, revision.flow_id)
        until_said(workshop, execution, "begun")
    marker.touch()
    with open_workshop(tmp_path) as workshop:
        ended = workshop.engine.wait(execution.id, 20)
        assert (ended.state, states(ended)) == (
            State.SUCCESS,
            {"folder": State.SUCCESS, "first": State.SUCCESS, "second": State.SUCCESS},
        )
        assert [attempt.lost for attempt in run_of(ended, "folder").attempts] == [True, False]


@pytest.mark.parametrize("ttl", ["", ", ttl: PT1H"])
def test_files_are_kept_for_the_next_execution(workshop: Workshop, ttl: str) -> None:
    source = flow(
        shell("first", "cat kept.txt 2> /dev/null || echo nothing", "echo old > kept.txt"),
        properties=f"    cache: {{patterns: ['kept.txt']{ttl}}}",
    )
    assert workshop.messages(workshop.run(source)) == ["nothing"]
    assert workshop.messages(workshop.run(source)) == ["old"]


def test_a_cache_that_is_too_old_is_not_used(workshop: Workshop) -> None:
    source = flow(
        shell("first", "cat kept.txt 2> /dev/null || echo nothing", "echo old > kept.txt"),
        properties="    cache: {patterns: ['*'], ttl: PT0S}",
    )
    workshop.run(source)
    assert workshop.messages(workshop.run(source)) == ["nothing"]
