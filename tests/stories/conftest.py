"""What the stories share: a clone over a bare repository, a stub of GitHub, and the settings that join them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.clone import Clone
from tests.stories.service import Service
from tests.stubs.github import GitHubStub

SECRET = "a webhook secret"


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A person's clone of an empty bare repository."""
    return Clone(tmp_path / "clone", tmp_path / "origin" / "acme" / "flows.git")


@pytest.fixture
def github() -> Iterator[GitHubStub]:
    """A stub of GitHub's API that checks every request."""
    with GitHubStub() as stub:
        yield stub
        assert stub.violations == []


@pytest.fixture
def service(tmp_path: Path, clone: Clone, github: GitHubStub) -> Iterator[Service]:
    """A service that watches the repository; not started yet."""
    repository: dict[str, Any] = {
        "name": "flows",
        "url": str(clone.bare),
        "provider": "github",
        "api_url": github.url,
        "token": github.token,
        "webhook_secrets": [SECRET],
        "interval": 3600,
    }
    service = Service(tmp_path, {"repositories": [repository]})
    yield service
    service.stop()
