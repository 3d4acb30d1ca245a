"""A watched repository is made of its settings, its mirror and its host."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from gitops.errors import InvalidSettings
from gitops.providers.github import GitHub
from gitops.providers.none import NoHost
from gitops.settings import RepositorySettings
from gitops.sync.watched import watch


def test_everything_in_the_settings_is_kept(tmp_path: Path) -> None:
    settings = RepositorySettings(
        name="flows",
        url="https://github.com/acme/flows.git",
        branch="live",
        root="kestra",
        interval=5,
        lint_branches=False,
        provider="github",
        token=SecretStr("secret"),
        webhook_secrets=(SecretStr("new"), SecretStr("old")),
        status_context="flows",
    )

    watched = watch(settings, tmp_path)

    assert isinstance(watched.provider, GitHub)
    assert watched.mirror.path == tmp_path / "flows.git"
    assert (watched.name, watched.url, watched.branch, watched.root) == ("flows", settings.url, "live", "kestra")
    assert (watched.interval, watched.lint_branches, watched.status_context) == (5.0, False, "flows")
    assert watched.webhook_secrets == ("new", "old")


def test_a_repository_without_a_host_needs_nothing_but_its_url(tmp_path: Path) -> None:
    watched = watch(RepositorySettings(name="flows", url="/srv/flows.git"), tmp_path)

    assert isinstance(watched.provider, NoHost)
    assert watched.webhook_secrets == ()


def test_a_host_without_an_api_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings):
        watch(RepositorySettings(name="flows", url="/srv/acme/flows.git", provider="github"), tmp_path)
