"""The pure state machine: `advance` takes what happened and says what the execution is now and what must be done.

Rules of this file: no IO, no clock, no randomness: `now` and the dice (`chance`) are arguments, and expressions are
rendered through `render`. An event that does not fit the state changes nothing; so duplicates and late news are free.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from gitops.errors import ExpressionError
from gitops.execution.effects import Announce, CancelAttempt, Effect, SetTimer, StartAttempt
from gitops.execution.events import (
    AttemptFailed,
    AttemptLost,
    AttemptStarted,
    AttemptSucceeded,
    Created,
    Event,
    KillAsked,
    TimerFired,
)
from gitops.execution.flowable import Child, Flowable, Next, in_order
from gitops.execution.identity import task_run_id
from gitops.execution.runnable import Runnable
from gitops.execution.state import (
    MOVES,
    Attempt,
    Branch,
    Children,
    Execution,
    Moment,
    Progress,
    State,
    TaskRun,
    worst,
)
from gitops.execution.tree import FlowTree
from gitops.language.inputs.cast import cast_value
from gitops.language.task import Task

LOST_LIMIT = 3
"""How many attempts of one task run may vanish before it fails: a task must not take its worker down forever."""

Render = Callable[[Execution, TaskRun | None, object], object]
"""Render a value as it is seen from a task run, or from the execution itself when that is None."""


@dataclass(frozen=True, slots=True)
class Step:
    """The result of one event: the execution as it is now, the task runs that moved, and what must be done."""

    execution: Execution
    moved: Mapping[str, TaskRun]
    effects: tuple[Effect, ...]
    changed: bool


def advance(
    flow: FlowTree, execution: Execution, event: Event, *, now: datetime, render: Render, chance: float = 0.0
) -> Step:
    """What follows from `event`. `chance` in [0, 1) is used by random retries only."""
    move = _Move(flow, execution, now=now, render=render, chance=chance)
    move.take(event)
    return Step(
        execution=move.execution,
        moved=move.moved,
        effects=tuple(move.effects),
        changed=move.execution is not execution,
    )


class _Move:
    """The working state of one `advance`: immutable records, replaced as the consequences of the event unfold.

    Parents whose children changed wait in `_unsettled` and are looked at one by one: no recursion, so depth is free,
    and no parent decides twice from the same facts.
    """

    def __init__(self, flow: FlowTree, execution: Execution, *, now: datetime, render: Render, chance: float) -> None:
        self.execution = execution
        self.moved: dict[str, TaskRun] = {}
        self.effects: list[Effect] = []
        self._flow = flow
        self._now = now
        self._render = render
        self._chance = chance
        self._unsettled: dict[str | None, None] = {}

    def take(self, event: Event) -> None:
        """Apply the event, then everything that follows from it."""
        match event:
            case Created():
                self._begin()
            case KillAsked():
                self._kill()
            case TimerFired(task_run_id, attempt):
                self._retry(task_run_id, attempt)
            case AttemptStarted(task_run_id, attempt):
                self._report(task_run_id, attempt, self._started)
            case AttemptSucceeded(task_run_id, attempt):
                self._report(task_run_id, attempt, lambda task_run: self._succeeded(task_run, event))
            case AttemptFailed(task_run_id, attempt):
                self._report(task_run_id, attempt, lambda task_run: self._failed(task_run, event))
            case AttemptLost(task_run_id, attempt):
                self._report(task_run_id, attempt, self._lost)
        while self._unsettled:
            parent_id = next(iter(self._unsettled))
            del self._unsettled[parent_id]
            self._settle(parent_id)

    def _report(self, task_run_id: str, attempt: int, apply: Callable[[TaskRun], None]) -> None:
        """Apply news about an attempt when it is the task run's last one and has not ended; else the news is old."""
        task_run = self.execution.task_runs.get(task_run_id)
        if task_run is None or task_run.state.ended or not task_run.attempts:
            return
        last = task_run.attempts[-1]
        if last.number == attempt and not last.state.ended:
            apply(task_run)

    # The execution as a whole

    def _begin(self) -> None:
        if self.execution.state is State.CREATED:
            self._move_execution(State.RUNNING)
            self._unsettled[None] = None

    def _move_execution(self, state: State) -> None:
        if state not in MOVES[self.execution.state]:
            self.execution = self.execution.move(State.RUNNING, self._now)
        self.execution = self.execution.move(state, self._now)
        self.effects.append(Announce(state))

    def _end_execution(self, outcome: State) -> None:
        """Give the execution its result, then run what waits for that."""
        if not self.execution.state.ended:
            self._give_outputs(outcome)
        after = self.execution.progress.branch is not Branch.AFTER and self._flow.branch(None, Branch.AFTER)
        if after:
            self._enter_branch(None, Branch.AFTER, outcome)
        else:
            self.execution = replace(self.execution, done=True)

    def _give_outputs(self, outcome: State) -> None:
        outputs, problem = self._outputs() if outcome in (State.SUCCESS, State.WARNING) else (None, None)
        self.execution = replace(self.execution, outputs=outputs, message=problem or self.execution.message)
        self._move_execution(State.FAILED if problem else outcome)

    def _outputs(self) -> tuple[dict[str, object] | None, str | None]:
        values: dict[str, object] = {}
        for output in self._flow.flow.outputs:
            try:
                value = self._render(self.execution, None, output.value)
                values[output.id] = None if value is None else cast_value(output.type, value)
            except (ExpressionError, ValueError) as error:
                return None, f"output `{output.id}` cannot be made: {error}"
        return values or None, None

    # Parents: the execution itself (None) and flowable task runs

    def _settle(self, parent_id: str | None) -> None:
        """Create the children that come next, go on to the next branch, or end the parent."""
        parent = self.execution if parent_id is None else self.execution.task_runs[parent_id]
        if parent.state is State.KILLING:
            self._settle_killed(parent_id)
            return
        if self.execution.done or (parent_id is not None and parent.state.ended):
            return
        decision = self._decide(parent_id)
        for child in decision.create:
            self._create(parent_id, child)
        if decision.complete and not decision.create and not self._progress(parent_id).children.live:
            self._leave_branch(parent_id)

    def _settle_killed(self, parent_id: str | None) -> None:
        if self._progress(parent_id).children.live:
            return
        if parent_id is None:
            self._end_execution(State.KILLED)
        else:
            self._end(self.execution.task_runs[parent_id], State.KILLED)

    def _decide(self, parent_id: str | None) -> Next:
        task, progress = self._task(parent_id), self._progress(parent_id)
        if progress.branch is not Branch.TASKS or not isinstance(task, Flowable):
            return in_order(self._flow.branch(task, progress.branch), progress.children)
        if progress.children.failed:
            return Next(complete=True)
        task_run = None if parent_id is None else self.execution.task_runs[parent_id]
        return task.next(progress.children, lambda value: self._render(self.execution, task_run, value))

    def _leave_branch(self, parent_id: str | None) -> None:
        progress = self._progress(parent_id)
        outcome = worst(progress.outcome, progress.children.worst)
        following = self._following(parent_id, progress.branch, outcome)
        if following is not None:
            self._enter_branch(parent_id, following, outcome)
        elif parent_id is None:
            self._end_execution(outcome)
        else:
            self._end(self.execution.task_runs[parent_id], outcome)

    def _following(self, parent_id: str | None, branch: Branch, outcome: State) -> Branch | None:
        """The next branch that has tasks and is wanted, of those that run before the parent ends."""
        wanted = {
            Branch.TASKS: (Branch.ERRORS, Branch.FINALLY) if outcome is State.FAILED else (Branch.FINALLY,),
            Branch.ERRORS: (Branch.FINALLY,),
        }.get(branch, ())
        return next((later for later in wanted if self._flow.branch(self._task(parent_id), later)), None)

    def _enter_branch(self, parent_id: str | None, branch: Branch, outcome: State) -> None:
        self._set_progress(parent_id, Progress(branch=branch, outcome=outcome))
        self._unsettled[parent_id] = None

    def _task(self, parent_id: str | None) -> Task | None:
        return None if parent_id is None else self._flow.task(self.execution.task_runs[parent_id].task_id)

    def _progress(self, parent_id: str | None) -> Progress:
        parent = self.execution if parent_id is None else self.execution.task_runs[parent_id]
        return parent.progress or Progress()

    def _set_progress(self, parent_id: str | None, progress: Progress) -> None:
        if parent_id is None:
            self.execution = replace(self.execution, progress=progress)
        else:
            self._put(replace(self.execution.task_runs[parent_id], progress=progress))

    def _set_children(self, parent_id: str | None, children: Children) -> None:
        self._set_progress(parent_id, replace(self._progress(parent_id), children=children))

    # Task runs

    def _put(self, task_run: TaskRun) -> None:
        runs = self.execution.task_runs.insert(task_run.id, task_run)
        self.execution = replace(self.execution, task_runs=runs)
        self.moved[task_run.id] = task_run

    def _create(self, parent_id: str | None, child: Child) -> None:
        progress = self._progress(parent_id)
        task_run = TaskRun(
            id=task_run_id(self.execution.id, parent_id, child.task.id, child.iteration),
            execution_id=self.execution.id,
            task_id=child.task.id,
            sequence=len(self.execution.task_runs),
            branch=progress.branch,
            parent_id=parent_id,
            value=child.value,
            iteration=child.iteration,
            moments=(Moment(State.CREATED, self._now),),
        )
        self._set_children(parent_id, progress.children.with_created())
        self._put(task_run)
        self._enter(task_run, child.task)

    def _enter(self, task_run: TaskRun, task: Task) -> None:
        """Skip, fail or begin a task run that was just created."""
        try:
            wanted = task.run_if is None or is_true(self._render(self.execution, task_run, task.run_if))
        except ExpressionError as error:
            self._end(task_run, State.FAILED, message=f"runIf cannot be evaluated: {error}")
            return
        if not wanted:
            self._end(task_run, State.SKIPPED)
        elif isinstance(task, Flowable):
            self._put(replace(task_run.move(State.RUNNING, self._now), progress=Progress()))
            self._unsettled[task_run.id] = None
        elif isinstance(task, Runnable):
            self._attempt(task_run)
        else:
            self._end(task_run, State.FAILED, message=f"the task type `{task.type}` is not installed")

    def _end(self, task_run: TaskRun, result: State, *, message: str | None = None) -> None:
        """End a task run and tell its parent."""
        state = _allowed(self._flow.task(task_run.task_id), result)
        if state not in MOVES[task_run.state]:
            task_run = task_run.move(State.RUNNING, self._now)
        self._put(replace(task_run.move(state, self._now), message=message))
        children = self._progress(task_run.parent_id).children
        self._set_children(task_run.parent_id, children.with_ended(state))
        self._unsettled[task_run.parent_id] = None

    # Attempts

    def _attempt(self, task_run: TaskRun) -> None:
        """Ask for the next attempt of a task run."""
        number = len(task_run.attempts) + 1
        self._put(replace(task_run, attempts=(*task_run.attempts, Attempt(number))))
        self.effects.append(StartAttempt(task_run.id, number))

    def _started(self, task_run: TaskRun) -> None:
        if task_run.state not in (State.CREATED, State.RETRYING):
            return
        attempt = replace(task_run.attempts[-1], state=State.RUNNING, started_at=self._now)
        self._put(replace(task_run.move(State.RUNNING, self._now), attempts=(*task_run.attempts[:-1], attempt)))
        if self.execution.state is State.RETRYING:
            self._move_execution(State.RUNNING)

    def _succeeded(self, task_run: TaskRun, event: AttemptSucceeded) -> None:
        if task_run.state is State.KILLING:
            self._end(self._end_attempt(task_run, State.KILLED, outputs=event.outputs), State.KILLED)
            return
        retry = self._flow.retry(task_run.task_id)
        warned = retry is not None and retry.warning_on_retry and _tries(task_run) > 1
        state = State.WARNING if warned else event.state
        self._end(self._end_attempt(task_run, state, outputs=event.outputs), state)

    def _failed(self, task_run: TaskRun, event: AttemptFailed) -> None:
        result = State.KILLED if task_run.state is State.KILLING else State.FAILED
        ended = self._end_attempt(task_run, result, outputs=event.outputs, message=event.message)
        date = None if result is State.KILLED else self._retry_date(ended)
        if date is None:
            self._end(ended, result, message=event.message)
        else:
            self._wait(ended, date)

    def _lost(self, task_run: TaskRun) -> None:
        if task_run.state is State.KILLING:
            self._end(self._end_attempt(task_run, State.KILLED, message="the worker was lost"), State.KILLED)
            return
        ended = self._end_attempt(task_run, State.FAILED, message="the worker was lost", lost=True)
        if sum(attempt.lost for attempt in ended.attempts) == LOST_LIMIT:
            self._end(ended, State.FAILED, message=f"the worker was lost {LOST_LIMIT} times")
        else:
            # The task itself has not failed: no wait, and the retry is not used up.
            self._attempt(ended.move(State.RETRYING, self._now) if ended.state is State.RUNNING else ended)

    def _end_attempt(
        self,
        task_run: TaskRun,
        state: State,
        *,
        outputs: Mapping[str, object] | None = None,
        message: str | None = None,
        lost: bool = False,
    ) -> TaskRun:
        last = task_run.attempts[-1]
        started = last.started_at or self._now
        attempt = replace(last, state=state, started_at=started, ended_at=self._now, message=message, lost=lost)
        kept = dict(outputs) if outputs else task_run.outputs
        return replace(task_run, attempts=(*task_run.attempts[:-1], attempt), outputs=kept)

    def _retry_date(self, task_run: TaskRun) -> datetime | None:
        retry = self._flow.retry(task_run.task_id)
        if retry is None:
            return None
        first = task_run.attempts[0].started_at or self._now
        return retry.next_date(_tries(task_run), first=first, now=self._now, chance=self._chance)

    def _wait(self, task_run: TaskRun, date: datetime) -> None:
        started = task_run if task_run.state is State.RUNNING else task_run.move(State.RUNNING, self._now)
        self._put(started.move(State.RETRYING, self._now))
        self.effects.append(SetTimer(date, task_run.id, len(task_run.attempts)))
        if self.execution.state is State.RUNNING:
            self._move_execution(State.RETRYING)

    def _retry(self, task_run_id: str, attempt: int) -> None:
        task_run = self.execution.task_runs.get(task_run_id)
        waiting = task_run is not None and task_run.state is State.RETRYING and len(task_run.attempts) == attempt
        if task_run is not None and waiting and task_run.attempts[-1].state.ended:
            self._attempt(task_run)

    # Kill

    def _kill(self) -> None:
        if self.execution.state.ended or self.execution.state is State.KILLING:
            return
        begun = self.execution.state not in (State.CREATED, State.QUEUED)
        self._move_execution(State.KILLING if begun else State.KILLED)
        self.execution = replace(self.execution, done=not begun)
        for task_run in self.execution.in_order():
            if not task_run.state.ended:
                self._kill_task_run(task_run)
        self._unsettled[None] = None

    def _kill_task_run(self, task_run: TaskRun) -> None:
        """Stop a live task run: parents wait for their children, running work for its worker, the rest ends now."""
        if task_run.progress is not None:
            self._put(self.execution.task_runs[task_run.id].move(State.KILLING, self._now))
            self._unsettled[task_run.id] = None
        elif task_run.state is State.RUNNING:
            self._put(task_run.move(State.KILLING, self._now))
            self.effects.append(CancelAttempt(task_run.id, len(task_run.attempts)))
        else:
            self._end(task_run, State.KILLED)


def is_true(value: object) -> bool:
    """The flow language's truth: null, false, 0, -0 and the empty text are false; everything else is true."""
    return value is not None and str(value).strip().lower() not in ("", "false", "0", "-0")


def _allowed(task: Task, result: State) -> State:
    """A result after `allowFailure` and `allowWarning`."""
    if result is State.FAILED and task.allow_failure:
        result = State.WARNING
    if result is State.WARNING and task.allow_warning:
        return State.SUCCESS
    return result


def _tries(task_run: TaskRun) -> int:
    """Attempts that count for the retry: lost ones do not."""
    return sum(not attempt.lost for attempt in task_run.attempts)
