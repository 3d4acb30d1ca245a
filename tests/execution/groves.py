"""Random flows of all flowables, and somebody who does random things to their executions.

Everything follows from a seed: drawing each choice from Hypothesis takes a hundred times longer than the machine does.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any

from gitops.execution.effects import KillChildren, RestartChild, StartAttempt
from gitops.execution.events import (
    AttemptFailed,
    AttemptLost,
    AttemptStarted,
    AttemptSucceeded,
    ChildBegun,
    ChildCreated,
    ChildEnded,
    ChildGone,
    ChildRefused,
    Created,
    Event,
    ForceRunAsked,
    KillAsked,
    PauseAsked,
    RestartAsked,
    ResumeAsked,
    TaskRunMarked,
    TimerFired,
)
from gitops.execution.holding import Holding
from gitops.execution.machine.replaying import from_task_run
from gitops.execution.state import Branch, Caller, State, TaskRun
from tests.execution.play import Data, Player, execution_task, flow_task, give, read_tree

MOST_STEPS = 1_500
_MARKS = [State.SUCCESS, State.WARNING, State.FAILED, State.KILLED]
_ENDS = [State.SUCCESS, State.SUCCESS, State.WARNING, State.FAILED, State.KILLED, State.CANCELLED]

_OPTIONS: dict[str, list[Any]] = {
    "allowFailure": [True, False],
    "allowWarning": [True, False],
    "disabled": [False, False, False, True],
    "runIf": ["true", "true", "false", "{{ inputs.missing }}"],
    "retry": [
        {"type": "constant", "interval": "PT1S", "maxAttempts": 2},
        {"type": "constant", "interval": "PT1S", "maxAttempts": 3, "warningOnRetry": True},
        {"type": "constant", "interval": "PT1S", "maxAttempts": 1, "behavior": "CREATE_NEW_EXECUTION"},
    ],
}
"""Each is given one time out of five."""
_CALLS = ["RETRY_FAILED", "NEW_EXECUTION"]


class Grower:
    """Draws one flow."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._numbers = count()

    def flow(self) -> Data:
        return {
            "tasks": self.some(3, least=1),
            "errors": self.some(1),
            "finally": self.some(1),
            "afterExecution": self.some(0),
        }

    def some(self, depth: int, *, least: int = 0) -> list[Data]:
        return [self.task(depth) for _ in range(self._random.randint(least, 3 if least else 1))]

    def task(self, depth: int) -> Data:
        name = f"t{next(self._numbers)}"
        options = {key: self._random.choice(some) for key, some in _OPTIONS.items() if self._random.random() < 0.2}
        makers = [self.leaf, self.leaf, self.call, self.hold, self.pause, self.edit]
        inner = [self.group, self.group, self.loop, self.until, self.dag, self.choice, self.paused_group]
        make: Callable[[str, int], Data] = self._random.choice([*makers, *inner, *inner] if depth else makers)
        return {**make(name, depth), **options}

    def leaf(self, name: str, _depth: int) -> Data:
        return give(name)

    def edit(self, name: str, _depth: int) -> Data:
        kind = self._random.choice(["Labels", "Labels", "Labels", "Exit", "Kill"])
        if kind == "Exit":
            return execution_task(kind, name, state=self._random.choice(["SUCCESS", "WARNING", "FAILED", "KILLED"]))
        return execution_task(kind, name, **({"labels": {name: "1"}} if kind == "Labels" else {}))

    def call(self, name: str, _depth: int) -> Data:
        waits, transmits = self._random.choice((True, False)), self._random.choice((True, False))
        again = self._random.choice(_CALLS)
        more = {"wait": waits, "transmitFailed": transmits, "restartBehavior": again}
        return flow_task("Subflow", name, namespace="tests", flowId="called", **more)

    def hold(self, name: str, _depth: int) -> Data:
        tasks = [give(f"{name}_{number}") for number in range(self._random.randint(1, 3))]
        return flow_task("WorkingDirectory", name, *tasks, **self._endings())

    def pause(self, name: str, _depth: int) -> Data:
        limit = self._random.choice([{}, {"timeout": "PT1S"}, {"pauseDuration": "PT1S"}])
        behavior = self._random.choice(["RESUME", "WARN", "FAIL", "CANCEL"])
        return flow_task("Pause", name, behavior=behavior, **limit)

    def paused_group(self, name: str, depth: int) -> Data:
        if self._random.choice((True, False)):
            return flow_task("Pause", name, onPause=give(f"{name}_on"), tasks=self.some(depth - 1), **self._endings())
        branches = {"onWait": self.some(0), "onApprove": self.some(0), "onDeny": self.some(0)}
        words = ["CONTINUE", "WARN", "FAIL", "SUCCEED", "CANCEL", "KILL"]
        ways = {way: self._random.choice(words) for way in ("approveBehavior", "denyBehavior", "expireBehavior")}
        return flow_task(
            "Approval", name, **branches, **ways, timeout="PT1S", autoApprove=self._random.choice((True, False))
        )

    def group(self, name: str, depth: int) -> Data:
        kind = self._random.choice(["Sequential", "Parallel", "AllowFailure"])
        more = {"concurrent": self._random.randint(0, 2)} if kind == "Parallel" else {}
        return flow_task(kind, name, *self.some(depth - 1, least=1), **more, **self._endings())

    def loop(self, name: str, depth: int) -> Data:
        kind = self._random.choice(["ForEach", "Loop", "EachSequential", "EachParallel"])
        values = self._random.choice([[], ["x"], ["x", "y"], ["x", "y", "z"]])
        more: Data = {"value" if kind.startswith("Each") else "values": values}
        if kind in ("ForEach", "Loop"):
            more["concurrencyLimit"] = self._random.randint(0, 2)
        if kind == "Loop":
            more["transmitFailed"] = self._random.choice((True, False))
            more["breakWhen"] = self._random.choice(["false", "true", "{{ inputs.missing }}"])
        return flow_task(kind, name, *self.some(depth - 1, least=1), **more, **self._endings())

    def until(self, name: str, depth: int) -> Data:
        most, fails = self._random.randint(1, 3), self._random.choice((True, False))
        frequency = {"interval": self._random.choice(["PT0S", "PT1S"]), "maxIterations": most}
        more = {"condition": "false", "checkFrequency": frequency, "failOnMaxReached": fails}
        return flow_task("LoopUntil", name, *self.some(depth - 1, least=1), **more, **self._endings())

    def dag(self, name: str, depth: int) -> Data:
        tasks = self.some(depth - 1, least=1)
        ids = [task["id"] for task in tasks]
        items = [
            {"task": task, "dependsOn": [other for other in ids[:place] if self._random.choice((True, False))]}
            for place, task in enumerate(tasks)
        ]
        limit = self._random.randint(0, 2)
        return {**flow_task("Dag", name, concurrent=limit, **self._endings()), "tasks": items}

    def choice(self, name: str, depth: int) -> Data:
        then, otherwise = self.some(depth - 1, least=1), self.some(depth - 1)
        if self._random.choice((True, False)):
            condition = self._random.choice(["true", "false"])
            return flow_task("If", name, condition=condition, then=then, **{"else": otherwise}, **self._endings())
        value = self._random.choice(["a", "b"])
        return flow_task("Switch", name, value=value, cases={"a": then}, defaults=otherwise, **self._endings())

    def _endings(self) -> Data:
        return {"errors": self.some(0), "finally_": self.some(0)}


