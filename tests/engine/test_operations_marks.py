"""What operators say of an end: of a task run, after which the flow goes on, and of a whole execution."""

from __future__ import annotations

import os
import select
from pathlib import Path

import pytest

from gitops.engine.dispatch import ExecutionWatcher
from gitops.errors import Conflict, UnknownTaskRun
from gitops.execution.state import State
from tests.engine.operating import ASKS, FAILS, SLEEPS, begun, done, run_of, running
from tests.engine.workshop import Workshop, open_workshop, states

BESIDE_A_SCRIPT = """
    id: beside
    namespace: company.team
    tasks:
      - id: both
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - {id: hold, type: io.kestra.plugin.core.flow.Pause}
          - id: script
            type: io.kestra.plugin.scripts.shell.Commands
            taskRunner: {type: io.kestra.plugin.core.runner.Process}
            commands: ["exec sleep 1000 > PIPE"]
"""
BESIDE_A_CALL = """
    id: beside
    namespace: company.team
    tasks:
      - id: both
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - {id: hold, type: io.kestra.plugin.core.flow.Pause}
          - {id: call, type: io.kestra.plugin.core.flow.Subflow, namespace: company.team, flowId: sleeps}
          - {id: other, type: io.kestra.plugin.core.flow.Subflow, namespace: company.team, flowId: sleeps}
"""
_CALLS = ("call", "other")
LISTENS = """
    id: listens
    namespace: company.team
    triggers:
      - id: after
        type: io.kestra.plugin.core.trigger.Flow
        states: [SUCCESS]
        preconditions:
          id: of
          flows: [{namespace: company.team, flowId: fails}]
    tasks:
      - {id: hear, type: io.kestra.plugin.core.log.Log, message: heard}
"""
CALLS = """
    id: calls
    namespace: company.team
    tasks:
      - {id: call, type: io.kestra.plugin.core.flow.Subflow, namespace: company.team, flowId: fails}
"""


def test_a_mark_lets_the_flow_go_on(workshop: Workshop) -> None:
    failed = workshop.run(FAILS)
    workshop.engine.operations.mark(failed.id, run_of(failed, "check").id, State.SUCCESS)
    again = done(workshop, failed)
    assert (again.state, states(again)) == (State.SUCCESS, dict.fromkeys(["first", "check", "last"], State.SUCCESS))


def test_a_mark_of_a_paused_task_run_resumes_it(workshop: Workshop) -> None:
    execution = begun(workshop, ASKS.replace("type: STRING", "type: STRING\n            defaults: none"))
    workshop.engine.operations.mark(execution.id, run_of(execution, "ask").id, State.RUNNING)
    assert done(workshop, execution).state is State.SUCCESS


def test_a_mark_of_what_runs_beside_a_pause_stops_its_worker(workshop: Workshop, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    execution = running(workshop, BESIDE_A_SCRIPT.replace("PIPE", str(tmp_path / "pipe")), "script")
    with (tmp_path / "pipe").open() as pipe:
        workshop.engine.operations.mark(execution.id, run_of(execution, "script").id, State.WARNING)
        ended, _, _ = select.select([pipe], [], [], 20)
        assert ended, "the pipe ends with the script that holds it"
    workshop.engine.operations.resume(execution.id)
    after = done(workshop, execution)
    assert (after.state, states(after)["script"]) == (State.WARNING, State.WARNING)


def test_a_mark_of_a_call_beside_a_pause_kills_what_it_called(workshop: Workshop) -> None:
    workshop.add(SLEEPS)
    execution = running(workshop, BESIDE_A_CALL, "call")
    called, other = (workshop.load(str((run_of(execution, id_).outputs or {})["executionId"])) for id_ in _CALLS)
    workshop.engine.operations.mark(execution.id, run_of(execution, "call").id, State.SUCCESS)
    assert done(workshop, called).state is State.KILLED
    assert not workshop.load(other.id).done
    workshop.engine.operations.kill(other.id)
    workshop.engine.operations.resume(execution.id)
    ended = done(workshop, execution)
    assert (states(ended)["call"], states(ended)["other"]) == (State.SUCCESS, State.KILLED)


def test_a_mark_is_refused_for_what_runs_and_for_a_state_that_is_no_end(workshop: Workshop) -> None:
    execution = running(workshop)
    id_ = run_of(execution, "sleep").id
    with pytest.raises(Conflict, match="it is RUNNING; a task run can be marked once its execution has ended"):
        workshop.engine.operations.mark(execution.id, id_, State.FAILED)
    with pytest.raises(Conflict, match="expected a state in which a task run has ended, found RUNNING"):
        workshop.engine.operations.mark(execution.id, id_, State.RUNNING)
    with pytest.raises(UnknownTaskRun):
        workshop.engine.operations.mark(execution.id, "nothing", State.FAILED)
    workshop.engine.operations.kill(execution.id)
    done(workshop, execution)


def test_an_ended_execution_may_be_said_to_have_ended_otherwise(workshop: Workshop) -> None:
    failed = workshop.run(FAILS)
    changed = workshop.engine.operations.change_state(failed.id, State.WARNING)
    assert (changed.state, workshop.load(failed.id).state) == (State.WARNING, State.WARNING)
    with pytest.raises(Conflict, match="cannot be changed: it is WARNING"):
        workshop.engine.operations.change_state(failed.id, State.WARNING)
    with pytest.raises(Conflict, match="expected a state in which an execution has ended, found PAUSED"):
        workshop.engine.operations.change_state(failed.id, State.PAUSED)
    paused = begun(workshop, ASKS)
    with pytest.raises(Conflict, match="once it has ended"):
        workshop.engine.operations.change_state(paused.id, State.SUCCESS)


def test_who_watches_hears_of_each_end_once(tmp_path: Path) -> None:
    heard: list[State] = []
    with open_workshop(tmp_path, watcher=ExecutionWatcher(ended=lambda _, ended: heard.append(ended.state))) as shop:
        failed = shop.run(FAILS)
        assert heard == [State.FAILED]
        shop.engine.operations.change_state(failed.id, State.CANCELLED)
        assert heard == [State.FAILED, State.CANCELLED]
        with pytest.raises(Conflict):
            shop.engine.operations.change_state(failed.id, State.CANCELLED)
        shop.engine.operations.mark(failed.id, run_of(failed, "check").id, State.SUCCESS)
        done(shop, failed)
        assert heard == [State.FAILED, State.CANCELLED, State.SUCCESS]


def test_flow_triggers_hear_of_the_other_end_and_callers_do_not(workshop: Workshop) -> None:
    workshop.add(FAILS)
    workshop.add(LISTENS)
    workshop.engine.triggers.refresh()
    called = workshop.run(CALLS)
    failed = workshop.of_flow("fails")[0]
    assert (called.state, failed.state, workshop.of_flow("listens")) == (State.FAILED, State.FAILED, [])
    workshop.engine.operations.change_state(failed.id, State.SUCCESS)
    (heard,) = workshop.of_flow("listens")
    assert heard.trigger is not None
    assert heard.trigger.variables["executionId"] == failed.id
    workshop.engine.operations.change_state(failed.id, State.WARNING)
    assert len(workshop.of_flow("listens")) == 1, "the trigger waits for SUCCESS"
    assert workshop.load(called.id) == called, "it had ended before"
