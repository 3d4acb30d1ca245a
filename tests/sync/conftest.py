"""What the tests of sync share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gitops.providers.table import make_provider
from tests.stubs.github import GitHubStub
from tests.sync.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A repository without a Git host."""
    world = World(tmp_path)
    yield world
    world.store.close()


@pytest.fixture
def github() -> Iterator[GitHubStub]:
    """A stub of GitHub's API that checks every request."""
    with GitHubStub() as stub:
        yield stub


@pytest.fixture
def hosted(tmp_path: Path, github: GitHubStub) -> Iterator[World]:
    """The same repository, with its commit statuses on the stub."""
    provider = make_provider("github", url="https://github.com/acme/flows.git", api_url=github.url, token=github.token)
    world = World(tmp_path, provider)
    yield world
    world.store.close()
