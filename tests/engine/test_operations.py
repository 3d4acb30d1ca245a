"""What operators do to executions, over the real engine: what happens, what is on the disk, and what is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from gitops.engine import clock
from gitops.errors import Conflict, InvalidInputs, NotFound, UnknownTaskRun
from gitops.execution.state import State
from tests.engine.operating import ASKS, FAILS, begun, done, run_of, running
from tests.engine.workshop import Workshop, open_workshop, states

TWICE = """
    id: twice
    namespace: company.team
    tasks:
      - id: both
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - {id: first, type: io.kestra.plugin.core.flow.Pause}
          - {id: second, type: io.kestra.plugin.core.flow.Pause, onResume: [{id: reason, type: STRING}]}
"""
MEND = """
    id: mend
    namespace: company.team
    tasks:
      - {id: mend, type: io.kestra.plugin.core.kv.Set, key: mended, value: true}
"""
MENDED = """
    id: mended
    namespace: company.team
    tasks:
      - id: both
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - {id: ask, type: io.kestra.plugin.core.flow.Pause}
          - id: check
            type: io.kestra.plugin.core.execution.Fail
            condition: "{{ kv('mended', errorOnMissing=false) is null }}"
"""


# Pause and resume


def test_a_resume_reads_what_was_asked_for(workshop: Workshop) -> None:
    execution = begun(workshop, ASKS)
    answer = workshop.engine.operations.resume(execution.id, inputs={"reason": "fine", "count": "41"}, by="ada")
    assert answer.state is State.RESTARTED
    ended = done(workshop, execution)
    assert ended.state is State.SUCCESS
    assert run_of(ended, "say").outputs == {"value": "fine 42 ada"}


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({}, "Invalid input for `reason`, missing required input"),
        ({"reason": "x", "count": "many"}, "Invalid input for `count`, it must be a whole number, but received `many`"),
    ],
)
def test_a_resume_with_inputs_that_do_not_fit_is_refused(
    workshop: Workshop, inputs: dict[str, object], words: str
) -> None:
    execution = begun(workshop, ASKS)
    with pytest.raises(InvalidInputs) as refused:
        workshop.engine.operations.resume(execution.id, inputs=inputs)
    assert words in str(refused.value)
    assert workshop.load(execution.id).state is State.PAUSED


def test_a_pause_lets_what_runs_go_on_and_nothing_new_begin(workshop: Workshop) -> None:
    execution = running(workshop)
    assert workshop.engine.operations.pause(execution.id).state is State.PAUSED
    with pytest.raises(Conflict, match="cannot be paused: it is PAUSED; only a RUNNING one can be"):
        workshop.engine.operations.pause(execution.id)
    assert workshop.engine.operations.resume(execution.id).state is State.RESTARTED
    with pytest.raises(Conflict, match="cannot be resumed: it is RUNNING; only a PAUSED one can be"):
        workshop.engine.operations.resume(execution.id)
    workshop.engine.operations.kill(execution.id)
    assert done(workshop, execution).state is State.KILLED


def test_each_of_two_pauses_is_resumed_with_what_it_asks_for(workshop: Workshop) -> None:
    paused = begun(workshop, TWICE)
    assert workshop.engine.operations.resume(paused.id).state is State.PAUSED
    with pytest.raises(InvalidInputs, match="`reason`, missing required input"):
        workshop.engine.operations.resume(paused.id)
    assert workshop.engine.operations.resume(paused.id, inputs={"reason": "fine"}).state is State.RESTARTED
    workshop.until(paused.id, State.SUCCESS)


def test_a_task_run_that_is_not_there_cannot_be_resumed(workshop: Workshop) -> None:
    execution = begun(workshop, ASKS)
    with pytest.raises(UnknownTaskRun, match="has no task run nothing"):
        workshop.engine.operations.resume(execution.id, task_run_id="nothing")


def test_a_review_decides(workshop: Workshop) -> None:
    execution = begun(
        workshop,
        """
        id: reviewed
        namespace: company.team
        tasks:
          - id: review
            type: io.kestra.plugin.core.flow.Approval
            onDeny:
              - id: denied
                type: io.kestra.plugin.core.log.Log
                message: "no: {{ outputs.review.comment }}"
        """,
    )
    workshop.engine.operations.resume(execution.id, decision="DENIED", comment="too early", by="ada")
    ended = done(workshop, execution)
    assert (ended.state, states(ended)) == (State.CANCELLED, {"review": State.CANCELLED, "denied": State.SUCCESS})
    assert workshop.messages(ended) == ["no: too early"]


@pytest.mark.parametrize(
    ("required", "decision", "objection"),
    [
        ("ON_DENY", "DENIED", "a comment is required to deny, found none"),
        ("'{{ inputs.when }}'", "DENIED", "a comment is required to deny, found none"),
        ("'{{ inputs.when }}'", "APPROVED", None),
        ('\'{{ inputs.all ? "ALWAYS" : "NEVER" }}\'', None, "a comment is required to approve, found none"),
        (
            "'{{ inputs.nothing }}'",
            "APPROVED",
            "whether a comment is required cannot be told: Unable to find `nothing`",
        ),
        ("'{{ \"SOMETIMES\" }}'", "DENIED", "expected one of NEVER, ALWAYS, ON_DENY, ON_APPROVE, found `SOMETIMES`"),
    ],
)
def test_a_comment_is_required_as_the_task_says(
    workshop: Workshop, required: str, decision: str | None, objection: str | None
) -> None:
    source = f"""
        id: reviewed
        namespace: company.team
        inputs:
          - {{id: when, type: STRING, defaults: ON_DENY}}
          - {{id: all, type: BOOL, defaults: true}}
        tasks:
          - {{id: review, type: io.kestra.plugin.core.flow.Approval, commentRequired: {required}}}
        """
    execution = begun(workshop, source)
    resume = workshop.engine.operations.resume
    if objection is not None:
        with pytest.raises(InvalidInputs, match=re.escape(objection)):
            resume(execution.id, decision=decision, comment=" ")
        assert workshop.load(execution.id).state is State.PAUSED
    resume(execution.id, decision=decision, comment=None if objection is None else "because")
    ended = done(workshop, execution)
    assert ended.state is (State.CANCELLED if decision == "DENIED" else State.SUCCESS)


def test_a_pause_survives_the_process(tmp_path: Path) -> None:
    with open_workshop(tmp_path) as workshop:
        execution = begun(workshop, ASKS)
    with open_workshop(tmp_path) as workshop:
        workshop.engine.operations.resume(execution.id, inputs={"reason": "later"})
        assert done(workshop, execution).state is State.SUCCESS


# Kill


def test_a_kill_ends_what_runs(workshop: Workshop) -> None:
    execution = running(workshop)
    assert workshop.engine.operations.kill(execution.id).state is State.KILLING
    ended = done(workshop, execution)
    assert (ended.state, states(ended)) == (State.KILLED, {"sleep": State.KILLED})
    with pytest.raises(Conflict, match="cannot be killed: it is KILLED; only one that has not ended can be"):
        workshop.engine.operations.kill(execution.id)


def test_a_kill_of_a_paused_one_ends_it_at_once(workshop: Workshop) -> None:
    execution = begun(workshop, ASKS)
    workshop.engine.operations.kill(execution.id)
    assert states(done(workshop, execution)) == {"ask": State.KILLED}


def test_an_execution_that_is_not_there(workshop: Workshop) -> None:
    operations = workshop.engine.operations
    for ask in (operations.kill, operations.pause, operations.resume, operations.restart, operations.force_run):
        with pytest.raises(NotFound, match="there is no execution nothing"):
            ask("nothing")


# Restart and replay


def test_a_restart_repeats_what_failed_in_the_same_execution(workshop: Workshop) -> None:
    failed = workshop.run(FAILS)
    assert states(failed) == {"first": State.SUCCESS, "check": State.FAILED, "sorry": State.SUCCESS}
    assert workshop.engine.operations.restart(failed.id).state is State.RESTARTED
    again = done(workshop, failed)
    assert (again.state, again.attempt_number, len(run_of(again, "check").attempts)) == (State.FAILED, 2, 2)
    assert run_of(again, "first").moments == run_of(failed, "first").moments


def test_a_restart_on_another_revision_is_another_execution(workshop: Workshop) -> None:
    failed = workshop.run(FAILS)
    revision = workshop.add(FAILS.replace("< 5", "< 0")).revision
    made = workshop.engine.operations.restart(failed.id, revision=revision)
    assert (made.id != failed.id, made.parent_id, made.revision) == (True, failed.id, revision)
    ended = done(workshop, made)
    assert states(ended) == {"first": State.SUCCESS, "check": State.SUCCESS, "last": State.SUCCESS}
    assert workshop.load(failed.id) == failed


def test_a_restart_of_a_paused_one_repeats_what_failed_and_still_asks(workshop: Workshop) -> None:
    paused = begun(workshop, MENDED)
    assert states(paused)["check"] is State.FAILED
    workshop.run(MEND)
    assert workshop.engine.operations.restart(paused.id).state is State.RESTARTED
    again = workshop.until(paused.id, State.PAUSED)
    assert states(again) == {"both": State.RUNNING, "ask": State.PAUSED, "check": State.SUCCESS}
    workshop.engine.operations.resume(paused.id)
    assert done(workshop, paused).state is State.SUCCESS


def test_what_has_not_failed_cannot_be_restarted(workshop: Workshop) -> None:
    ended = workshop.run(FAILS, {"limit": 7})
    with pytest.raises(
        Conflict, match="cannot be restarted: it is SUCCESS; only one in which a task run failed or is paused can be"
    ):
        workshop.engine.operations.restart(ended.id)
    revision = workshop.add(FAILS + "\n").revision
    with pytest.raises(Conflict, match="no task run in it failed"):
        workshop.engine.operations.restart(ended.id, revision=revision)


def test_a_replay_is_a_new_execution_with_the_same_inputs(workshop: Workshop) -> None:
    ended = workshop.run(FAILS, {"limit": 7})
    made = workshop.engine.operations.replay(ended.id)
    assert (made.state, made.parent_id, made.original_id) == (State.CREATED, ended.id, ended.id)
    again = done(workshop, made)
    assert (again.state, again.inputs) == (State.SUCCESS, {"limit": 7})


def test_a_replay_from_a_task_run_with_other_inputs(workshop: Workshop) -> None:
    failed = workshop.run(FAILS, {"limit": 2})
    check = run_of(failed, "check").id
    made = workshop.engine.operations.replay(failed.id, task_run_id=check, inputs={"limit": "9"})
    assert made.state is State.RESTARTED
    again = done(workshop, made)
    assert states(again) == {"first": State.SUCCESS, "check": State.SUCCESS, "last": State.SUCCESS}
    assert (run_of(again, "last").outputs, again.inputs) == ({"value": "2"}, {"limit": 9})


def test_a_replay_is_refused_for_inputs_that_do_not_fit_and_for_what_runs(workshop: Workshop) -> None:
    failed = workshop.run(FAILS)
    with pytest.raises(InvalidInputs, match="it must be a whole number"):
        workshop.engine.operations.replay(failed.id, inputs={"limit": "many"})
    with pytest.raises(UnknownTaskRun):
        workshop.engine.operations.replay(failed.id, task_run_id="nothing")
    with pytest.raises(NotFound):
        workshop.engine.operations.replay(failed.id, revision=99)
    paused = begun(workshop, ASKS)
    with pytest.raises(Conflict, match="cannot be replayed: it is PAUSED; kill it first"):
        workshop.engine.operations.replay(paused.id)


# The rest


def test_a_force_run_of_a_scheduled_one(workshop: Workshop) -> None:
    revision = workshop.add(FAILS)
    later = clock.now() + timedelta(days=1)
    execution = workshop.engine.create(revision.namespace, revision.flow_id, inputs={"limit": 9}, schedule_date=later)
    assert workshop.load(execution.id).state is State.CREATED
    workshop.engine.operations.force_run(execution.id)
    ended = done(workshop, execution)
    assert ended.state is State.SUCCESS
    with pytest.raises(Conflict, match="cannot be run: it is SUCCESS already"):
        workshop.engine.operations.force_run(execution.id)


def test_labels_are_set_once_it_has_ended(workshop: Workshop) -> None:
    ended = workshop.run(FAILS)
    workshop.engine.operations.set_labels(ended.id, [("a", "1"), ("b", "2")])
    changed = workshop.engine.operations.set_labels(ended.id, [("b", "3")])
    labels = dict(workshop.load(ended.id).labels)
    assert labels == dict(changed.labels) == {**dict(ended.labels), "a": "1", "b": "3"}
    with pytest.raises(InvalidInputs, match=r"set by the service only, found `system\.x`"):
        workshop.engine.operations.set_labels(ended.id, [("system.x", "1")])
    paused = begun(workshop, ASKS)
    with pytest.raises(Conflict, match="cannot be given labels: it is PAUSED"):
        workshop.engine.operations.set_labels(paused.id, [("a", "1")])


def test_a_deleted_execution_is_gone_with_what_it_left(workshop: Workshop) -> None:
    ended = workshop.run(FAILS)
    assert workshop.logs(ended)
    workshop.engine.operations.delete(ended.id)
    with pytest.raises(NotFound):
        workshop.load(ended.id)
    assert workshop.logs(ended) == []
    with pytest.raises(NotFound):
        workshop.engine.operations.delete(ended.id)


def test_the_log_of_a_deleted_execution_may_stay(workshop: Workshop) -> None:
    ended = workshop.run(FAILS)
    workshop.engine.operations.delete(ended.id, logs=False)
    assert workshop.logs(ended)


def test_what_runs_cannot_be_deleted(workshop: Workshop) -> None:
    paused = begun(workshop, ASKS)
    with pytest.raises(Conflict, match="cannot be deleted: it is PAUSED; kill it first"):
        workshop.engine.operations.delete(paused.id)


def test_an_expression_is_evaluated_as_a_task_run_sees_it(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_WORD", "aHVudGVyMg==")  # hunter2
    ended = workshop.run(FAILS, {"limit": 9})
    evaluate = workshop.engine.operations.evaluate
    assert evaluate(ended.id, None, "{{ outputs.first.value }} {{ execution.state }}") == "9 SUCCESS"
    assert evaluate(ended.id, run_of(ended, "last").id, "{{ task.id }}") == "last"
    assert evaluate(ended.id, None, "{{ secret('WORD') }}") == "******"
    with pytest.raises(UnknownTaskRun):
        evaluate(ended.id, "nothing", "x")
