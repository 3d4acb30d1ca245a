"""What the tests of durability share: a real service whose flows come from a repository, and signals from its tasks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.hardship import Hardship
from tests.stories.clone import Clone
from tests.stories.service import Service
from tests.stubs.github import GitHubStub


@pytest.fixture
def hardship(tmp_path: Path) -> Iterator[Hardship]:
    """A service that is not started yet."""
    clone = Clone(tmp_path / "clone", tmp_path / "origin" / "acme" / "flows.git")
    with GitHubStub() as github:
        repository = {
            "name": "flows",
            "url": str(clone.bare),
            "provider": "github",
            "api_url": github.url,
            "token": github.token,
            "interval": 3600,
        }
        service = Service(tmp_path, {"repositories": [repository], "workers": 8})
        yield Hardship(tmp_path, service, clone, github)
        service.stop()
