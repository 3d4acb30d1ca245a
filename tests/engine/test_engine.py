"""The engine over a real store: flows run, fail, retry, time out and are killed as their authors expect."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from gitops.engine.triggers.webhook_call import WebhookCall
from gitops.errors import Conflict, InvalidInputs, NotFound
from gitops.execution.state import State
from gitops.language.scalars import Level
from tests.engine.workshop import Workshop, open_workshop, states

HELLO = """
    id: hello
    namespace: company.team
    labels:
      owner: data
    variables:
      greeting: Hello
    inputs:
      - id: name
        type: STRING
        defaults: world
      - id: times
        type: INT
        defaults: 2
    tasks:
      - id: make
        type: io.kestra.plugin.core.debug.Return
        format: "{{ vars.greeting }} {{ inputs.name | upper }} x{{ inputs.times * 2 }} from {{ globals.company }}"
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ outputs.make.value }}"
    outputs:
      - id: text
        type: STRING
        value: "{{ outputs.make.value }}"
"""


def test_a_flow_runs_with_inputs_variables_outputs_and_labels(workshop: Workshop) -> None:
    ended = workshop.run(HELLO, {"name": "ann"})
    assert (ended.state, states(ended)) == (State.SUCCESS, {"make": State.SUCCESS, "say": State.SUCCESS})
    assert workshop.messages(ended) == ["Hello ANN x4 from acme"]
    assert ended.outputs == {"text": "Hello ANN x4 from acme"}
    assert dict(ended.labels)["owner"] == "data"


def test_what_the_store_holds_is_what_happened(workshop: Workshop) -> None:
    ended = workshop.run(HELLO)
    with workshop.store.database.read() as connection:
        history = [entry.name for entry in workshop.store.executions.history(connection, ended.id)]
    assert history == ["Created", "AttemptSucceeded", "AttemptSucceeded"], "inline attempts are told by their ends"


def test_inputs_that_do_not_fit_are_all_named_and_nothing_is_stored(workshop: Workshop) -> None:
    workshop.add(HELLO)
    with pytest.raises(InvalidInputs) as refusal:
        workshop.engine.create("company.team", "hello", inputs={"times": "many", "other": "ann"})
    assert str(refusal.value) == "Invalid input for `times`, it must be a whole number, but received `many`"
    with workshop.store.database.read() as connection:
        assert workshop.store.executions.unfinished(connection) == []


def test_a_flow_that_is_not_there_is_named(workshop: Workshop) -> None:
    with pytest.raises(NotFound, match=r"there is no flow company\.team\.nothing"):
        workshop.engine.create("company.team", "nothing")


def test_a_disabled_flow_creates_nothing(workshop: Workshop) -> None:
    workshop.add(HELLO + "\n    disabled: true\n")
    with pytest.raises(Conflict, match="is disabled"):
        workshop.engine.create("company.team", "hello")


def test_a_failure_stops_the_flow_runs_its_error_tasks_and_says_why(workshop: Workshop) -> None:
    ended = workshop.run(
        """
        id: fails
        namespace: company.team
        tasks:
          - id: stop
            type: io.kestra.plugin.core.execution.Fail
            errorMessage: no rows
          - id: never
            type: io.kestra.plugin.core.log.Log
            message: unreachable
        errors:
          - id: tell
            type: io.kestra.plugin.core.log.Log
            message: told
        finally:
          - id: tidy
            type: io.kestra.plugin.core.log.Log
            message: tidied
        afterExecution:
          - id: after
            type: io.kestra.plugin.core.log.Log
            message: "ended {{ execution.state }}"
        """
    )
    assert ended.state is State.FAILED
    assert states(ended) == {
        "stop": State.FAILED,
        "tell": State.SUCCESS,
        "tidy": State.SUCCESS,
        "after": State.SUCCESS,
    }
    assert workshop.messages(ended) == ["no rows", "told", "tidied", "ended FAILED"]


def test_an_expression_that_cannot_be_evaluated_fails_its_task_with_the_reason(workshop: Workshop) -> None:
    ended = workshop.run(
        """
        id: typo
        namespace: company.team
        tasks:
          - id: say
            type: io.kestra.plugin.core.log.Log
            message: "{{ inputs.nmae }}"
        """
    )
    assert ended.state is State.FAILED
    (entry,) = workshop.logs(ended)
    assert entry.level is Level.ERROR
    assert "nmae" in entry.message


def test_a_script_runs_and_its_outputs_are_seen_by_the_next_task(workshop: Workshop) -> None:
    ended = workshop.run(
        """
        id: script
        namespace: company.team
        tasks:
          - id: count
            type: io.kestra.plugin.scripts.shell.Script
            script: |
              echo counting in {{ workingDir }}
              echo '::{"outputs":{"rows":42}}::'
              echo kept > file.txt
            outputFiles: ["*.txt"]
          - id: read
            type: io.kestra.plugin.scripts.shell.Commands
            inputFiles:
              in.txt: "{{ outputs.count.outputFiles['file.txt'] }}"
            commands:
              - cat in.txt
          - id: say
            type: io.kestra.plugin.core.log.Log
            message: "{{ outputs.count.vars.rows }} rows, exit {{ outputs.count.exitCode }}"
        """
    )
    assert ended.state is State.SUCCESS, workshop.messages(ended)
    assert workshop.messages(ended)[1:] == ["kept", "42 rows, exit 0"]


def test_the_working_directory_is_removed_after_the_attempt(workshop: Workshop, tmp_path: Path) -> None:
    workshop.run(
        """
        id: leaves
        namespace: company.team
        tasks:
          - id: write
            type: io.kestra.plugin.scripts.shell.Commands
            commands: [echo x > file]
        """
    )
    assert list((tmp_path / "work").iterdir()) == []


def test_a_retry_gives_a_new_attempt_after_its_wait(workshop: Workshop, tmp_path: Path) -> None:
    ended = workshop.run(
        f"""
        id: flaky
        namespace: company.team
        tasks:
          - id: second_time
            type: io.kestra.plugin.scripts.shell.Commands
            commands: ["test -e {tmp_path}/tried || (touch {tmp_path}/tried; exit 1)"]
            retry:
              type: constant
              interval: PT0.05S
              maxAttempts: 3
        """
    )
    (task_run,) = ended.in_order()
    assert ended.state is State.SUCCESS
    assert [attempt.state for attempt in task_run.attempts] == [State.FAILED, State.SUCCESS]


def test_a_task_that_takes_too_long_is_stopped_and_fails(workshop: Workshop) -> None:
    ended = workshop.run(
        """
        id: slow
        namespace: company.team
        tasks:
          - id: sleep
            type: io.kestra.plugin.scripts.shell.Commands
            commands: [sleep 60]
            timeout: PT0.3S
        """
    )
    (task_run,) = ended.in_order()
    assert (ended.state, task_run.message) == (State.FAILED, "Timeout after 00:00:00.300")


def started(workshop: Workshop, execution_id: str) -> None:
    """Wait until the execution's script has written its first line."""
    seen = threading.Event()
    unsubscribe = workshop.engine.news.subscribe(execution_id, seen.set)
    try:
        while not workshop.messages(workshop.load(execution_id)):
            assert seen.wait(20)
            seen.clear()
    finally:
        unsubscribe()


