"""Crashes: a process may die after any step, and the next one ends every story with one verdict."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.replacing import replace
from tests.stubs.github import GitHubStub
from tests.sync.world import Crash, World, flow

_HELLO = "company/team/hello.yml"
_STEPS = ["fetched", "pending-enqueued", "linted", "applied"]


def _crash_at(step: str) -> Callable[[str], None]:
    def checkpoint(reached: str) -> None:
        if reached == step:
            raise Crash(step)

    return checkpoint


def _die(world: World, step: str) -> None:
    """A process that reconciles and dies after the step; what comes after it is a new process."""
    with pytest.raises(Crash):
        world.new_reconciler(_crash_at(step)).reconcile(world.repository)
    world.clock.forward(60)
    world.outbox = world.new_outbox()
    world.reconciler = world.new_reconciler()


@pytest.mark.parametrize("step", _STEPS)
def test_a_good_commit_is_deployed_once_whenever_the_process_died(world: World, step: str) -> None:
    sha = world.push({_HELLO: flow("hello")})
    _die(world, step)

    record = world.reconcile()

    assert (record.sha, record.verdict, record.description) == (sha, "deployed", "1 created")
    assert world.told(sha) == [("pending", "linting"), ("success", "1 created")]
    assert world.live()["hello"].revision == 1


@pytest.mark.parametrize("step", _STEPS)
def test_a_bad_commit_is_refused_once_whenever_the_process_died(world: World, step: str) -> None:
    good = world.deploy({_HELLO: flow("hello")})
    sha = world.push({_HELLO: flow("Hello!")})
    _die(world, step)

    record = world.reconcile()

    assert (record.sha, record.verdict) == (sha, "refused")
    assert world.told(sha) == [("pending", "linting"), ("failure", "1 error in 1 file")]
    assert [finding["rule"] for finding in world.findings(sha)] == ["id-changed", "invalid-id"]
    assert world.row().deployed == good.sha


@pytest.mark.parametrize("step", _STEPS)
def test_a_linted_commit_is_told_once_whenever_the_process_died(world: World, step: str) -> None:
    world.deploy({_HELLO: flow("hello")})
    sha = world.push({"company/team/bye.yml": flow("bye")}, branch="topic")
    _die(world, step)

    world.reconcile()

    assert world.told(sha) == [("pending", "linting"), ("success", "linted: no findings in 1 file")]


@pytest.mark.parametrize("step", ["pending-enqueued", "linted"])
def test_a_rewritten_history_is_remarked_after_a_crash_too(world: World, step: str) -> None:
    world.deploy({_HELLO: flow("hello")})
    first = world.row().deployed
    assert first is not None
    world.deploy({_HELLO: flow("hello", message="second")})
    world.remote.move("main", first)
    _die(world, step)

    assert world.reconcile().description == "1 updated; history was rewritten"


@pytest.mark.parametrize("step", ["pending-enqueued", "linted"])
def test_a_commit_that_was_overtaken_is_superseded(world: World, step: str) -> None:
    old = world.push({_HELLO: flow("hello")})
    _die(world, step)
    new = world.push({_HELLO: flow("hello", message="newer")})

    record = world.reconcile()

    assert (record.sha, record.verdict) == (new, "deployed")
    assert world.record(old).verdict == "superseded"
    assert world.told(old) == [("pending", "linting"), ("error", f"superseded by {new[:7]}")]


def test_a_commit_whose_branch_is_gone_is_superseded(world: World) -> None:
    world.deploy({_HELLO: flow("hello")})
    sha = world.push({"company/team/bye.yml": flow("bye")}, branch="topic")
    _die(world, "pending-enqueued")
    world.remote.delete("topic")

    world.reconcile()

    assert world.told(sha)[-1] == ("error", "superseded: there is no branch topic any more")


def test_a_linted_commit_that_the_branch_moved_to_meanwhile_is_deployed(world: World) -> None:
    main = world.deploy({_HELLO: flow("hello")})
    world.remote.move("topic", main.sha)
    sha = world.push({"company/team/bye.yml": flow("bye")}, branch="topic")
    _die(world, "linted")
    world.remote.move("main", sha)

    assert world.reconcile().verdict == "deployed"
    assert world.told(sha) == [("pending", "linting"), ("success", "1 created")]


def test_a_linted_commit_that_was_merged_meanwhile_gets_its_result(world: World) -> None:
    main = world.deploy({_HELLO: flow("hello")})
    world.remote.move("topic", main.sha)
    sha = world.push({"company/team/bye.yml": flow("bye")}, branch="topic")
    _die(world, "linted")
    world.remote.move("main", sha)
    merged = world.push({"README.md": "Flows."})

    assert world.reconcile().sha == merged
    assert world.told(sha) == [("pending", "linting"), ("success", "linted: no findings in 2 files")]


def test_a_commit_that_the_settings_leave_out_now_is_superseded(world: World) -> None:
    main = world.deploy({_HELLO: flow("hello")})
    sha = world.push({"company/team/bye.yml": flow("bye")}, branch="topic")
    _die(world, "linted")

    world.reconcile(replace(world.repository, lint_branches=False))

    assert world.told(sha)[-1] == ("error", f"superseded by {main.sha[:7]}")


def test_two_services_over_one_store_end_a_story_once(world: World) -> None:
    sha = world.push({_HELLO: flow("hello")})

    def checkpoint(step: str) -> None:
        if step == "linted":
            world.reconcile()

    record = world.new_reconciler(checkpoint).reconcile(world.repository)

    assert (record.sha, record.verdict) == (sha, "deployed")
    assert world.told(sha) == [("pending", "linting"), ("success", "1 created")]
    assert world.live()["hello"].revision == 1


@pytest.mark.parametrize("step", [*_STEPS, "status-claimed", "status-posted"])
def test_the_host_sees_pending_then_one_result(hosted: World, github: GitHubStub, step: str) -> None:
    sha = hosted.push({_HELLO: flow("hello")})
    hosted.outbox = hosted.new_outbox(_crash_at(step))
    hosted.reconciler = hosted.new_reconciler(_crash_at(step))
    hosted.clock.forward(1)
    with pytest.raises(Crash):
        _reconcile_and_post(hosted)

    hosted.clock.forward(60)
    hosted.outbox = hosted.new_outbox()
    hosted.reconciler = hosted.new_reconciler()
    hosted.outbox.post_due()
    _reconcile_and_post(hosted)
    hosted.outbox.post_due()

    sent = [(status.state, status.description) for status in github.statuses(sha)]
    assert sent[-1] == ("success", "1 created")
    assert sent in ([("pending", "linting"), ("success", "1 created")], [("success", "1 created")])
    assert github.violations == []


def _reconcile_and_post(world: World) -> None:
    world.reconcile()
    world.outbox.post_due()
