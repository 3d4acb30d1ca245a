"""Which files of a commit are flows, and which of them cannot be read."""

from __future__ import annotations

from dataclasses import replace

from gitops.language.document import LIMITS
from tests.stubs.repository import entry
from tests.sync.world import World, flow

_HELLO = "company/team/hello.yml"
_BYE = "company/team/bye.yml"


def test_only_the_folder_that_the_settings_name_is_read(world: World) -> None:
    world.push({f"flows/{_HELLO}": flow("hello"), "elsewhere/x.yml": "id: ["})

    record = world.reconcile(replace(world.repository, root="flows"))

    assert record.description == "1 created"
    assert world.live()["hello"].path == f"flows/{_HELLO}"


def test_files_of_other_programs_are_passed_over(world: World) -> None:
    hidden = {".github/x.yml": flow("hidden"), "company/.team/y.yml": "id: ["}

    record = world.deploy({_HELLO: flow("hello"), "mkdocs.yml": "site_name: Flows", **hidden})

    assert (record.description, world.findings(record.sha)) == ("1 created", [])
    assert list(world.live()) == ["hello"]


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
