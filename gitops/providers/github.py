"""GitHub and GitHub Enterprise Server: webhooks and commit statuses in their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar
from urllib.parse import urlsplit

from gitops.errors import InvalidSettings
from gitops.providers.address import Address, read_address
from gitops.providers.http import Client
from gitops.providers.provider import CommitStatus, Push
from gitops.providers.statuses import find_newest, status_body
from gitops.providers.webhook import check_signature, lower_names, read_push, strip_scheme

API_VERSION = "2022-11-28"
PAGE_SIZE = 100

_PUBLIC_HOSTS = ("github.com", "www.github.com", "ssh.github.com")
_RESIDENCY_SUFFIX = ".ghe.com"
_SIGNATURE = "X-Hub-Signature-256"


class GitHub:
    """One repository on GitHub."""

    name: ClassVar[str] = "github"
    description_limit = 140

    def __init__(self, url: str, *, api_url: str | None = None, token: str | None = None) -> None:
        address = read_address(url)
        authorization = {"Authorization": f"Bearer {token}"} if token else {}
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": API_VERSION}
        self._client = Client(api_url or _api_of(address), headers=headers | authorization)
        self._repository = address.api_path

    def read_webhook(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> Push | None:
        """See Provider."""
        given = lower_names(headers)
        check_signature(strip_scheme(given.get(_SIGNATURE.lower())), body, secrets, header=_SIGNATURE)
        if given.get("x-github-event") != "push":
            return None
        return read_push(given.get("content-type", ""), body, delivery=given.get("x-github-delivery"))

    def last_status(self, commit: str, context: str) -> CommitStatus | None:
        """See Provider."""
        path = f"{self._repository}/commits/{commit}/statuses"
        return find_newest(self._client, path, context=context, page_size=("per_page", PAGE_SIZE))

    def post_status(self, commit: str, status: CommitStatus) -> None:
        """See Provider."""
        self._client.post(f"{self._repository}/statuses/{commit}", body=status_body(status))


def _api_of(address: Address) -> str:
    if not address.site:
        raise InvalidSettings("expected an api_url for the provider github, because the repository's url names no host")
    host = urlsplit(address.site).hostname or ""
    if host in _PUBLIC_HOSTS:
        return "https://api.github.com"
    return f"https://api.{host}" if host.endswith(_RESIDENCY_SUFFIX) else f"{address.site}/api/v3"
