"""Which commit a call is about: only one that the service has seen in a repository that it watches."""

from __future__ import annotations

import json
from dataclasses import replace

from gitops.execution.state import CommitReference
from gitops.sync.push_commit import commit_of
from tests.stubs.github import push_payload
from tests.sync.world import World, flow


def _body(sha: str) -> bytes:
    return json.dumps(push_payload(ref="refs/heads/main", before="0" * 40, after=sha)).encode()


def test_a_seen_commit_of_a_watched_repository_is_named(world: World) -> None:
    record = world.deploy({"company/team/hello.yml": flow("hello")})
    watched = [
        replace(world.repository, url=url) for url in ("https://github.com/acme/other", "https://github.com/acme/flows")
    ]

    assert commit_of(_body(record.sha), watched, world.store) == CommitReference(repository="flows", sha=record.sha)


def test_an_unseen_commit_another_repository_and_another_body_name_nothing(world: World) -> None:
    record = world.deploy({"company/team/hello.yml": flow("hello")})
    watched = [replace(world.repository, url="https://github.com/acme/flows.git")]

    assert commit_of(_body("a" * 40), watched, world.store) is None
    assert commit_of(_body("0" * 40), watched, world.store) is None
    assert commit_of(_body(record.sha), [world.repository], world.store) is None
    assert commit_of(b"hello", watched, world.store) is None
