"""What a turn of one execution means for others, over the real engine: calls, their ends, kills, restarts, repeats."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from gitops.engine import clock
from gitops.execution.state import Execution, State, TaskRun
from tests.engine.workshop import Workshop, states

NAMESPACE = "company.team"
CALLED = """
    id: called
    namespace: company.team
    labels:
      own: of the flow
    inputs:
      - id: number
        type: INT
        defaults: 1
    tasks:
      - id: check
        type: io.kestra.plugin.core.execution.Fail
        condition: "{{ inputs.number > 10 }}"
        errorMessage: too large
      - id: double
        type: io.kestra.plugin.core.debug.Return
        format: "{{ inputs.number * 2 }} {{ trigger.flowId }}"
    outputs:
      - id: doubled
        type: STRING
        value: "{{ outputs.double.value }}"
"""
ASKS = """
    id: called
    namespace: company.team
    inputs:
      - id: number
        type: INT
        defaults: 1
    tasks:
      - id: ask
        type: io.kestra.plugin.core.flow.Pause
      - id: double
        type: io.kestra.plugin.core.debug.Return
        format: "{{ inputs.number * 2 }}"
"""


def caller(properties: str = "", *, after: str = "", top: str = "") -> str:
    return f"""
id: caller
namespace: {NAMESPACE}
inputs:
  - id: number
    type: INT
    defaults: 1
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: {NAMESPACE}
    flowId: called
    inputs:
      number: "{{{{ inputs.number }}}}"
{properties}
{after}
{top}
"""


def run_of(execution: Execution, task_id: str) -> TaskRun:
    return next(run for run in execution.in_order() if run.task_id == task_id)


def child_of(workshop: Workshop, execution: Execution) -> Execution:
    """The execution that the task `call` called for last."""
    return workshop.load(str((run_of(workshop.load(execution.id), "call").outputs or {})["executionId"]))


def waiting(workshop: Workshop, source: str) -> tuple[Execution, Execution]:
    """An execution that waits for one that is paused, and that one."""
    revision = workshop.add(source)
    execution = workshop.engine.create(revision.namespace, revision.flow_id)
    child = child_of(workshop, execution)
    return execution, workshop.until(child.id, State.PAUSED)


# Calls


def test_outputs_come_back_typed_and_the_call_is_known_to_both(workshop: Workshop) -> None:
    workshop.add(CALLED)
    ended = workshop.run(
        caller(
            "    labels: {{team: data}}\n    inheritLabels: true".replace("{{", "{").replace("}}", "}"),
            after='  - {id: show, type: io.kestra.plugin.core.log.Log, message: "{{ outputs.call.outputs.doubled }}"}',
        ),
        {"number": 4},
    )
    assert (ended.state, workshop.messages(ended)) == (State.SUCCESS, ["8 caller"])
    child = child_of(workshop, ended)
    run = run_of(ended, "call")
    assert run.outputs == {"executionId": child.id, "state": "SUCCESS", "outputs": {"doubled": "8 caller"}}
    assert child.trigger is not None
    assert (child.trigger.id, child.trigger.type) == ("call", "io.kestra.plugin.core.flow.Subflow")
    known = {name: child.trigger.variables[name] for name in ("executionId", "namespace", "flowId", "flowRevision")}
    assert known == {"executionId": ended.id, "namespace": NAMESPACE, "flowId": "caller", "flowRevision": 1}
    labels = dict(child.labels)
    assert (labels["own"], labels["team"]) == ("of the flow", "data")
    assert labels["system.correlationId"] == ended.id


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ("    flowId: nothing", "there is no flow company.team.nothing"),
        ("    revision: 9", "revision 9"),
        ("    inputs: {number: many}", "it must be a whole number"),
    ],
)
def test_a_call_that_cannot_be_made_fails_its_task(workshop: Workshop, extra: str, reason: str) -> None:
    workshop.add(CALLED)
    name = extra.strip().partition(":")[0]
    kept = [
        line
        for line in caller().splitlines()
        if not line.startswith(f"    {name}:") and not (name == "inputs" and line.startswith("      number:"))
    ]
    source = "\n".join(kept)
    ended = workshop.run(f"{source}\n{extra}\n" if name != "inputs" else source.rstrip() + f"\n{extra}\n")
    assert states(ended) == {"call": State.FAILED}
    assert reason in (run_of(ended, "call").message or "")
    assert any(reason in line for line in workshop.messages(ended))


def test_a_disabled_flow_cannot_be_called(workshop: Workshop) -> None:
    workshop.add(CALLED + "    disabled: true\n")
    ended = workshop.run(caller())
    assert "is disabled" in (run_of(ended, "call").message or "")


def test_a_failure_comes_back_and_runs_the_errors(workshop: Workshop) -> None:
    workshop.add(CALLED)
    ended = workshop.run(
        caller(top="errors:\n  - {id: sorry, type: io.kestra.plugin.core.log.Log, message: sorry}"), {"number": 11}
    )
    assert states(ended) == {"call": State.FAILED, "sorry": State.SUCCESS}
    assert (run_of(ended, "call").outputs or {})["state"] == "FAILED"


def test_without_wait_the_caller_does_not_wait(workshop: Workshop) -> None:
    workshop.add(ASKS)
    ended = workshop.run(caller("    wait: false"))
    assert (ended.state, child_of(workshop, ended).state) == (State.SUCCESS, State.PAUSED)
    assert child_of(workshop, ended).caller is None
    assert (run_of(ended, "call").outputs or {})["state"] == "CREATED"


def test_outputs_that_the_task_wants_are_read_in_the_called_execution(workshop: Workshop) -> None:
    workshop.add(CALLED[: CALLED.index("    outputs:")])
    ended = workshop.run(caller('    outputs: {x: "{{ outputs.double.value }}"}'))
    assert (run_of(ended, "call").outputs or {})["outputs"] == {"x": "2 caller"}
    ended = workshop.run(caller('    outputs: {x: "{{ outputs.nothing.value }}"}'))
    assert (run_of(ended, "call").state, ended.state) == (State.FAILED, State.FAILED)
    assert "the outputs of the called flow cannot be read" in workshop.messages(ended)[0]


def test_outputs_that_the_flow_declares_count_more(workshop: Workshop) -> None:
    workshop.add(CALLED)
    ended = workshop.run(caller('    outputs: {x: "{{ outputs.double.value }}"}'))
    assert (run_of(ended, "call").outputs or {})["outputs"] == {"doubled": "2 caller"}


def test_a_scheduled_call_begins_at_its_date(workshop: Workshop) -> None:
    workshop.add(CALLED)
    date = clock.now() + timedelta(days=1)
    revision = workshop.add(caller(f"    scheduleDate: '{date.isoformat()}'"))
    execution = workshop.engine.create(revision.namespace, revision.flow_id)
    child = child_of(workshop, execution)
    assert (child.state, child.schedule_date) == (State.CREATED, date)
    workshop.engine.operations.force_run(child.id)
    assert workshop.engine.wait(execution.id, 20).state is State.SUCCESS


def test_calls_may_call_in_turn(workshop: Workshop) -> None:
    workshop.add(CALLED)
    workshop.add(caller())
    outer = caller().replace("id: caller", "id: outer", 1).replace("flowId: called", "flowId: caller")
    ended = workshop.run(outer)
    assert ended.state is State.SUCCESS
    inner = child_of(workshop, child_of(workshop, ended))
    assert dict(inner.labels)["system.correlationId"] == ended.id


# Kills


def test_a_kill_reaches_the_called_execution(workshop: Workshop) -> None:
    workshop.add(ASKS)
    execution, child = waiting(workshop, caller())
    workshop.engine.operations.kill(execution.id)
    assert workshop.engine.wait(execution.id, 20).state is State.KILLED
    assert workshop.load(child.id).state is State.KILLED


def test_a_kill_reaches_what_is_called_in_the_same_turn(workshop: Workshop) -> None:
    workshop.add(WAITS)
    ended = workshop.run(
        BOTH.replace("BESIDE", "{id: beside, type: io.kestra.plugin.core.execution.Kill, propagateKill: true}")
    )
    (called,) = workshop.of_flow("waits")
    assert (ended.state, called.state) == (State.KILLED, State.KILLED)
    assert {run.state for run in ended.in_order()} == {State.KILLED, State.SUCCESS}


def test_a_new_execution_in_place_of_a_failed_one_leaves_nothing_behind_that_was_called(workshop: Workshop) -> None:
    workshop.add(WAITS)
    retry = "retry: {type: constant, interval: PT1H, maxAttempts: 2, behavior: CREATE_NEW_EXECUTION}"
    source = BOTH.replace("BESIDE", f"{{id: beside, type: io.kestra.plugin.core.execution.Fail, {retry}}}")
    ended = workshop.run(source)
    (called,) = workshop.of_flow("waits")
    assert (ended.state, called.state, called.done) == (State.RETRIED, State.KILLED, True)


def test_a_kill_without_cascade_leaves_it_alone(workshop: Workshop) -> None:
    workshop.add(ASKS)
    execution, child = waiting(workshop, caller())
    workshop.engine.operations.kill(execution.id, cascade=False)
    assert workshop.load(execution.id).state is State.KILLED
    assert workshop.load(child.id).state is State.PAUSED
    workshop.engine.operations.resume(child.id)
    assert workshop.engine.wait(child.id, 20).state is State.SUCCESS
    assert workshop.load(execution.id).state is State.KILLED


def test_a_kill_of_the_called_execution_kills_the_caller_too(workshop: Workshop) -> None:
    workshop.add(ASKS)
    execution, child = waiting(workshop, caller())
    workshop.engine.operations.kill(child.id)
    assert workshop.engine.wait(execution.id, 20).state is State.KILLED


def test_a_kill_reaches_grandchildren(workshop: Workshop) -> None:
    workshop.add(ASKS)
    workshop.add(caller())
    outer = caller().replace("id: caller", "id: outer", 1).replace("flowId: called", "flowId: caller")
    revision = workshop.add(outer)
    execution = workshop.engine.create(revision.namespace, revision.flow_id)
    middle = child_of(workshop, execution)
    inner = child_of(workshop, middle)
    workshop.engine.operations.kill(execution.id)
    assert {workshop.engine.wait(each.id, 20).state for each in (execution, middle, inner)} == {State.KILLED}


# Restarts


def test_a_restart_restarts_the_execution_that_failed(workshop: Workshop) -> None:
    workshop.add(CALLED)
    failed = workshop.run(caller(), {"number": 11})
    child = child_of(workshop, failed)
    workshop.engine.operations.mark(child.id, run_of(child, "check").id, State.SUCCESS)
    assert workshop.engine.wait(child.id, 20).state is State.SUCCESS
    assert workshop.load(failed.id).state is State.FAILED, "the caller has ended and hears nothing any more"
    workshop.engine.operations.restart(failed.id)
    ended = workshop.engine.wait(failed.id, 20)
    assert (ended.state, len(workshop.of_flow("called"))) == (State.SUCCESS, 1)


def test_a_restart_fails_again_when_the_execution_does(workshop: Workshop) -> None:
    workshop.add(CALLED)
    failed = workshop.run(caller(), {"number": 11})
    workshop.engine.operations.restart(failed.id)
    ended = workshop.engine.wait(failed.id, 20)
    child = child_of(workshop, ended)
    assert (ended.state, child.attempt_number, len(workshop.of_flow("called"))) == (State.FAILED, 2, 1)
    assert [attempt.state for attempt in run_of(ended, "call").attempts] == [State.FAILED, State.FAILED]


def test_a_restart_may_call_anew(workshop: Workshop) -> None:
    workshop.add(CALLED)
    failed = workshop.run(caller("    restartBehavior: NEW_EXECUTION"), {"number": 11})
    workshop.engine.operations.restart(failed.id)
    assert workshop.engine.wait(failed.id, 20).state is State.FAILED
    assert len(workshop.of_flow("called")) == 2


def test_a_restart_calls_anew_when_the_execution_was_deleted(workshop: Workshop) -> None:
    workshop.add(CALLED)
    failed = workshop.run(caller(), {"number": 11})
    first = child_of(workshop, failed)
    workshop.engine.operations.delete(first.id)
    workshop.engine.operations.restart(failed.id)
    ended = workshop.engine.wait(failed.id, 20)
    assert ended.done
    assert child_of(workshop, ended).id != first.id


def test_a_restart_waits_for_an_execution_that_had_nothing_to_repeat(workshop: Workshop) -> None:
    workshop.add(CALLED.replace("type: STRING\n        value", "type: INT\n        value"))
    failed = workshop.run(caller())
    assert (failed.state, child_of(workshop, failed).message is None) == (State.FAILED, False)
    workshop.engine.operations.restart(failed.id)
    assert workshop.engine.wait(failed.id, 20).state is State.FAILED


def test_a_restart_on_another_revision_calls_anew(workshop: Workshop) -> None:
    workshop.add(CALLED)
    failed = workshop.run(caller(), {"number": 11})
    revision = workshop.add(caller().replace('"{{ inputs.number }}"', "3")).revision
    made = workshop.engine.operations.restart(failed.id, revision=revision)
    assert workshop.engine.wait(made.id, 20).state is State.SUCCESS


def test_a_replay_from_a_call_calls_anew(workshop: Workshop) -> None:
    workshop.add(CALLED)
    ended = workshop.run(caller())
    made = workshop.engine.operations.replay(ended.id, task_run_id=run_of(ended, "call").id)
    again = workshop.engine.wait(made.id, 20)
    assert (again.state, child_of(workshop, again).id != child_of(workshop, ended).id) == (State.SUCCESS, True)


# Another execution in place of this one


def test_a_retry_may_begin_a_new_execution(workshop: Workshop) -> None:
    retry = "retry: {type: constant, interval: PT0.01S, maxAttempts: 3, behavior: CREATE_NEW_EXECUTION}"
    first = workshop.run(
        f"""
        id: repeated
        namespace: {NAMESPACE}
        {retry}
        tasks:
          - id: fail
            type: io.kestra.plugin.core.execution.Fail
        """
    )
    assert first.state is State.RETRIED
    ended: list[Execution] = []
    while len(ended) < 3 or not all(each.done for each in ended):
        ended = [workshop.engine.wait(each.id, 20) for each in workshop.of_flow("repeated")]
    assert [each.state for each in ended] == [State.RETRIED, State.RETRIED, State.FAILED]
    assert [each.attempt_number for each in ended] == [1, 2, 3]
    assert [each.original_created_at for each in ended] == [None, first.created_at, first.created_at]
    assert [each.original_id for each in ended] == [None, first.id, first.id]


def test_who_waits_hears_of_the_last_execution(workshop: Workshop) -> None:
    retry = "    retry: {type: constant, interval: PT0.01S, maxAttempts: 2, behavior: CREATE_NEW_EXECUTION}\n"
    workshop.add(CALLED + retry)
    ended = workshop.run(caller(), {"number": 11})
    children = workshop.of_flow("called")
    assert [child.state for child in children] == [State.RETRIED, State.FAILED]
    assert (ended.state, (run_of(ended, "call").outputs or {})["executionId"]) == (State.FAILED, children[1].id)


# Batches


def test_outputs_of_all_batches_become_one_file(workshop: Workshop, tmp_path: object) -> None:
    workshop.add(
        f"""
        id: called
        namespace: {NAMESPACE}
        inputs: [{{id: rows, type: FILE}}]
        tasks:
          - {{id: show, type: io.kestra.plugin.core.debug.Return, format: "{{{{ read(inputs.rows) | trim }}}}"}}
        outputs:
          - {{id: text, type: STRING, value: "{{{{ outputs.show.value }}}}"}}
        """
    )
    ended = workshop.run(
        f"""
        id: batches
        namespace: {NAMESPACE}
        tasks:
          - id: write
            type: io.kestra.plugin.scripts.shell.Commands
            commands: ["printf 'a\\nb\\nc\\n' > rows.txt"]
            outputFiles: ["rows.txt"]
          - id: each
            type: io.kestra.plugin.core.flow.ForEach
            values: ["x", "y"]
            tasks:
              - id: batch
                type: io.kestra.plugin.core.flow.ForEachItem
                items: "{{{{ outputs.write.outputFiles['rows.txt'] }}}}"
                batch: {{rows: 2}}
                namespace: {NAMESPACE}
                flowId: called
                inputs: {{rows: "{{{{ taskrun.items }}}}"}}
              - id: merged
                type: io.kestra.plugin.core.debug.Return
                format: "{{{{ read(currentEachOutput(outputs.batch_merge).subflowOutputs) }}}}"
        """
    )
    assert ended.state is State.SUCCESS, workshop.messages(ended)
    merged = [run for run in ended.in_order() if run.task_id == "merged"]
    assert [(run.outputs or {})["value"] for run in merged] == ['{"text": "a\\nb"}\n{"text": "c"}\n'] * 2


WAITS = """
    id: waits
    namespace: company.team
    tasks:
      - {id: hold, type: io.kestra.plugin.core.flow.Pause}
