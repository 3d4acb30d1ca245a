"""What operators do to executions: pause, resume, kill, restart, replay, mark, relabel, delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gitops.engine import clock
from gitops.engine.attempts.context import Surroundings
from gitops.engine.creation import Upload, read_uploaded, rendering
from gitops.engine.dispatch import Dispatcher, Handled
from gitops.engine.purger import Purger
from gitops.engine.redaction import Redactor
from gitops.engine.revisions import Revisions
from gitops.errors import Conflict, ExpressionError, InputProblem, InvalidInputs, UnknownTaskRun
from gitops.execution.events import (
    Event,
    ForceRunAsked,
    KillAsked,
    LabelsSet,
    PauseAsked,
    RestartAsked,
    ResumeAsked,
    StateChanged,
    TaskRunMarked,
    Unqueued,
)
from gitops.execution.flowable import Flowable
from gitops.execution.machine.replaying import from_start, from_task_run, with_failures_reopened
from gitops.execution.services.past_executions import Purge
from gitops.execution.state import Execution, State, TaskRun
from gitops.execution.tree import FlowTree
from gitops.execution.variables import variables
from gitops.language.expression.template import render
from gitops.language.inputs.resolve import resolve_inputs
from gitops.store.store import Store

_NOTHING: Mapping[str, object] = {}
_NO_UPLOADS: Mapping[str, Upload] = {}
_SYSTEM = "system."
_ENDS = [state for state in State if state.ended and state is not State.SKIPPED]


class Operations:
    """Each operation is durable before it returns.

    They return the execution as it is right after, and raise NotFound when there is no such execution, Conflict when
    its state does not allow what is asked.
    """

    def __init__(
        self,
        store: Store,
        revisions: Revisions,
        surroundings: Surroundings,
        *,
        dispatcher: Dispatcher,
        purger: Purger,
    ) -> None:
        self._store = store
        self._revisions = revisions
        self._surroundings = surroundings
        self._dispatcher = dispatcher
        self._purger = purger

    def pause(self, execution_id: str) -> Execution:
        """Let nothing new begin; what runs goes on to its end."""
        return self._ask(execution_id, PauseAsked(), "paused", "only a RUNNING one can be")

    def resume(
        self,
        execution_id: str,
        *,
        task_run_id: str | None = None,
        inputs: Mapping[str, object] = _NOTHING,
        uploads: Mapping[str, Upload] = _NO_UPLOADS,
        by: str | None = None,
        comment: str | None = None,
        decision: str | None = None,
    ) -> Execution:
        """Let a paused execution go on: one task run, without a name the first that is paused.

        The execution stays PAUSED as long as another task run is. Raises InvalidInputs too.
        """
        execution, flow = self._load(execution_id)
        run = _paused(execution, task_run_id)
        if objection := self._objection(flow, execution, run, decision=decision, comment=comment):
            raise InvalidInputs((InputProblem("comment", objection),))
        read = self._read_answers(flow, execution, run, inputs, uploads)
        event = ResumeAsked(run.id if run else None, read, by=by, comment=comment, decision=decision)
        return self._ask(execution_id, event, "resumed", "only a PAUSED one can be")

    def kill(self, execution_id: str, *, cascade: bool = True) -> Execution:
        """End an execution now; with `cascade` those that it called for too."""
        return self._ask(execution_id, KillAsked(cascade), "killed", "only one that has not ended can be")

    def restart(self, execution_id: str, *, revision: int | None = None) -> Execution:
        """Let what failed run again: in the same execution, or in a new one of another revision.

        In a paused one what is held waits anew: a restart answers nothing that was asked.
        """
        execution, _ = self._load(execution_id)
        _refuse_unfinished(execution, "restarted")
        if revision is None or revision == execution.revision:
            allowed = "only one in which a task run failed or is paused can be"
            return self._ask(execution_id, RestartAsked(), "restarted", allowed)
        _refuse_live(execution, "restarted on another revision")
        flow = self._flow(execution, revision)
        new_id, now = clock.new_id(), clock.now()
        made = with_failures_reopened(flow, execution, new_id=new_id, now=now, revision=revision)
        if made is None:
            raise Conflict(f"execution {execution_id} cannot be restarted: no task run in it failed")
        return self._accept(made)

    def replay(
        self,
        execution_id: str,
        *,
        task_run_id: str | None = None,
        revision: int | None = None,
        inputs: Mapping[str, object] | None = None,
    ) -> Execution:
        """A new execution: of the whole flow, or from a task run on, with the same inputs or others."""
        execution, _ = self._load(execution_id)
        _refuse_live(execution, "replayed")
        number = revision or execution.revision
        flow = self._flow(execution, number)
        new_id, now = clock.new_id(), clock.now()
        read = None if inputs is None else self._read_inputs(flow, inputs)
        if task_run_id is None:
            return self._accept(from_start(execution, new_id=new_id, now=now, revision=number, inputs=read))
        return self._accept(
            from_task_run(flow, execution, task_run_id, new_id=new_id, now=now, revision=number, inputs=read)
        )

    def mark(self, execution_id: str, task_run_id: str, state: State) -> Execution:
        """Say that a task run ended in `state`, and go on from there; RUNNING lets a paused one go on."""
        execution, _ = self._load(execution_id)
        run = _task_run(execution, task_run_id)
        _refuse_unfinished(execution, "changed")
        if run.state is State.PAUSED and state in (State.RUNNING, State.SUCCESS):
            return self.resume(execution_id, task_run_id=task_run_id)
        if not state.ended:
            raise Conflict(f"expected a state in which a task run has ended, found {state}")
        allowed = "a task run can be marked once its execution has ended or is PAUSED"
        return self._ask(execution_id, TaskRunMarked(task_run_id, state), "changed", allowed)

    def change_state(self, execution_id: str, state: State) -> Execution:
        """Say that an ended execution ended in another state."""
        if state not in _ENDS:
            words = f"expected a state in which an execution has ended, found {state}"
            raise Conflict(f"{words}; those are {', '.join(_ENDS)}")
        allowed = "its state can be changed once it has ended, and to another one"
        return self._ask(execution_id, StateChanged(state), "changed", allowed)

    def force_run(self, execution_id: str) -> Execution:
        """Let an execution run now, whatever it waits for; one that runs goes on as it is."""
        execution, _ = self._load(execution_id)
        if execution.state.ended:
            raise Conflict(f"execution {execution_id} cannot be run: it is {execution.state} already")
        return self._dispatcher.send(execution_id, ForceRunAsked(), durable=True).result().answer

    def unqueue(self, execution_id: str, state: State = State.RUNNING) -> Execution:
        """Take an execution out of the queue: into RUNNING, CANCELLED or FAILED."""
        if state not in (State.RUNNING, State.CANCELLED, State.FAILED):
            raise Conflict(f"expected RUNNING, CANCELLED or FAILED, found {state}")
        return self._ask(execution_id, Unqueued(state), "taken out of the queue", "only a QUEUED one can be")

    def set_labels(self, execution_id: str, labels: Sequence[tuple[str, str]]) -> Execution:
        """Give an execution labels besides those that it has; those of the service stay as they are."""
        reserved = next((key for key, _ in labels if key.startswith(_SYSTEM)), None)
        if reserved is not None:
            words = f"labels that start with `{_SYSTEM}` are set by the service only, found `{reserved}`"
            raise InvalidInputs((InputProblem("labels", words),))
        execution, _ = self._load(execution_id)
        if not execution.state.ended:
            words = f"execution {execution_id} cannot be given labels: it is {execution.state}"
            raise Conflict(f"{words}; labels can be set once it has ended")
        merged = tuple({**dict(execution.labels), **dict(labels)}.items())
        return self._dispatcher.send(execution_id, LabelsSet(merged), durable=True).result().answer

    def delete(self, execution_id: str, *, logs: bool = True, metrics: bool = True, files: bool = True) -> None:
        """Delete an execution that has ended, and what it left."""
        execution, _ = self._load(execution_id)
        _refuse_live(execution, "deleted")
        self._purger.purge([execution_id], Purge(logs=logs, metrics=metrics, files=files))

    def evaluate(self, execution_id: str, task_run_id: str | None, expression: str) -> object:
        """What an expression gives as a task run sees it, or the execution. Nothing is decrypted for it."""
        execution, flow = self._load(execution_id)
        run = None if task_run_id is None else _task_run(execution, task_run_id)
        redactor = Redactor()
        functions = self._surroundings.functions(execution, redactor.learn)
        found = render(expression, variables(flow, execution, run), functions)
        return redactor.clean(found) if isinstance(found, str) else found

    def _objection(
        self, flow: FlowTree, execution: Execution, run: TaskRun | None, *, decision: str | None, comment: str | None
    ) -> str | None:
        """Why a review cannot be decided like that; also when an expression leaves open whether it can."""
        task = None if run is None else flow.task(run.task_id)
        if not isinstance(task, Flowable):
            return None
        known = self._surroundings.of(flow, execution, run)
        functions = self._surroundings.functions(execution, Redactor().learn)
        try:
            return task.objection(decision, comment, lambda value: render(value, known, functions))
        except ExpressionError as error:
            return f"whether a comment is required cannot be told: {error}; write one"

    def _ask(self, execution_id: str, event: Event, done: str, allowed: str) -> Execution:
        handled: Handled = self._dispatcher.send(execution_id, event, durable=True).result()
        if not handled.changed:
            state = handled.execution.state
            raise Conflict(f"execution {execution_id} cannot be {done}: it is {state}; {allowed}")
        return handled.answer

    def _accept(self, execution: Execution) -> Execution:
        self._dispatcher.create(execution).result()
        return execution

    def _load(self, execution_id: str) -> tuple[Execution, FlowTree]:
        handled = self._dispatcher.see(execution_id).result()
        return handled.execution, handled.flow

    def _flow(self, execution: Execution, revision: int) -> FlowTree:
        with self._store.database.read() as connection:
            return self._revisions.load(connection, execution.namespace, execution.flow_id, revision)

    def _read_inputs(self, flow: FlowTree, inputs: Mapping[str, object]) -> Mapping[str, object]:
        before = self._surroundings.before({"vars": flow.flow.variables or {}})
        render_with = rendering(before, self._surroundings.keys(flow.flow.namespace))
        return resolve_inputs(flow.flow.inputs, inputs, render_with, encrypt=self._surroundings.keeping().encrypt)

    def _read_answers(
        self,
        flow: FlowTree,
        execution: Execution,
        run: TaskRun | None,
        inputs: Mapping[str, object],
        uploads: Mapping[str, Upload],
    ) -> Mapping[str, object]:
        """What is asked for at a pause, read; nothing when nothing is asked for."""
        task = None if run is None else flow.task(run.task_id)
        asked = task.asks_for() if isinstance(task, Flowable) else ()
        if not asked or run is None:
            return {}
        known = self._surroundings.of(flow, execution, run)
        return read_uploaded(
            flow.flow, execution.id, asked, inputs, uploads, variables=known, keeping=self._surroundings.keeping()
        )


def _paused(execution: Execution, task_run_id: str | None) -> TaskRun | None:
    """The task run that is to go on: the one that is named, or the first that is paused."""
    if task_run_id is not None:
        return _task_run(execution, task_run_id)
    return next((run for run in execution.in_order() if run.state is State.PAUSED), None)


def _task_run(execution: Execution, task_run_id: str) -> TaskRun:
    run = execution.task_runs.get(task_run_id)
    if run is None:
        words = f"the execution {execution.id} has no task run {task_run_id}"
        raise UnknownTaskRun(f"{words}; expected the id of one of its task runs")
    return run


def _refuse_live(execution: Execution, done: str) -> None:
    if not execution.state.ended:
        raise Conflict(f"execution {execution.id} cannot be {done}: it is {execution.state}; kill it first")
    _refuse_unfinished(execution, done)


def _refuse_unfinished(execution: Execution, done: str) -> None:
    """What runs after the end would be torn away from its execution."""
    if execution.state.ended and not execution.done:
        words = f"it is {execution.state}, and what runs after that has not ended; wait for it"
        raise Conflict(f"execution {execution.id} cannot be {done}: {words}")
