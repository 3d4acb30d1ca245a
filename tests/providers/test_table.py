"""The table of providers."""

from __future__ import annotations

import pytest

from gitops.errors import InvalidSettings
from gitops.providers.table import make_provider


def test_an_unknown_provider_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidSettings) as caught:
        make_provider("svn", url="https://host/acme/flows")
    assert str(caught.value) == "expected one of github, gitea, none as the provider, found `svn`"


@pytest.mark.parametrize("kind", ["github", "gitea"])
def test_a_folder_needs_the_url_of_an_api(kind: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        make_provider(kind, url="/srv/acme/flows.git")
    assert str(caught.value) == (
        f"expected an api_url for the provider {kind}, because the repository's url names no host"
    )
    assert make_provider(kind, url="/srv/acme/flows.git", api_url="https://api.example.com").name == kind


def test_no_host_takes_any_url() -> None:
    assert make_provider("none", url="flows").name == "none"