"""
BOTH = """
    id: both
    namespace: company.team
    tasks:
      - id: both
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - {id: call, type: io.kestra.plugin.core.flow.Subflow, namespace: company.team, flowId: waits}
          - BESIDE
"""
EACH_LINE = """
    id: each_line
    namespace: company.team
    tasks:
      - id: make
        type: io.kestra.plugin.core.storage.Write
        content: "a\\nb\\nc\\n"
        extension: .txt
      - id: each
        type: io.kestra.plugin.core.flow.ForEachItem
        items: "{{ outputs.make.uri }}"
        namespace: company.team
        flowId: one_line
        inputs: {line: "{{ read(taskrun.items) | trim }}"}
      - id: merged
        type: io.kestra.plugin.core.debug.Return
        format: "{{ read(outputs.each_merge.subflowOutputs) }}"
"""
MEND = """
    id: mend
    namespace: company.team
    tasks:
      - {id: mend, type: io.kestra.plugin.core.kv.Set, key: mended, value: true}
"""
ONE_LINE = """
    id: one_line
    namespace: company.team
    inputs:
      - {id: line, type: STRING}
    tasks:
      - id: work
        type: io.kestra.plugin.core.execution.Fail
        condition: "{{ inputs.line == 'b' and kv('mended', errorOnMissing=false) is null }}"
    outputs:
      - {id: said, type: STRING, value: "{{ inputs.line }}"}
"""


def test_a_restart_of_batches_restarts_those_that_failed_and_merges_all(workshop: Workshop) -> None:
    workshop.add(ONE_LINE)
    failed = workshop.run(EACH_LINE)
    assert failed.state is State.FAILED
    before = {each.id for each in workshop.of_flow("one_line")}
    workshop.run(MEND)
    workshop.engine.operations.restart(failed.id)
    ended = workshop.engine.wait(failed.id, 20)
    assert ended.state is State.SUCCESS, [run.message for run in ended.in_order()]
    children = workshop.of_flow("one_line")
    assert {each.id for each in children} == before, "nobody was called anew"
    assert sorted(each.attempt_number for each in children) == [1, 1, 2]
    lines = str((ended.in_order()[-1].outputs or {})["value"]).splitlines()
    assert [json.loads(line)["said"] for line in lines] == ["a", "b", "c"]
