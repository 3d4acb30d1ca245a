"""Triggers that look at something outside: answers of a server, ends of scripts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gitops.errors import StoreUnavailable
from gitops.execution.state import Execution, State
from tests.engine.triggers.trigger_bench import MONDAY, NAMESPACE, TASKS, Bench, hours, open_bench

KEY = (NAMESPACE, "watch", "t")
INTERVAL = hours(0.25)


class Answers:
    """What the server says, and what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.body = "ten"
        self.asked: list[str] = []
        self.hold: threading.Event | None = None
        self.reached = threading.Event()


@contextmanager
def answering(answers: Answers) -> Iterator[str]:
    """A server on a free port; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked.append(self.headers.get("X-Team", ""))
            answers.reached.set()
            if answers.hold is not None:
                assert answers.hold.wait(20)
            with suppress(OSError):  # whoever asked may be gone
                self.send_response(answers.status)
                self.end_headers()
                self.wfile.write(answers.body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/price"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def address(answers: Answers) -> Iterator[str]:
    with answering(answers) as address:
        yield address


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with open_bench(tmp_path, monkeypatch) as bench:
        yield bench


def watch(address: str, *lines: str) -> str:
    """A flow with a trigger that asks a server."""
    return f"""
id: watch
namespace: {NAMESPACE}
variables:
  team: data
{TASKS}
triggers:
  - id: t
    type: io.kestra.plugin.core.http.Trigger
    uri: {address}
    interval: PT15M
    headers:
      X-Team: "{{{{ vars.team }}}}"
""" + "".join(f"    {line}\n" for line in lines)


def script(*lines: str) -> str:
    """A flow with a trigger that runs a script."""
    return f"""
id: watch
namespace: {NAMESPACE}
{TASKS}
triggers:
  - id: t
    type: io.kestra.plugin.scripts.shell.ScriptTrigger
    interval: PT15M
    allowConcurrent: true
