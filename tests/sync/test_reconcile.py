"""The story of a commit, from a push to what is deployed, stored and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gitops.catalog.catalogue import Catalogue, catalogue
from gitops.errors import GitFailed
from gitops.execution.state import State
from gitops.language.model import Kind
from gitops.store.kept_outputs import Kept
from gitops.sync.outbox import Outbox
from gitops.tasks.log.log import Log
from tests.stubs.repository import BareRepository
from tests.sync.world import URL, World, flow

_HELLO = "company/team/hello.yml"
_BYE = "company/team/bye.yml"
_NIGHTLY = """\
triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    description: Every night.
    cron: "0 2 * * *"
  - id: resting
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 3 * * *"
    disabled: true
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: a-long-random-key
"""
_KEPT = Kept(
    digest="",
    namespace="company.team",
    flow_id="",
    task_id="load",
    state=State.SUCCESS,
    outputs={},
    kept_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def test_a_good_push_is_deployed_and_told(world: World) -> None:
    sha = world.push({_HELLO: flow("hello"), _BYE: flow("bye"), "README.md": "Flows."})

    record = world.reconcile()

    assert (record.sha, record.verdict, record.description) == (sha, "deployed", "2 created")
    assert [dict(change) for change in record.changes] == [
        {"action": "create", "namespace": "company.team", "id": "bye", "path": _BYE, "revision": 1},
        {"action": "create", "namespace": "company.team", "id": "hello", "path": _HELLO, "revision": 1},
    ]
    assert world.told(sha) == [("pending", "linting"), ("success", "2 created")]
    assert {(status.context, status.target_url) for status in world.statuses(sha)} == {
        ("gitops", f"{URL}/ui/main/git/flows/{sha}")
    }
    assert world.deployments == 1
    row = world.row()
    assert (row.head, row.deployed, row.synced_at, row.error) == (sha, sha, world.clock(), None)


def test_a_revision_knows_where_its_source_came_from(world: World) -> None:
    more = "description: Says **hello**.\nlabels:\n  stage: live\n"
    record = world.deploy({_HELLO: flow("hello", more=more)})

    revision = world.live()["hello"]

    assert revision.source == flow("hello", more=more)
    assert (revision.path, revision.commit, revision.repository) == (_HELLO, record.sha, "flows")
    assert revision.blob == str(world.remote.repository.write(3, revision.source.encode()))
    assert (revision.description, revision.labels) == ("Says **hello**.", (("stage", "live"),))
    assert revision.created_at == world.clock()


def test_triggers_are_set_to_their_next_dates(world: World) -> None:
    world.deploy({_HELLO: flow("hello", more=_NIGHTLY)})

    dates = {state.trigger_id: (state.next_at, state.disabled) for state in world.triggers()}

    assert dates == {
        "nightly": (datetime(2026, 1, 1, 2, tzinfo=UTC), False),
        "resting": (None, True),
        "hook": (None, False),
    }
    assert world.live()["hello"].triggers[0] == {
        "id": "nightly",
        "type": "io.kestra.plugin.core.trigger.Schedule",
        "description": "Every night.",
    }


def test_a_disabled_flow_fires_nothing(world: World) -> None:
    world.deploy({_HELLO: flow("hello", more=f"disabled: true\n{_NIGHTLY}")})

    assert {(state.next_at, state.disabled) for state in world.triggers()} == {(None, True)}
    assert world.live()["hello"].disabled


def test_a_changed_flow_gets_a_revision_and_the_others_stay(world: World) -> None:
    world.deploy({_HELLO: flow("hello"), _BYE: flow("bye")})

    record = world.deploy({_HELLO: flow("hello", message="changed")})

    assert record.description == "1 updated"
    assert [change["revision"] for change in record.changes] == [2]
    assert {name: revision.revision for name, revision in world.live().items()} == {"hello": 2, "bye": 1}


def test_a_deleted_file_deletes_the_flow_and_its_triggers(world: World) -> None:
    world.deploy({_HELLO: flow("hello", more=_NIGHTLY), _BYE: flow("bye")})

    record = world.deploy({_HELLO: None})

    assert record.description == "1 deleted"
    assert list(world.live()) == ["bye"]
    assert world.triggers() == []


def test_a_deleted_flow_leaves_no_outputs_in_the_task_cache(world: World) -> None:
    world.deploy({_HELLO: flow("hello"), _BYE: flow("bye")})
    with world.store.database.write() as connection:
        for flow_id in ("hello", "bye"):
            world.store.kept_outputs.keep(connection, replace(_KEPT, digest=flow_id, flow_id=flow_id))

    world.deploy({_HELLO: None})

    with world.store.database.read() as connection:
        assert world.store.kept_outputs.find(connection, "hello") is None
        assert world.store.kept_outputs.find(connection, "bye") is not None


def test_a_bad_push_keeps_the_last_good_one(world: World) -> None:
    good = world.deploy({_HELLO: flow("hello")})

    bad = world.deploy({_HELLO: flow("hello").replace("message:", "mesage:"), _BYE: flow("bye")})

    assert (bad.verdict, bad.ended_at) == ("refused", world.clock())
    assert world.told(bad.sha) == [("pending", "linting"), ("failure", bad.description)]
    assert {finding["rule"] for finding in world.findings(bad.sha)} >= {"unknown-property"}
    assert bad.counts["error"] == len(world.findings(bad.sha))
    assert bad.description == f"{bad.counts['error']} errors in 1 file"
    assert {name: revision.revision for name, revision in world.live().items()} == {"hello": 1}
    assert (world.row().head, world.row().deployed) == (bad.sha, good.sha)
    assert world.deployments == 1


def test_the_push_that_repairs_it_is_deployed(world: World) -> None:
    world.deploy({_HELLO: "id: ["})

    record = world.deploy({_HELLO: flow("hello")})

    assert (record.verdict, record.description) == ("deployed", "1 created")


def test_a_commit_that_changes_no_flow_changes_nothing(world: World) -> None:
    world.deploy({_HELLO: flow("hello")})

    record = world.deploy({"README.md": "Flows."})

    assert (record.verdict, record.description, record.changes) == ("deployed", "no change", ())
    assert world.row().deployed == record.sha
    assert world.deployments == 1


def test_a_commit_is_told_once(world: World) -> None:
    record = world.deploy({_HELLO: flow("hello")})
    world.clock.forward(60)

    assert world.reconcile() == record
    assert len(world.statuses(record.sha)) == 2
    assert world.row().synced_at == world.clock()


def test_a_namespace_cannot_change(world: World) -> None:
    world.deploy({"hello.yml": flow("hello")})

    record = world.deploy({"hello.yml": flow("hello", namespace="company.other")})

    assert (record.verdict, record.description) == ("refused", "1 error in 1 file")
    assert [finding["rule"] for finding in world.findings(record.sha)] == ["namespace-changed"]
    assert world.live()["hello"].namespace == "company.team"


def test_a_renamed_file_moves_the_flow_without_a_revision(world: World) -> None:
    world.deploy({_HELLO: flow("hello", more=_NIGHTLY), _BYE: flow("bye")})
    states = world.triggers()

    record = world.deploy({_HELLO: None, "company/team/greeting.yml": flow("hello", more=_NIGHTLY)})

    assert record.description == "1 moved"
    revision = world.live()["hello"]
    assert (revision.revision, revision.path, revision.commit) == (1, "company/team/greeting.yml", record.sha)
    assert world.triggers() == states


def test_an_absent_branch_leaves_everything_as_it_is(world: World) -> None:
    good = world.deploy({_HELLO: flow("hello")})
    world.push({_BYE: flow("bye")}, branch="next")
    world.remote.delete("main")

    with pytest.raises(GitFailed) as caught:
        world.reconcile()

    assert str(caught.value) == (
        f"expected the branch `main`, found `next`; the flows deployed from {good.sha[:7]} stay; "
        "push it, or set `branch` in the settings"
    )
    assert list(world.live()) == ["hello"]
    assert (world.row().head, world.row().deployed) == (None, good.sha)


def test_an_empty_repository_says_what_it_waits_for(world: World) -> None:
    with pytest.raises(GitFailed, match="expected the branch `main`, found no branch at all"):
        world.reconcile()


def test_a_commit_without_flows_is_refused_where_several_are_deployed(world: World) -> None:
    world.deploy({_HELLO: flow("hello"), _BYE: flow("bye")})

    record = world.deploy({_HELLO: None, _BYE: None, "README.md": "No flows."})

    assert (record.verdict, record.description) == ("refused", "1 error in 1 file")
    (finding,) = world.findings(record.sha)
    assert (finding["rule"], finding["path"]) == ("deletes-everything", ".")
    assert finding["message"] == "this commit would delete all 2 deployed flows"
    assert finding["help"] == (
        "check `root` in the settings and the last commits; to delete all flows on purpose, "
        "first push a commit that leaves one, then delete that one"
    )
    assert len(world.live()) == 2


def test_the_last_flow_can_be_deleted(world: World) -> None:
    world.deploy({_HELLO: flow("hello"), "README.md": "Flows."})

    assert world.deploy({_HELLO: None}).description == "1 deleted"
    assert world.live() == {}


def test_a_flow_that_comes_back_goes_on_counting(world: World) -> None:
    world.deploy({_HELLO: flow("hello"), _BYE: flow("bye")})
    world.deploy({_HELLO: None})

    record = world.deploy({_HELLO: flow("hello")})

    assert (record.description, record.changes[0]["revision"]) == ("1 created", 2)


class _Witness(Outbox):
    """An outbox that writes down what waits when it is handed over."""

    def __init__(self, world: World) -> None:
        super().__init__(world.store, [world.repository], now=world.clock)
        self.seen: list[list[str]] = []
        self._world = world

    def hand_over(self) -> None:
        now = self._world.clock()
        self.seen.append(
            [status.state for status in self._world.read(lambda it: self._world.store.statuses.due(it, now))]
        )


def test_a_pending_status_is_handed_over_before_the_story_goes_on(world: World) -> None:
    world.outbox = witness = _Witness(world)
    world.reconciler = world.new_reconciler()

    world.deploy({_HELLO: flow("hello")})
    world.reconcile()

    assert witness.seen == [["pending"]]


def test_a_flow_belongs_to_the_repository_that_deployed_it_first(world: World) -> None:
    world.deploy({_HELLO: flow("hello")})
    remote = BareRepository(world.folder / "other.git")
    other = world.watched("other", remote=remote)
    sha = remote.commit({_BYE: flow("bye"), "mine.yml": flow("hello", message="mine")})

    record = world.reconcile(other)

    assert (record.sha, record.verdict) == (sha, "refused")
    (finding,) = world.read(lambda it: world.store.commits.findings(it, "other", sha))
    assert (finding["rule"], finding["path"]) == ("flow-owned-elsewhere", "mine.yml")
    assert finding["found"] == "it is deployed from the repository `flows`"
    assert world.live("other") == {}
    assert world.live()["hello"].source == flow("hello")


class _Choosy(Log):
    """A model that wants more than its schema says."""

    needed: str


class _Kinds(Catalogue):
    """The catalogue, with a model that disagrees with its schema."""

    def __init__(self) -> None:
        super().__init__({room: catalogue().room(room).values() for room in catalogue().rooms()})

    def find(self, room: str, name: str) -> type[Kind] | None:
        found = super().find(room, name)
        return _Choosy if found is Log else found


def test_a_flow_that_only_the_model_refuses_is_a_finding(world: World) -> None:
    sha = world.push({_HELLO: flow("hello")})

    record = world.new_reconciler(kinds=_Kinds()).reconcile(world.repository)

    assert (record.sha, record.verdict, record.description) == (sha, "refused", "1 error in 1 file")
    (finding,) = world.findings(sha)
    assert (finding["rule"], finding["path"]) == ("model-disagrees", _HELLO)
    assert finding["message"] == "the linter accepts this flow, the engine does not"
    assert "needed" in finding["found"]
    assert world.live() == {}


def test_a_flow_that_asks_for_more_than_this_version_does_is_refused_at_its_place(world: World) -> None:
    sha = world.push({_HELLO: flow("hello", more="draft: true\n")})

    record = world.reconcile()

    assert (record.sha, record.verdict) == (sha, "refused")
    (finding,) = world.findings(sha)
    assert (finding["rule"], finding["path"]) == ("not-available", _HELLO)
    assert finding["message"] == "this version of gitops does not act on the property `draft`"
    assert finding["line"] == 3
    assert world.live() == {}


def test_another_branch_is_told_what_its_deployment_would_be_refused_for(world: World) -> None:
    world.deploy({_HELLO: flow("hello")})
    sha = world.push({_BYE: flow("bye", more="draft: true\n")}, branch="topic")

    world.reconcile()

    assert world.told(sha) == [("pending", "linting"), ("failure", "1 error in 1 file")]
    assert [finding["rule"] for finding in world.findings(sha)] == ["not-available"]
