"""Which heads are told of: those of all branches, each once, and again when a branch moves back to one."""

from __future__ import annotations

from dataclasses import replace

from tests.sync.world import World, flow

_HELLO = "company/team/hello.yml"
_BYE = "company/team/bye.yml"


def test_a_rewritten_history_is_deployed_and_remarked(world: World) -> None:
    world.deploy({_HELLO: flow("hello")})
    first = str(world.remote.repository.references["refs/heads/main"].target)
    world.deploy({_HELLO: flow("hello", message="second")})
    world.remote.move("main", first)

    record = world.reconcile()

    assert (record.sha, record.verdict) == (first, "deployed")
    assert record.description == "1 updated; history was rewritten"
    revision = world.live()["hello"]
    assert (revision.revision, revision.source) == (3, flow("hello"))
    assert [state for state, _ in world.told(first)] == ["pending", "success", "pending", "success"]


def test_an_unrelated_history_is_deployed_and_remarked(world: World) -> None:
    world.deploy({_HELLO: flow("hello"), _BYE: flow("bye")})
    other = world.push({_HELLO: flow("hello")}, branch="other")
    world.remote.move("main", other)
    world.remote.delete("other")

    assert world.reconcile().description == "1 deleted; history was rewritten"


def test_of_two_pushes_between_visits_only_the_newest_is_told(world: World) -> None:
    first = world.push({_HELLO: flow("hello")})
    second = world.push({_BYE: flow("bye")})

    assert world.reconcile().description == "2 created"
    assert world.told(first) == []
    assert len(world.told(second)) == 2


def test_other_branches_are_linted_and_not_deployed(world: World) -> None:
    world.deploy({_HELLO: flow("hello")})
    clean = world.push({_BYE: flow("bye")}, branch="clean")
    dirty = world.push({_BYE: flow("Bye!")}, branch="dirty")

    world.reconcile()

    assert world.told(clean) == [("pending", "linting"), ("success", "linted: no findings in 1 file")]
    assert (world.record(clean).verdict, world.record(clean).branch) == ("linted", "clean")
    assert world.told(dirty) == [("pending", "linting"), ("failure", "1 error in 1 file")]
    assert (world.record(dirty).verdict, len(world.findings(dirty))) == ("refused", 1)
    assert list(world.live()) == ["hello"]


def test_a_branch_is_linted_against_what_is_deployed(world: World) -> None:
    main = world.deploy({"hello.yml": flow("hello")})
    world.remote.move("topic", main.sha)
    topic = world.push({"hello.yml": flow("hello", namespace="company.other")}, branch="topic")

    world.reconcile()

    assert [finding["rule"] for finding in world.findings(topic)] == ["namespace-changed"]


def test_a_linted_commit_is_deployed_when_the_branch_moves_to_it(world: World) -> None:
    main = world.deploy({_HELLO: flow("hello")})
    world.remote.move("topic", main.sha)
    topic = world.push({_BYE: flow("bye")}, branch="topic")
    world.reconcile()
    world.remote.move("main", topic)

    record = world.reconcile()

    assert (record.sha, record.branch, record.verdict) == (topic, "main", "deployed")
    assert world.told(topic)[-2:] == [("pending", "linting"), ("success", "1 created")]


def test_a_linted_commit_is_deployed_when_the_settings_name_its_branch(world: World) -> None:
    world.deploy({_HELLO: flow("hello")})
    sha = world.push({_BYE: flow("bye")}, branch="next")
    world.reconcile()

    record = world.reconcile(replace(world.repository, branch="next"))

    assert (record.sha, record.branch, record.verdict) == (sha, "next", "deployed")
    assert list(world.live()) == ["bye"]


def test_a_commit_that_was_deployed_before_is_deployed_when_the_settings_name_its_branch(world: World) -> None:
    old = world.deploy({_HELLO: flow("hello")})
    world.remote.move("release", old.sha)
    world.deploy({_BYE: flow("bye")})
    release = replace(world.repository, branch="release")

    record = world.reconcile(release)

    assert (record.sha, record.branch, record.verdict) == (old.sha, "release", "deployed")
    assert list(world.live()) == ["hello"]
    assert world.reconcile(release) == record


def test_merged_and_known_commits_of_other_branches_are_not_told(world: World) -> None:
    old = world.push({_HELLO: flow("hello")})
    new = world.push({_BYE: flow("bye")})
    world.remote.move("merged", old)
    world.remote.move("same", new)

    world.reconcile()

    assert world.told(old) == []
    assert len(world.told(new)) == 2


def test_other_branches_are_left_alone_when_the_settings_say_so(world: World) -> None:
    world.push({_HELLO: flow("hello")})
    topic = world.push({_BYE: flow("bye")}, branch="topic")

    world.reconcile(replace(world.repository, lint_branches=False))

    assert world.told(topic) == []
