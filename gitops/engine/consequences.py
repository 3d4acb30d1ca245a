"""What a turn of one execution means for others: those that it calls, that called it, and that take its place."""

from __future__ import annotations

from msgspec.structs import replace

from gitops.engine import clock
from gitops.engine.attempts.context import Surroundings
from gitops.engine.creation import Order, new_execution
from gitops.engine.dispatch import Dispatcher
from gitops.engine.redaction import Redactor
from gitops.engine.revisions import Revisions
from gitops.engine.starter import refusal_of, variables_before
from gitops.engine.turn import Turn
from gitops.errors import ExpressionError, GitopsError
from gitops.execution.calling import Calling
from gitops.execution.effects import Effect, KillChildren, RestartChild, StartChild, StartOver
from gitops.execution.events import (
    ChildCreated,
    ChildEnded,
    ChildGone,
    ChildRefused,
    KillAsked,
    RestartAsked,
    TurnedAway,
)
from gitops.execution.machine.replaying import from_start
from gitops.execution.state import Caller, Execution, State, TriggeredBy
from gitops.execution.tree import FlowTree
from gitops.language.expression.template import render
from gitops.store.database import Connection
from gitops.store.store import Store

_WELL = (State.SUCCESS, State.WARNING)


class Consequences:
    """Works on the journal's thread, in the transaction of the turn that it looks at."""

    def __init__(
        self, store: Store, revisions: Revisions, surroundings: Surroundings, *, dispatcher: Dispatcher
    ) -> None:
        self._store = store
        self._revisions = revisions
        self._surroundings = surroundings
        self._dispatcher = dispatcher

    def affect(self, connection: Connection, turn: Turn) -> None:
        """Do what the effects of a turn ask of other executions."""
        for effect in turn.others:
            self._apply(connection, turn, effect)

    def report(self, connection: Connection, turn: Turn) -> None:
        """Tell the task run that called for an execution that it has ended."""
        caller = turn.execution.caller
        if caller is not None and turn.execution.state is not State.RETRIED:
            self._report_to(connection, caller, turn.execution, turn.flow)

    def _report_to(self, connection: Connection, caller: Caller, child: Execution, flow: FlowTree) -> None:
        outputs, problem = self._outputs_for(connection, caller, child, flow)
        event = ChildEnded(caller.task_run_id, caller.attempt, caller.index, child.id, child.state, outputs, problem)
        self._dispatcher.take_later(caller.execution_id, event)

    def _apply(self, connection: Connection, turn: Turn, effect: Effect) -> None:
        match effect:
            case StartChild():
                self._start(connection, turn, effect)
            case RestartChild(caller):
                self._restart(connection, caller)
            case KillChildren(task_run_id):
                # Behind those that the same turn calls for.
                parent_id = turn.execution.id
                self._dispatcher.work_later(lambda connection: self._kill(connection, parent_id, task_run_id))
            case StartOver():
                self._start_over(turn, effect)

    def _start(self, connection: Connection, turn: Turn, effect: StartChild) -> None:
        caller = effect.caller
        try:
            child, refusal = self._child(connection, turn.execution, effect)
        except GitopsError as error:
            refused = ChildRefused(caller.task_run_id, caller.attempt, caller.index, str(error))
            self._dispatcher.take_later(caller.execution_id, refused)
            return
        created = ChildCreated(caller.task_run_id, caller.attempt, caller.index, child.id)
        self._dispatcher.take_later(caller.execution_id, created)
        self._dispatcher.accept_later(child, refusal)

    def _child(
        self, connection: Connection, parent: Execution, effect: StartChild
    ) -> tuple[Execution, TurnedAway | None]:
        """The execution that is called for, and what becomes of it when a check of its flow fails it."""
        if effect.revision is None:
            found, flow = self._revisions.current(connection, effect.namespace, effect.flow_id)
            revision = found.revision
        else:
            revision = effect.revision
            flow = self._revisions.load(connection, effect.namespace, effect.flow_id, revision)
        order = Order(
            inputs=effect.inputs,
            labels=effect.labels,
            trigger=_trigger_of(parent, effect),
            schedule_date=effect.schedule_date,
            caller=effect.caller if effect.wait else None,
        )
        known = variables_before(self._surroundings, flow, revision, order)
        child = new_execution(flow, revision, order, known, keeping=self._surroundings.keeping())
        return child, refusal_of(self._surroundings, flow, child, known)

    def _restart(self, connection: Connection, caller: Caller) -> None:
        """Restart the execution that the call created before; its end is reported to the new attempt."""
        self._dispatcher.write_so_far(connection)
        child_id = self._store.executions.called_by(connection, caller)
        child = None if child_id is None else self._dispatcher.look(connection, child_id)
        if child is None:
            gone = ChildGone(caller.task_run_id, caller.attempt, caller.index)
            self._dispatcher.take_later(caller.execution_id, gone)
            return
        if not child.done:
            words = f"execution {child.id}, which was to be restarted, has not ended: it is {child.state}"
            refused = ChildRefused(caller.task_run_id, caller.attempt, caller.index, words)
            self._dispatcher.take_later(caller.execution_id, refused)
            return
        created = ChildCreated(caller.task_run_id, caller.attempt, caller.index, child.id)
        self._dispatcher.take_later(caller.execution_id, created)
        if child.state in _WELL:
            # Somebody has mended it since: nothing that has succeeded is run again.
            self._report_to(connection, caller, child, self._flow(connection, child))
        else:
            self._dispatcher.take_later(child.id, RestartAsked(caller))

    def _kill(self, connection: Connection, parent_id: str, task_run_id: str | None) -> None:
        self._dispatcher.write_so_far(connection)
        for child_id in self._store.executions.live_children(connection, parent_id, task_run_id):
            self._dispatcher.take_later(child_id, KillAsked())

    def _start_over(self, turn: Turn, effect: StartOver) -> None:
        old = turn.execution
        fresh = from_start(old, new_id=clock.new_id(), now=clock.now(), revision=old.revision)
        again = replace(
            fresh,
            attempt_number=old.attempt_number + 1,
            original_created_at=old.original_created_at or old.created_at,
            schedule_date=effect.at,
            caller=old.caller,
            commit=old.commit,
        )
        self._dispatcher.accept_later(again)

    def _outputs_for(
        self, connection: Connection, caller: Caller, child: Execution, flow: FlowTree
    ) -> tuple[dict[str, object] | None, str | None]:
        """What the caller gets of the execution: the outputs of its flow, or what the task asks for; or the problem."""
        if child.outputs is not None:
            return dict(child.outputs), None
        wanted = self._wanted(connection, caller)
        if wanted is None or flow.flow.outputs:
            return None, None
        variables = self._surroundings.of(flow, child, None)
        functions = self._surroundings.functions(child, Redactor().learn)
        try:
            return {name: render(value, variables, functions) for name, value in wanted.items()}, None
        except ExpressionError as error:
            return None, f"the outputs of the called flow cannot be read: {error}"

    def _flow(self, connection: Connection, execution: Execution) -> FlowTree:
        return self._revisions.load(connection, execution.namespace, execution.flow_id, execution.revision)

    def _wanted(self, connection: Connection, caller: Caller) -> dict[str, object] | None:
        parent = self._dispatcher.look(connection, caller.execution_id)
        run = None if parent is None else parent.task_runs.get(caller.task_run_id)
        if parent is None or run is None:
            return None
        task = self._flow(connection, parent).task(run.task_id)
        wanted = task.wanted() if isinstance(task, Calling) else None
        return None if wanted is None else dict(wanted)


def _trigger_of(parent: Execution, effect: StartChild) -> TriggeredBy:
    """What `trigger.*` holds in a called execution."""
    run = parent.task_runs.get(effect.caller.task_run_id)
    variables: dict[str, object] = {
        "executionId": parent.id,
        "namespace": parent.namespace,
        "flowId": parent.flow_id,
        "flowRevision": parent.revision,
        "taskRunId": effect.caller.task_run_id,
    }
    if run is not None:
        variables["taskId"] = run.task_id
        if run.value is not None:
            variables["taskRunValue"] = run.value
    return TriggeredBy(id=run.task_id if run else parent.flow_id, type=effect.task_type, variables=variables)
