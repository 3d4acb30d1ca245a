"""Gitea and Forgejo: webhooks and commit statuses in their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from gitops.errors import InvalidSettings
from gitops.providers.address import Address, read_address
from gitops.providers.http import Client
from gitops.providers.provider import CommitStatus, Push
from gitops.providers.statuses import find_newest, status_body
from gitops.providers.webhook import check_signature, lower_names, read_push

PAGE_SIZE = 50

# Forgejo sends Gitea's headers besides its own, and only its own count then.
_BRANDS = ("Forgejo", "Gitea")


class Gitea:
    """One repository on Gitea or Forgejo."""

    name: ClassVar[str] = "gitea"
    description_limit = 255

    def __init__(self, url: str, *, api_url: str | None = None, token: str | None = None) -> None:
        address = read_address(url)
        authorization = {"Authorization": f"token {token}"} if token else {}
        headers = {"Accept": "application/json"} | authorization
        self._client = Client(api_url or _api_of(address), headers=headers)
        self._repository = address.api_path

    def read_webhook(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> Push | None:
        """See Provider."""
        given = lower_names(headers)
        brand = next((brand for brand in _BRANDS if f"x-{brand.lower()}-signature" in given), _BRANDS[-1])
        prefix = f"x-{brand.lower()}"
        check_signature(given.get(f"{prefix}-signature"), body, secrets, header=f"X-{brand}-Signature")
        if given.get(f"{prefix}-event") != "push":
            return None
        return read_push(given.get("content-type", ""), body, delivery=given.get(f"{prefix}-delivery"))

    def last_status(self, commit: str, context: str) -> CommitStatus | None:
        """See Provider."""
        path = f"{self._repository}/commits/{commit}/statuses"
        return find_newest(self._client, path, context=context, page_size=("limit", PAGE_SIZE))

    def post_status(self, commit: str, status: CommitStatus) -> None:
        """See Provider."""
        self._client.post(f"{self._repository}/statuses/{commit}", body=status_body(status))


def _api_of(address: Address) -> str:
    if not address.site:
        raise InvalidSettings("expected an api_url for the provider gitea, because the repository's url names no host")
    return f"{address.site}/api/v1"
