"""Where the API is: every form of a clone url."""

from __future__ import annotations

import pytest

from gitops.errors import InvalidSettings
from gitops.providers.address import Address, read_address


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://github.com/acme/flows.git", "https://github.com"),
        ("https://github.com/acme/flows", "https://github.com"),
        ("https://github.com/acme/flows/", "https://github.com"),
        ("https://user:secret@host/acme/flows.git", "https://host"),
        ("http://gitea:3000/acme/flows.git", "http://gitea:3000"),
        ("https://host/git/acme/flows.git", "https://host/git"),
        ("ssh://git@host:2222/acme/flows.git", "https://host"),
        ("git@host:acme/flows.git", "https://host"),
        ("host:acme/flows.git", "https://host"),
    ],
)
def test_a_url_names_the_site_the_owner_and_the_repository(url: str, site: str) -> None:
    assert read_address(url) == Address(site, "acme", "flows")


@pytest.mark.parametrize("url", ["/srv/git/acme/flows.git", "file:///srv/git/acme/flows.git"])
def test_a_folder_names_no_site(url: str) -> None:
    assert read_address(url) == Address("", "acme", "flows")


@pytest.mark.parametrize("url", ["https://host/flows.git", "https://host", "git@host:flows.git", "flows", ""])
def test_a_url_without_an_owner_is_refused(url: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        read_address(url)
    assert str(caught.value) == f"expected a repository url that ends in owner/repository, found `{url}`"


def test_a_refusal_hides_the_password() -> None:
    with pytest.raises(InvalidSettings) as caught:
        read_address("https://user:secret@host/flows.git")
    assert "found `https://***@host/flows.git`" in str(caught.value)


def test_the_path_below_the_api_is_quoted() -> None:
    assert Address("", "a b", "c?d").api_path == "/repos/a%20b/c%3Fd"