SLEEPER = """
    id: sleeper
    namespace: company.team
    tasks:
      - id: before
        type: io.kestra.plugin.core.debug.Return
        format: done
      - id: group
        type: io.kestra.plugin.core.flow.Sequential
        tasks:
          - id: sleep
            type: io.kestra.plugin.scripts.shell.Commands
            commands: [echo begun, sleep 60]
          - id: never
            type: io.kestra.plugin.core.log.Log
            message: unreachable
"""


def test_a_kill_ends_running_work_and_starts_nothing_more(workshop: Workshop) -> None:
    workshop.add(SLEEPER)
    execution = workshop.engine.create("company.team", "sleeper")
    started(workshop, execution.id)
    workshop.engine.kill(execution.id)
    ended = workshop.engine.wait(execution.id, 20)
    assert ended.state is State.KILLED
    assert states(ended) == {"before": State.SUCCESS, "group": State.KILLED, "sleep": State.KILLED}


def test_an_execution_that_has_ended_cannot_be_killed(workshop: Workshop) -> None:
    ended = workshop.run(HELLO)
    with pytest.raises(Conflict, match="it is SUCCESS; only one that has not ended"):
        workshop.engine.kill(ended.id)


def test_a_secret_never_appears_in_the_log(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_DB_PASSWORD", "aHVudGVyMg==")  # hunter2
    ended = workshop.run(
        """
        id: leaks
        namespace: company.team
        tasks:
          - id: inline
            type: io.kestra.plugin.core.log.Log
            message: "the password is {{ secret('DB_PASSWORD') }}"
          - id: script
            type: io.kestra.plugin.scripts.shell.Commands
            env:
              PASSWORD: "{{ secret('DB_PASSWORD') }}"
            commands: ['echo "again $PASSWORD"']
        """
    )
    assert ended.state is State.SUCCESS, workshop.messages(ended)
    assert workshop.messages(ended) == ["the password is ******", "again ******"]


def test_a_call_of_a_webhook_trigger_hands_its_body_on(workshop: Workshop) -> None:
    workshop.add(
        """
        id: hooked
        namespace: company.team
        tasks:
          - id: say
            type: io.kestra.plugin.core.log.Log
            message: "{{ trigger.body.name }} {{ trigger.parameters.q[0] }}"
        triggers:
          - id: hook
            type: io.kestra.plugin.core.trigger.Webhook
            key: "k-{{ flow.id }}"
        """
    )
    call = WebhookCall(body=b'{"name": "ann"}', parameters={"q": ["x"]})
    execution = workshop.engine.call_webhook("company.team", "hooked", "k-hooked", call=call)
    ended = workshop.engine.wait(execution.id, 20)
    assert workshop.messages(ended) == ["ann x"]
    assert ended.trigger is not None
    assert ended.trigger.id == "hook"
    for key in ("wrong", ""):
        with pytest.raises(NotFound, match="there is no webhook trigger with this key"):
            workshop.engine.call_webhook("company.team", "hooked", key, call=call)


def test_an_execution_keeps_the_revision_that_it_began_with(workshop: Workshop) -> None:
    workshop.add(HELLO)
    assert workshop.run(HELLO.replace("Hello", "Good day")).revision == 2
    old = workshop.engine.create("company.team", "hello", revision=1)
    assert workshop.messages(workshop.engine.wait(old.id, 20)) == ["Hello WORLD x4 from acme"]


def test_a_thousand_lines_are_all_kept_in_their_order(workshop: Workshop) -> None:
    ended = workshop.run(
        """
        id: chatty
        namespace: company.team
        tasks:
          - id: count
            type: io.kestra.plugin.scripts.shell.Commands
            commands: [seq 1000]
        """
    )
    assert workshop.messages(ended) == [str(number) for number in range(1, 1001)]


def test_what_was_running_when_the_service_stopped_is_run_again_and_nothing_else(tmp_path: Path) -> None:
    source = f"""
        id: survivor
        namespace: company.team
        tasks:
          - id: once
            type: io.kestra.plugin.scripts.shell.Commands
            commands: ["echo once >> {tmp_path}/ran"]
          - id: long
            type: io.kestra.plugin.scripts.shell.Commands
            commands: ["echo begun; echo long >> {tmp_path}/ran; test -e {tmp_path}/again || sleep 60"]
    """
    with open_workshop(tmp_path) as workshop:
        workshop.add(source)
        execution = workshop.engine.create("company.team", "survivor")
        started(workshop, execution.id)
    (tmp_path / "again").touch()
    with open_workshop(tmp_path) as workshop:
        ended = workshop.engine.wait(execution.id, 20)
    assert ended.state is State.SUCCESS
    assert (tmp_path / "ran").read_text().split() == ["once", "long", "long"]
    assert [attempt.lost for attempt in ended.in_order()[1].attempts] == [True, False]
