"""The story of a commit, from a push to what is deployed, stored and told."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.errors import GitFailed, StoreFailed, UnknownRevision
from gitops.language.document import LIMITS
from gitops.language.model import Model
from gitops.sync.watched import Watched
from gitops.tasks.log.log import Log
from tests.stubs.repository import BareRepository, entry
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


def test_of_two_pushes_between_visits_only_the_newest_is_told(world: World) -> None:
    first = world.push({_HELLO: flow("hello")})
    second = world.push({_BYE: flow("bye")})

    assert world.reconcile().description == "2 created"
    assert world.told(first) == []
    assert len(world.told(second)) == 2


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


def test_only_the_folder_that_the_settings_name_is_read(world: World) -> None:
    world.push({f"flows/{_HELLO}": flow("hello"), "elsewhere/x.yml": "id: ["})

    record = world.reconcile(replace(world.repository, root="flows"))

    assert record.description == "1 created"
    assert world.live()["hello"].path == f"flows/{_HELLO}"


def test_files_of_other_programs_are_passed_over(world: World) -> None:
    files = {_HELLO: flow("hello"), ".github/workflows/x.yml": "tasks: 1", "mkdocs.yml": "site_name: Flows"}

    record = world.deploy({**files})

    assert (record.description, world.findings(record.sha)) == ("1 created", [])


def test_a_deployed_file_that_stops_being_a_flow_is_refused_rather_than_deleted(world: World) -> None:
    world.deploy({_HELLO: flow("hello"), _BYE: flow("bye")})

    record = world.deploy({_HELLO: "site_name: Flows"})

    assert record.verdict == "refused"
    assert "hello" in world.live()


def test_a_link_in_the_place_of_a_flow_is_refused_and_any_other_is_remarked(world: World) -> None:
    target = world.remote.write_blob(b"/etc/passwd")
    readme = entry(0o120000, b"README", target)
    world.remote.commit_tree(readme + entry(0o120000, b"hello.yml", target))

    refused = world.reconcile()

    assert (refused.verdict, refused.description) == ("refused", "1 error in 1 file")
    assert {(finding["path"], finding["severity"]) for finding in world.findings(refused.sha)} == {
        ("README", "info"),
        ("hello.yml", "error"),
    }
    assert world.findings(refused.sha)[1]["message"] == "this is not read: it is a symbolic link"

    world.remote.commit_tree(readme)
    assert world.reconcile().description == "no change; 1 info"


def test_a_file_that_is_too_large_is_refused_unread(world: World) -> None:
    record = world.deploy({_HELLO: flow("hello"), _BYE: "#" * (LIMITS.size + 1)})

    (finding,) = world.findings(record.sha)
    assert (record.verdict, finding["rule"], finding["path"]) == ("refused", "yaml-limits", _BYE)


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


class _Kinds:
    """The catalogue, with a model that disagrees with its schema."""

    def find(self, room: str, name: str) -> type[Model] | None:
        found = catalogue().find(room, name)
        return _Choosy if found is Log else found


class _Broken:
    """A catalogue with a mistake in it."""

    def find(self, room: str, name: str) -> type[Model] | None:
        raise RuntimeError(f"the catalogue cannot find {room} {name}")


def test_a_flow_that_only_the_model_refuses_is_a_finding(world: World) -> None:
    sha = world.push({_HELLO: flow("hello")})

    record = world.new_reconciler(kinds=_Kinds()).reconcile(world.repository)

    assert (record.sha, record.verdict, record.description) == (sha, "refused", "1 error in 1 file")
    (finding,) = world.findings(sha)
    assert (finding["rule"], finding["path"]) == ("model-disagrees", _HELLO)
    assert finding["message"] == "the linter accepts this flow, the engine does not"
    assert "needed" in finding["found"]
    assert world.live() == {}


def test_a_mistake_of_ours_ends_the_story_and_is_told_again_only_when_asked(world: World) -> None:
    sha = world.push({_HELLO: flow("hello")})

    failed = world.new_reconciler(kinds=_Broken()).reconcile(world.repository)

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