class Operator(Player):
    """Plays the workers, the clock and the called executions in a random order, and may do what operators do.

    `pending` are calls that nobody has answered: who calls, whether it waits, and whether it is a restart.
    """

    random: Random
    wishes: int = 0
    pending: list[tuple[Caller, bool, bool]]
    created: list[Caller]

    @classmethod
    def of(cls, seed: int) -> Operator:
        """The execution of a random flow."""
        random = Random(seed)
        flow = Grower(random).flow()
        tasks = flow["tasks"]
        operator = cls(read_tree(*tasks, **{name: value for name, value in flow.items() if name != "tasks"}))
        operator.random, operator.pending, operator.created = random, [], []
        return operator

    def pick(self, options: list[Any]) -> Any:
        return self.random.choice(options)

    def play(self, *, wishes: int) -> None:
        """Until nothing is left to happen; with as many wishes of an operator."""
        self.wishes = wishes
        self.give_only(Created())
        for _ in range(MOST_STEPS):
            moves = self._moves()
            if not moves:
                return
            self.pick(moves)()
        raise AssertionError("the execution does not end")

    def _moves(self) -> list[Callable[[], None]]:
        self._gather()
        moves: list[Callable[[], None]] = []
        moves += [self._attempt] * bool(self.open)
        moves += [self._time] * bool(self.timers)
        moves += [self._create] * bool(self.pending)
        moves += [self._end_call] * bool(self.created)
        running = [run for run in self.execution.in_order() if self._works(run)]
        moves += [lambda: self._work_on(self.pick(running))] * bool(running)
        if self.state == "PAUSED" or self.execution.paused:
            moves.append(self._resume)
        if (moves and self.wishes) or (self.wishes and self.execution.done):
            moves.append(self._wish)
        return moves

    def _gather(self) -> None:
        """Sort what was asked for."""
        while self.calls or self.others:
            self.pending += [(call.caller, call.wait, False) for call in self.calls]
            others, self.calls, self.others = self.others, [], []
            self.pending += [(effect.caller, True, True) for effect in others if isinstance(effect, RestartChild)]
            for effect in others:
                if isinstance(effect, KillChildren):
                    self._kill_called(effect.task_run_id)

    def _works(self, run: TaskRun) -> bool:
        """Whether a worker is at it."""
        live = run.state in (State.RUNNING, State.KILLING) and bool(run.attempts) and not run.attempts[-1].state.ended
        calls = any(caller.task_run_id == run.id for caller in [*self.created, *(each for each, _, _ in self.pending)])
        return live and not calls and self.flow.task(run.task_id).type.find("Subflow") < 0 and not self._held(run)

    def _held(self, run: TaskRun) -> bool:
        parent = self.execution.task_runs.get(run.parent_id) if run.parent_id else None
        return parent is not None and isinstance(self.flow.task(parent.task_id), Holding) and run.branch is Branch.TASKS

    def _attempt(self) -> None:
        start: StartAttempt = self.open.pop(self.random.randrange(len(self.open)))
        event = AttemptStarted(start.task_run_id, start.attempt)
        self.give_only(event)
        assert not self.give_only(event).changed, "a claim holds once"

    def _work_on(self, run: TaskRun) -> None:
        task, number = self.flow.task(run.task_id), len(run.attempts)
        if isinstance(task, Holding) and run.state is State.RUNNING:
            self._run_held(run)
            run = self.execution.task_runs[run.id]
            if run.state.ended:
                return
        held = any(child.parent_id == run.id and not child.state.ended for child in self.execution.in_order())
        end = self.pick(["failure", "lost"] if held else ["success", "success", "failure", "lost"])
        if end == "lost":
            event: AttemptLost | AttemptFailed | AttemptSucceeded = AttemptLost(run.id, number)
        elif end == "failure":
            event = AttemptFailed(run.id, number, "it failed")
        else:
            event = AttemptSucceeded(run.id, number, {"value": run.task_id})
        self.give_only(event)
        assert not self.give_only(event).changed, "old news changes nothing"

    def _run_held(self, run: TaskRun) -> None:
        """Some of the children of a WorkingDirectory, as its worker would run them."""
        for task in self.flow.branch(self.flow.task(run.task_id), Branch.TASKS):
            if self.execution.task_runs[run.id].state is not State.RUNNING or self.random.random() < 0.5:
                return
            if any(child.task_id == task.id and child.parent_id == run.id for child in self.execution.in_order()):
                return
            self.give_only(ChildBegun(run.id, len(run.attempts), task.id))
            child = next(
                (each for each in self.execution.in_order() if each.task_id == task.id and each.parent_id == run.id),
                None,
            )
            if child is not None and child.attempts and not child.state.ended:
                self.give_only(AttemptStarted(child.id, 1))
                self.give_only(self.pick([AttemptSucceeded(child.id, 1), AttemptFailed(child.id, 1, "it failed")]))

    def _time(self) -> None:
        timer = self.timers.pop(self.random.randrange(len(self.timers)))
        self.now = max(self.now, timer.at)
        event = TimerFired(timer.purpose, timer.subject, timer.number)
        self.give_only(event)
        assert not self.give_only(event).changed, "a timer counts once"

    def _create(self) -> None:
        caller, waits, again = self.pending.pop(0)
        what = self.pick(["created", "created", "created", "refused", "gone"])
        if what == "gone" and again:
            self.give_only(ChildGone(caller.task_run_id, caller.attempt, caller.index))
        elif what == "refused":
            self.give_only(ChildRefused(caller.task_run_id, caller.attempt, caller.index, "no"))
        else:
            self.give_only(ChildCreated(caller.task_run_id, caller.attempt, caller.index, "child"))
            self.created += [caller] if waits else []

    def _end_call(self) -> None:
        self._ended(self.created.pop(self.random.randrange(len(self.created))), self.pick(_ENDS))

    def _ended(self, caller: Caller, state: State) -> None:
        self.give_only(ChildEnded(caller.task_run_id, caller.attempt, caller.index, "child", state, {"n": 1}))

    def _kill_called(self, task_run_id: str | None) -> None:
        killed = [caller for caller in self.created if task_run_id in (None, caller.task_run_id)]
        self.created = [caller for caller in self.created if caller not in killed]
        for caller in killed:
            self._ended(caller, State.KILLED)

    def _resume(self) -> None:
        paused = [run.id for run in self.execution.in_order() if run.state is State.PAUSED]
        self.give_only(ResumeAsked(self.pick([None, *paused]), decision=self.pick([None, "APPROVED", "DENIED"])))

    def _wish(self) -> None:
        self.wishes -= 1
        runs = self.execution.in_order()
        wish = self.pick(["kill", "pause", "force", "restart", "restart", "mark", "replay"])
        if wish == "mark" and runs:
            self.give_only(TaskRunMarked(self.pick(runs).id, self.pick(_MARKS)))
        elif wish == "replay" and self.execution.done:
            self._replay([run for run in runs if self._may_replay(run)])
        else:
            plain: dict[str, Event] = {"kill": KillAsked(), "pause": PauseAsked(), "restart": RestartAsked()}
            self.give_only(plain.get(wish, ForceRunAsked()))

    def _may_replay(self, run: TaskRun | None) -> bool:
        while run is not None and run.branch is Branch.TASKS:
            run = self.execution.task_runs.get(run.parent_id) if run.parent_id else None
        return run is None

    def _replay(self, runs: list[TaskRun]) -> None:
        if not runs:
            return
        new_id = f"again{self.wishes}"
        self.execution = from_task_run(
            self.flow, self.execution, self.pick(runs).id, new_id=new_id, now=self.now, revision=1
        )
        self.open, self.timers, self.pending, self.created = [], [], [], []
        self.give_only(Created())
