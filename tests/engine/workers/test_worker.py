"""Claims: an attempt begins once, at once where a worker is free, and never after somebody has stopped it."""

from __future__ import annotations

import threading

import pytest

from gitops.engine.queues.local import LocalQueue
from gitops.engine.queues.queue import Assignment
from gitops.execution.state import State
from tests.engine.workshop import Workshop, states

SCRIPTS = """
    id: scripts
    namespace: company.team
    tasks:
      - {id: one, type: io.kestra.plugin.scripts.shell.Commands, commands: ['true']}
      - {id: two, type: io.kestra.plugin.scripts.shell.Commands, commands: ['true']}
"""
SLOW = """
    id: slow
    namespace: company.team
    tasks:
      - {id: wait, type: io.kestra.plugin.scripts.shell.Commands, commands: ['sleep 3600']}
"""


class HeldQueue:
    """Lets a test look between the moment at which an attempt is put and the one at which its worker begins."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, free: bool = True) -> None:
        self.came = threading.Event()
        self._held: list[tuple[LocalQueue, Assignment, bool]] = []
        self._put = LocalQueue.put
        monkeypatch.setattr(LocalQueue, "put", lambda queue, each, *, reserved=False: self.put(queue, each, reserved))
        if not free:
            monkeypatch.setattr(LocalQueue, "reserve", lambda queue: False)

    def put(self, queue: LocalQueue, assignment: Assignment, reserved: bool) -> None:
        self._held.append((queue, assignment, reserved))
        self.came.set()

    def let_go(self) -> None:
        for queue, assignment, reserved in self._held:
            self._put(queue, assignment, reserved=reserved)


@pytest.mark.parametrize(("free", "state"), [(True, State.RUNNING), (False, State.CREATED)])
def test_an_attempt_runs_as_soon_as_it_is_put_where_a_worker_is_free(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, free: bool, state: State
) -> None:
    queue = HeldQueue(monkeypatch, free=free)
    workshop.add(SCRIPTS)
    execution = workshop.engine.create("company.team", "scripts")
    assert queue.came.wait(10)
    assert states(workshop.load(execution.id)) == {"one": state}
    monkeypatch.undo()
    queue.let_go()
    assert workshop.engine.wait(execution.id, 20).state is State.SUCCESS


def test_what_is_killed_before_its_worker_begins_is_stopped_at_once(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = HeldQueue(monkeypatch)
    workshop.add(SLOW)
    execution = workshop.engine.create("company.team", "slow")
    assert queue.came.wait(10)
    workshop.engine.operations.kill(execution.id)
    queue.let_go()
    assert workshop.engine.wait(execution.id, 20).state is State.KILLED