""" + "".join(f"    {line}\n" for line in lines)


def evaluate(bench: Bench) -> list[Execution]:
    """What happens when the date of the trigger has come, and all of its executions so far."""
    bench.attend("watch")
    bench.finish_evaluations()
    return bench.executions("watch")


def test_a_new_trigger_is_evaluated_at_once_and_then_in_its_interval(bench: Bench, address: str) -> None:
    bench.deploy(watch(address))
    assert bench.planned("watch") == MONDAY
    (made,) = evaluate(bench)
    assert made.trigger is not None
    assert {"code": 200, "body": "ten", "uri": address}.items() <= made.trigger.variables.items()
    assert bench.planned("watch") == MONDAY + INTERVAL


def test_what_the_store_refuses_is_evaluated_again_but_not_at_once(
    bench: Bench, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.deploy(watch(address))
    with monkeypatch.context() as full:
        full.setattr(bench.store.journal.__class__, "submit", refuse)
        bench.attend("watch")
        bench.finish_evaluations()
    assert bench.executions("watch") == []
    assert bench.triggers._scheduler._agenda.dates()[KEY] == MONDAY + timedelta(seconds=30)


def refuse(*_: object, **__: object) -> None:
    raise StoreUnavailable("the disk is full")


def test_expressions_are_rendered_and_the_condition_sees_the_answer(
    bench: Bench, address: str, answers: Answers
) -> None:
    bench.deploy(watch(address, "responseCondition: \"{{ response.statusCode == 200 and response.body == 'nine' }}\""))
    assert evaluate(bench) == []
    assert answers.asked == ["data"]
    assert bench.planned("watch") == MONDAY + INTERVAL
    answers.body, bench.now = "nine", MONDAY + INTERVAL
    assert len(evaluate(bench)) == 1


def test_a_failed_answer_is_an_answer(bench: Bench, address: str, answers: Answers) -> None:
    answers.status = 503
    bench.deploy(watch(address, "failOnTriggerError: true"))
    assert evaluate(bench) == []
    bench.deploy(watch(address, 'responseCondition: "{{ response.statusCode >= 500 }}"'))
    assert len(evaluate(bench)) == 1


def test_conditions_and_when_must_hold_too(bench: Bench, address: str) -> None:
    bench.deploy(watch(address, "when: \"{{ trigger.body == 'nine' }}\""))
    assert evaluate(bench) == []


@pytest.mark.parametrize(("line", "states"), [("", []), ("failOnTriggerError: true", [State.FAILED])])
def test_an_evaluation_that_fails_is_logged_and_comes_again(bench: Bench, line: str, states: list[State]) -> None:
    bench.deploy(watch("http://127.0.0.1:9/", *([line] if line else [])))
    assert [each.state for each in evaluate(bench)] == states
    assert bench.planned("watch") == MONDAY + INTERVAL


def test_a_trigger_that_stops_after_success_is_evaluated_no_more(bench: Bench, address: str, answers: Answers) -> None:
    bench.deploy(watch(address, "stopAfter: [SUCCESS]"))
    (made,) = evaluate(bench)
    bench.end(made, State.RUNNING, State.SUCCESS)
    bench.now = MONDAY + INTERVAL
    assert len(evaluate(bench)) == 1
    assert len(answers.asked) == 1


def test_nothing_is_evaluated_while_the_last_execution_runs(bench: Bench, address: str, answers: Answers) -> None:
    bench.deploy(watch(address))
    (made,) = evaluate(bench)
    bench.now = MONDAY + INTERVAL
    assert len(evaluate(bench)) == 1
    assert len(answers.asked) == 1
    bench.end(made, State.RUNNING, State.SUCCESS)
    assert len(evaluate(bench)) == 2


def test_one_evaluation_of_a_trigger_at_a_time(bench: Bench, address: str, answers: Answers) -> None:
    answers.hold = threading.Event()
    bench.deploy(watch(address))
    bench.attend("watch")
    assert answers.reached.wait(20)
    bench.attend("watch")
    answers.hold.set()
    bench.finish_evaluations()
    assert len(answers.asked) == 1


def test_a_stop_ends_an_evaluation_that_waits_for_an_answer(bench: Bench, address: str, answers: Answers) -> None:
    answers.hold = threading.Event()
    bench.deploy(watch(address))
    bench.attend("watch")
    assert answers.reached.wait(20)
    bench.triggers._scheduler._polling.stop()
    answers.hold.set()
    assert bench.executions("watch") == []
    assert bench.state("watch").next_at == MONDAY


def test_a_restart_evaluates_at_once(bench: Bench, address: str, answers: Answers) -> None:
    bench.deploy(watch(address))
    evaluate(bench)
    bench.triggers.operations.restart(KEY)
    assert bench.planned("watch") == bench.now
    assert len(evaluate(bench)) == 2


@pytest.mark.parametrize(
    ("condition", "text", "fires"),
    [
        ("exit 3", "exit 3", True),
        ("exit 0", "exit 3", False),
        ("exit 0", "echo fine", True),
        ("ready", 'echo \'::{"outputs":{"state":"ready"}}::\'', True),
        ('"rows": [1-9]', 'echo \'::{"outputs":{"rows":42}}::\'', True),
        ("ready", "echo ready", False),
        ("(", 'echo \'::{"outputs":{"a":"("}}::\'', True),
    ],
)
def test_the_end_of_a_script_decides(bench: Bench, condition: str, text: str, *, fires: bool) -> None:
    bench.deploy(script(f"exitCondition: '{condition}'", "script: |", f"  {text}"))
    assert bool(evaluate(bench)) is fires


def test_an_end_hands_on_its_code_and_outputs(bench: Bench) -> None:
    bench.deploy(script("exitCondition: exit 3", "script: |", '  echo \'::{"outputs":{"rows":42}}::\'; exit 3'))
    (made,) = evaluate(bench)
    assert made.trigger is not None
    told = dict(made.trigger.variables)
    assert str(told.pop("timestamp")).startswith("2026-11-23T08:30")
    assert told == {"condition": "exit 3", "exitCode": 3, "vars": {"rows": 42}}


@pytest.mark.parametrize(("edge", "expected"), [("true", [1, 1, 1, 2]), ("false", [1, 2, 2, 3])])
def test_with_edge_only_a_change_fires(bench: Bench, tmp_path: Path, edge: str, expected: list[int]) -> None:
    mark = tmp_path / "mark"
    bench.deploy(script("exitCondition: exit 0", f"edge: {edge}", f"script: test -e {mark}"))
    found = []
    for there in (True, True, False, True):
        mark.touch() if there else mark.unlink()
        found.append(len(evaluate(bench)))
        bench.now += INTERVAL
    assert found == expected


def test_what_an_evaluation_needed_is_removed(bench: Bench, tmp_path: Path) -> None:
    bench.deploy(script("exitCondition: exit 0", "script: touch file"))
    evaluate(bench)
    assert list((tmp_path / "work").iterdir()) == []
