"""The watcher: when repositories are visited, what a burst of wakes costs, and what a failure leaves behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from gitops.errors import Conflict, GitFailed, NotFound, StoreFailed
from gitops.sync.reconcile import Reconciler
from gitops.sync.watched import Watched
from gitops.sync.watcher import Every, Watcher
from tests.sync.world import World, flow

_HELLO = "company/team/hello.yml"
_WAIT = 20.0


class Gate:
    """A checkpoint that counts visits and can hold them after their fetch."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open = True
        self.visits = 0

    def __call__(self, step: str) -> None:
        if step == "fetched":
            with self._changed:
                self.visits += 1
                self._changed.notify_all()
                assert self._changed.wait_for(lambda: self._open, _WAIT)

    def close(self) -> None:
        self._open = False

    def open(self) -> None:
        with self._changed:
            self._open = True
            self._changed.notify_all()

    def await_visits(self, number: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.visits >= number, _WAIT), f"{self.visits} visits"


def _never(_name: str, _seconds: float, _call: Callable[[], None]) -> None:
    """No polling."""


@contextmanager
def _watching(reconciler: Reconciler, *repositories: Watched, every: Every = _never) -> Iterator[Watcher]:
    watcher = Watcher(repositories, reconciler, every=every)
    watcher.start()
    try:
        yield watcher
    finally:
        watcher.stop()


def _gone(world: World) -> None:
    world.remote.path.rename(world.folder / "gone.git")


def _back(world: World) -> None:
    (world.folder / "gone.git").rename(world.remote.path)


