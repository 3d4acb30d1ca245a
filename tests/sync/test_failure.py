"""Stories that cannot be told as they should be: mistakes of ours, damaged mirrors, a store that fails."""

from __future__ import annotations

import shutil
from typing import NoReturn

import pytest

from gitops.catalog.catalogue import Catalogue
from gitops.errors import StoreFailed, UnknownRevision
from gitops.sync.watched import Watched
from tests.stubs.repository import entry
from tests.sync.world import World, flow

_HELLO = "company/team/hello.yml"
_BYE = "company/team/bye.yml"


class _Broken(Catalogue):
    """A catalogue with a mistake in it."""

    def find(self, room: str, name: str) -> NoReturn:
        raise RuntimeError(f"the catalogue cannot find {room} {name}")


def test_a_mistake_of_ours_ends_the_story_and_is_told_again_only_when_asked(world: World) -> None:
    sha = world.push({_HELLO: flow("hello")})

    failed = world.new_reconciler(kinds=_Broken({})).reconcile(world.repository)

    sentence = "gitops failed: the catalogue cannot find Task io.kestra.plugin.core.log.Log"
    assert (failed.verdict, failed.description) == ("failed", sentence)
    assert world.told(sha) == [("pending", "linting"), ("error", sentence)]
    assert world.reconcile() == failed
    assert world.reconcile(again=True).verdict == "deployed"


def test_a_refused_commit_is_not_told_again_even_when_asked(world: World) -> None:
    refused = world.deploy({_HELLO: "id: ["})

    assert world.reconcile(again=True) == refused
    assert len(world.told(refused.sha)) == 2


def test_a_damaged_mirror_is_made_anew(world: World) -> None:
    world.deploy({_HELLO: flow("hello")})
    world.deploy({_BYE: flow("bye")})
    _break(world.repository)

    record = world.deploy({_HELLO: flow("hello", message="after")})

    assert (record.verdict, record.description) == ("deployed", "1 updated")


def test_a_mirror_that_breaks_between_fetch_and_reading_is_made_anew(world: World) -> None:
    sha = world.push({_HELLO: flow("hello")})

    def checkpoint(step: str) -> None:
        if step == "pending-enqueued":
            _break(world.repository)

    record = world.new_reconciler(checkpoint).reconcile(world.repository)

    assert (record.sha, record.description) == (sha, "1 created")


def test_a_mirror_that_breaks_right_after_the_fetch_is_made_anew(world: World) -> None:
    sha = world.push({_HELLO: flow("hello")})

    def checkpoint(step: str) -> None:
        if step == "fetched":
            _break(world.repository)

    record = world.new_reconciler(checkpoint).reconcile(world.repository)

    assert (record.sha, record.description) == (sha, "1 created")


def test_a_new_mirror_may_lack_a_commit_that_was_overtaken_meanwhile(world: World) -> None:
    sha = world.push({_HELLO: flow("hello")})

    def checkpoint(step: str) -> None:
        if step == "pending-enqueued":
            other = world.push({_BYE: flow("bye")}, branch="other")
            world.remote.move("main", other)
            _break(world.repository)

    with pytest.raises(UnknownRevision):
        world.new_reconciler(checkpoint).reconcile(world.repository)

    assert world.reconcile().description == "1 created"
    assert world.record(sha).verdict == "superseded"


def test_a_rewritten_history_is_remarked_by_a_new_mirror_too(world: World) -> None:
    world.deploy({_HELLO: flow("hello")})
    world.remote.move("main", world.push({_HELLO: flow("hello")}, branch="other"))
    shutil.rmtree(world.folder / "mirrors")

    assert world.reconcile().description == "no change; history was rewritten"


def test_a_store_that_fails_leaves_the_story_to_be_told_again(world: World) -> None:
    sha = world.push({_HELLO: flow("hello")})

    def checkpoint(step: str) -> None:
        if step == "linted":
            raise StoreFailed("the disk is full")

    with pytest.raises(StoreFailed):
        world.new_reconciler(checkpoint).reconcile(world.repository)

    assert world.record(sha).verdict == "pending"
    assert world.reconcile().verdict == "deployed"


def test_a_commit_that_git_itself_cannot_show_fails_by_name(world: World) -> None:
    tree = world.remote.write_tree(entry(0o100644, b"a.yml", world.remote.write_blob(b"id: a")))
    for _ in range(70):
        tree = world.remote.write_tree(entry(0o40000, b"folder", tree))
    world.remote.commit_tree(tree)

    record = world.reconcile()

    assert record.verdict == "failed"
    assert record.description.startswith("gitops failed: expected folders nested at most 64 deep, found more")


def _break(repository: Watched) -> None:
    """Put zeros in the place of every object of the mirror."""
    for file in list(repository.mirror.path.joinpath("objects").rglob("*")):
        if file.is_file():
            size = file.stat().st_size
            file.unlink()
            file.write_bytes(bytes(size))
