"""A world: one store, one process after the other over it, and the steps that chance takes in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

from gitops.engine.queues.queue import Assignment
from gitops.engine.revisions import read_source
from gitops.errors import TaskFailed
from gitops.execution.events import (
    AttemptFailed,
    AttemptSucceeded,
    ChildBegun,
    Event,
    TimerFired,
)
from gitops.execution.runnable import RunContext
from gitops.execution.tree import FlowTree
from gitops.store.database import Connection, Database
from gitops.store.flows import Revision
from tests.simulation.clockwork import BEGIN, Clock
from tests.simulation.faults import random_faults
from tests.simulation.fibers import Crash, wait_until
from tests.simulation.flows import random_flows
from tests.simulation.journal import is_no_bug
from tests.simulation.process import SLOTS, Complaints, Process, without_threads
from tests.simulation.watch import Violation, Watch, require
from tests.simulation.wishes import Wish, Wishes
from tests.simulation.work import KINDS, PERFORM, Answer

_MOST_CALM_STEPS = 20_000
# What is told by other threads; the rest is told once, inside the transaction in which it happens or at the start.
_NEWS = AttemptSucceeded | AttemptFailed | TimerFired | ChildBegun
Action = Callable[[], None]


class World:
    """Everything follows from the seed."""

    def __init__(self, seed: int, database: Database, folder: Path) -> None:
        self.story: list[str] = []
        self._dice = Random(seed)
        self._clock = Clock(self._dice)
        self._free = Random(f"free workers {seed}")
        self._share = self._free.choice([0.0, 0.5, 1.0])
        self._faults = random_faults(self._dice)
        self._sources = {flow["id"]: json.dumps(flow) for flow in random_flows(self._dice)}
        self.story += self._sources.values()
        trees = {id_: FlowTree(read_source(source, KINDS)) for id_, source in self._sources.items()}
        self._watch = Watch(trees)
        self._wishes = Wishes(self._dice, self._clock, self._watch, list(trees))
        self._database = database
        self._folder = folder
        self._problems: list[BaseException] = []
        self._handed_out: list[Assignment] = []
        self._calm = False
        self._process = self._boot()

    @contextmanager
    def rules(self) -> Iterator[None]:
        """Let the engine live in this world."""
        PERFORM.append(self._perform)
        try:
            with self._clock.rules(), without_threads(), Complaints(self._tell).heard():
                yield
        finally:
            PERFORM.pop()
            self._process.die()

    def live(self) -> None:
        """Deploy the flows, let things happen, then let everything come to its end; raises Violation."""
        self._deploy()
        self._start()
        for _ in range(self._dice.randint(1, 3)):
            self._spawn(*self._wishes.new_execution(self._process.engine))
        for _ in range(self._faults.steps):
            self._step()
        self._calm = True
        self._come_to_rest()
        self._crash("once more, at the end")
        self._come_to_rest()
        require(not self._process.queue.kept, f"{self._process.queue.kept} workers wait for what was promised")
        require(not self._process.timers.set, f"timers are left: {list(self._process.timers.set)}")

    # Processes

    def _boot(self) -> Process:
        watch = self._watch
        return Process(
            self._database,
            self._folder,
            note=watch.note,
            forget=watch.forget,
            committed=self._committed,
            told=self._tell,
            is_free=lambda: self._free.random() < self._share,
        )

    def _committed(self) -> None:
        seen = len(self._watch.news)
        try:
            self._watch.committed(self._process.store)
        finally:
            for id_, event in self._watch.news[seen:]:
                self._say(f"    {id_} takes {event}; {self._watch.known[id_].state}")

    def _deploy(self) -> None:
        store = self._process.store

        def add(connection: Connection) -> None:
            for id_, source in self._sources.items():
                flow = Revision(namespace="simulated", flow_id=id_, source=source, created_at=BEGIN)
                store.flows.add(connection, flow)

        store.journal.write(add)

    def _start(self) -> None:
        """Let the process recover what the last one left; it can die of that too."""
        process = self._process
        process.spawn("start", process.engine.start)
        while process.queue.work is None and self._process is process:
            self._do("start", self._commit if not process.fibers[0].ready else lambda: self._go_on(0))

    def _crash(self, why: str) -> None:
        self._say(f"crash: {why}")
        self._process.die()
        self._watch.forget()
        self._process = self._boot()
        self._start()

    # Steps

    def _step(self) -> None:
        actions = self._actions()
        names, weights = list(actions), [weight for weight, _ in actions.values()]
        name = self._dice.choices(names, weights)[0]
        self._do(name, actions[name][1])

    def _do(self, name: str, action: Action) -> None:
        try:
            action()
        except Crash:
            self._crash(f"in the middle of {name}")
        if self._problems:
            problem = self._problems[0]
            raise Violation(f"{type(problem).__name__}: {problem}") from problem

    def _actions(self) -> dict[str, tuple[float, Action]]:
        process, faults = self._process, self._faults
        ready = [index for index, fiber in enumerate(process.fibers) if fiber.ready]
        found: dict[str, tuple[float, Action]] = {"time": (3, self._let_time_pass)}
        if ready:
            found["go on"] = (10, lambda: self._go_on(self._dice.choice(ready)))
        if process.journal.pending:
            found["commit"] = (10, self._commit)
            found["refuse"] = (faults.refusal, self._refuse)
            found["half done"] = (faults.half_done, self._die_half_way)
        if process.queue.waiting and process.workers < SLOTS:
            found["hand out"] = (10, self._hand_out)
        if process.timers.due(self._clock.now):
            found["ring"] = (10, self._ring)
        found["crash"] = (faults.crash, lambda: self._crash("at once"))
        found["jump"] = (faults.jump, self._jump)
        found["wish"] = (faults.wish, self._wish)
        found["old news"] = (faults.old_news, self._repeat_news)
        found["create"] = (0.3, lambda: self._spawn(*self._wishes.new_execution(process.engine)))
        return found

    def _go_on(self, index: int) -> None:
        fiber = self._process.fibers[index]
        fiber.go_on()
        if fiber.over and fiber in self._process.fibers:
            self._process.fibers.remove(fiber)
            if fiber.problem is not None:
                self._say(f"{fiber.name}: {type(fiber.problem).__name__}: {fiber.problem}")
                self._tell(fiber.problem)

    def _commit(self) -> None:
        pending = len(self._process.journal.pending)
        self._process.journal.commit(self._dice.randint(1, pending) if pending else None)

    def _refuse(self) -> None:
        self._say("the store refuses a commit")
        self._process.journal.refuses = True
        self._commit()

    def _die_half_way(self) -> None:
        self._process.journal.fuse = self._dice.randint(0, 3)
        self._commit()
        self._process.journal.fuse = None

    def _hand_out(self) -> None:
        waiting = self._process.queue.waiting
        index = self._dice.randrange(len(waiting))
        assignment = waiting[index]
        if self._dice.random() * 20 >= self._faults.duplicate:
            del waiting[index]
        self._say(f"hand out {assignment}")
        self._handed_out.append(assignment)
        self._process.hand_out(assignment)

    def _ring(self) -> None:
        timers = self._process.timers
        name = self._dice.choice(timers.due(self._clock.now))
        date, _ = timers.set[name]
        call = timers.take(name)
        if self._dice.random() * 20 < self._faults.duplicate:
            timers.at(name, date, call)
        self._say(f"ring {name}")
        self._process.spawn(f"timer {name}", call)

    def _let_time_pass(self) -> None:
        self._clock.pass_by(timedelta(seconds=self._dice.choice([0.1, 1, 5, 20])))

    def _jump(self) -> None:
        self._clock.pass_by(timedelta(minutes=self._dice.choice([-120, -5, 5, 120])))
        self._say(f"the clock jumps to {self._clock.now}")

    def _wish(self) -> None:
        wish = self._wishes.draw(self._process.engine)
        if wish is not None:
            self._spawn(*wish)

    def _spawn(self, name: str, wish: Wish) -> None:
        self._say(name)
        self._process.spawn(name, wish)

    def _repeat_news(self) -> None:
        """Tell the dispatcher again what it has been told before: nothing may change."""
        news = [(id_, event) for id_, event in self._watch.news if isinstance(event, _NEWS)]
        if self._handed_out and self._dice.random() < 0.3:
            self._process.queue.put(self._dice.choice(self._handed_out))
        elif news:
            id_, event = self._dice.choice(news)
            self._spawn(f"again: {event} of {id_}", lambda: self._send_again(id_, event))

    def _send_again(self, execution_id: str, event: Event) -> None:
        handled = self._process.engine._dispatcher.send(execution_id, event).result()
        require(not handled.changed, f"{event} of {execution_id} was taken twice")

    # Work

    def _perform(self, context: RunContext) -> Answer:
        """An attempt of a simulated task."""
        for _ in range(self._dice.randint(0, 3)):
            wait_until(lambda: True)
        if context.killed and self._dice.random() < 0.8:
            raise TaskFailed("it was stopped")
        if not self._calm and self._dice.random() < self._faults.failure:
            if self._dice.random() < 0.1:
                raise RuntimeError("a bug in a task")
            raise TaskFailed("it failed", outputs={"number": 0})
        return Answer(lucky=self._dice.random() < 0.5, number=self._dice.randint(0, 9))

    # The end

    def _come_to_rest(self) -> None:
        """Let everything end: no faults any more, and whoever waits for somebody is resumed."""
        for _ in range(_MOST_CALM_STEPS):
            action = self._calm_action()
            if action is None:
                break
            self._do("rest", action)
        open_ = [each for each in self._watch.known.values() if not each.done]
        require(not open_, f"these never end: {[(each.id, each.flow_id, each.state.value) for each in open_]}")

    def _calm_action(self) -> Action | None:
        process = self._process
        index = next((index for index, fiber in enumerate(process.fibers) if fiber.ready), None)
        if index is not None:
            return lambda: self._go_on(index)
        if process.journal.pending:
            return process.journal.commit
        if process.queue.waiting and process.workers < SLOTS:
            return lambda: process.hand_out(process.queue.waiting.pop(0))
        due = process.timers.next()
        if due is not None:
            return self._ring_next
        return self._resume_one()

    def _ring_next(self) -> None:
        timers = self._process.timers
        name, (date, _) = min(timers.set.items(), key=lambda item: item[1][0])
        self._clock.now = max(self._clock.now, date)
        self._process.spawn(f"timer {name}", timers.take(name))

    def _resume_one(self) -> Action | None:
        """Somebody resumes what has waited for that all along."""
        paused = [each.id for each in self._watch.known.values() if each.paused or each.state.value == "PAUSED"]
        if not paused:
            return None
        engine = self._process.engine
        return lambda: self._spawn(f"resume {paused[0]}", lambda: engine.operations.resume(paused[0]))

    def _tell(self, problem: BaseException) -> None:
        if not is_no_bug(problem):
            self._problems.append(problem)

    def _say(self, line: str) -> None:
        self.story.append(f"{self._clock.now:%d %H:%M:%S} {line}")