def test_every_repository_is_visited_at_the_start(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    gate = Gate()

    with _watching(world.new_reconciler(gate), world.repository, world.watched("second")):
        gate.await_visits(2)


def test_a_sync_returns_the_commit_that_was_pushed_before_it(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    with _watching(world.reconciler, world.repository) as watcher:
        for message in ("one", "two", "three"):
            sha = world.push({_HELLO: flow("hello", message=message)})
            record = watcher.sync("flows")
            assert (record.sha, record.verdict) == (sha, "deployed")


def test_a_sync_waits_for_a_visit_that_began_after_it(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    gate = Gate()
    gate.close()
    with _watching(world.new_reconciler(gate), world.repository) as watcher, ThreadPoolExecutor() as threads:
        gate.await_visits(1)
        sha = world.push({_HELLO: flow("hello", message="pushed while the first visit ran")})
        synced = threads.submit(watcher.sync, "flows")
        gate.open()
        assert synced.result(_WAIT).sha == sha
        assert gate.visits == 2


def test_wakes_during_a_visit_become_one_visit_after_it(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    gate = Gate()
    gate.close()
    with _watching(world.new_reconciler(gate), world.repository) as watcher:
        gate.await_visits(1)
        for _ in range(20):
            watcher.wake("flows")
        gate.open()
        gate.await_visits(2)
        watcher.sync("flows")

    assert gate.visits == 3


def test_syncs_at_once_share_a_visit(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    gate = Gate()
    gate.close()
    with _watching(world.new_reconciler(gate), world.repository) as watcher, ThreadPoolExecutor(8) as threads:
        gate.await_visits(1)
        asked = threading.Barrier(9)

        def sync(_: int) -> str:
            asked.wait(_WAIT)
            return watcher.sync("flows").sha

        synced = [threads.submit(sync, number) for number in range(8)]
        asked.wait(_WAIT)
        gate.open()
        shas = {future.result(_WAIT) for future in synced}

    assert len(shas) == 1
    assert gate.visits < 9


def test_each_repository_is_polled_by_its_interval(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    asked: dict[str, tuple[float, Callable[[], None]]] = {}

    def every(name: str, seconds: float, call: Callable[[], None]) -> None:
        asked[name] = (seconds, call)

    gate = Gate()
    slow = world.watched("slow", interval=300.0)
    with _watching(world.new_reconciler(gate), world.repository, slow, every=every):
        gate.await_visits(2)
        assert {name: seconds for name, (seconds, _) in asked.items()} == {"visit flows": 60.0, "visit slow": 300.0}
        asked["visit slow"][1]()
        gate.await_visits(3)


def test_a_repository_that_cannot_be_fetched_keeps_its_error_until_it_can(world: World) -> None:
    good = world.deploy({_HELLO: flow("hello")})
    with _watching(world.reconciler, world.repository) as watcher:
        watcher.sync("flows")
        _gone(world)
        with pytest.raises(GitFailed, match="cannot fetch") as caught:
            watcher.sync("flows")
        assert world.row().error == str(caught.value)
        assert (world.row().deployed, list(world.live())) == (good.sha, ["hello"])

        _back(world)
        watcher.sync("flows")
        assert world.row().error is None


def test_a_repository_that_never_could_be_fetched_has_a_row_with_its_error(world: World) -> None:
    _gone(world)
    with _watching(world.reconciler, world.repository) as watcher, pytest.raises(GitFailed):
        watcher.sync("flows")

    assert "cannot fetch" in (world.row().error or "")


def test_a_failed_visit_is_repeated_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[int] = []

    def backoff(attempts: int) -> float:
        waits.append(attempts)
        if attempts == 2:
            _back(world)
        return 0.0

    monkeypatch.setattr("gitops.sync.watcher.backoff", backoff)
    world.push({_HELLO: flow("hello")})
    _gone(world)
    gate = Gate()
    with _watching(world.new_reconciler(gate), world.repository):
        gate.await_visits(1)

    assert waits == [0, 1, 2]


def test_an_absent_branch_is_shown_on_the_repository(world: World) -> None:
    world.push({_HELLO: flow("hello")}, branch="master")
    with _watching(world.reconciler, world.repository) as watcher, pytest.raises(GitFailed) as caught:
        watcher.sync("flows")

    assert world.row().error == str(caught.value)
    assert str(caught.value).startswith("expected the branch `main`, found `master`")


def test_a_mistake_of_ours_is_shown_and_does_not_end_the_visits(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    mistakes = [RuntimeError("a mistake")]

    def checkpoint(step: str) -> None:
        if step == "fetched" and mistakes:
            raise mistakes.pop()

    with _watching(world.new_reconciler(checkpoint), world.repository) as watcher:
        while mistakes or world.live() == {}:
            try:
                watcher.sync("flows")
            except RuntimeError:
                assert world.row().error == "gitops failed: a mistake"

    assert list(world.live()) == ["hello"]


def test_a_sync_tells_a_failed_story_again(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    mistakes = [RuntimeError("a mistake")]

    def checkpoint(step: str) -> None:
        if step == "linted" and mistakes:
            raise mistakes.pop()

    gate = Gate()
    reconciler = world.new_reconciler(checkpoint)
    assert reconciler.reconcile(world.repository).verdict == "failed"
    with _watching(world.new_reconciler(gate), world.repository) as watcher:
        gate.await_visits(1)
        assert watcher.sync("flows").verdict == "deployed"


def test_a_store_that_cannot_be_written_fails_the_visit_only(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    world.store.journal.close()
    with _watching(world.reconciler, world.repository) as watcher:
        for _ in range(2):
            with pytest.raises(StoreFailed):
                watcher.sync("flows")


def test_an_unknown_repository_is_not_found(world: World) -> None:
    with _watching(world.reconciler, world.repository) as watcher:
        for call in (watcher.sync, watcher.wake):
            with pytest.raises(NotFound, match="there is no repository `other` in the settings"):
                call("other")


def test_a_stopping_service_leaves_nobody_waiting(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    gate = Gate()
    gate.close()
    with _watching(world.new_reconciler(gate), world.repository) as watcher, ThreadPoolExecutor() as threads:
        gate.await_visits(1)
        synced = threads.submit(watcher.sync, "flows")
        stopped = threads.submit(watcher.stop)
        with pytest.raises(Conflict, match="the service does not run; repository `flows` was not visited"):
            synced.result(_WAIT)
        gate.open()
        stopped.result(_WAIT)


def test_a_watcher_that_does_not_run_says_so(world: World) -> None:
    watcher = Watcher([world.repository], world.reconciler, every=_never)

    with pytest.raises(Conflict):
        watcher.sync("flows")
    watcher.stop()
