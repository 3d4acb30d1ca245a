"""No Git host: a repository that only has hooks, as a bare one on a disk, and nowhere to post commit statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from gitops.providers.provider import CommitStatus, Push
from gitops.providers.webhook import check_signature, lower_names, read_push, strip_scheme

_SIGNATURE = "X-Hub-Signature-256"


class NoHost:
    """A repository without a Git host; its own hook may send `{"ref", "before", "after"}`, signed as GitHub signs."""

    name: ClassVar[str] = "none"
    description_limit = 255

    def __init__(self, url: str, *, api_url: str | None = None, token: str | None = None) -> None:
        """Nothing is read from the url, and there is no API to reach."""

    def read_webhook(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> Push | None:
        """See Provider."""
        given = lower_names(headers)
        check_signature(strip_scheme(given.get(_SIGNATURE.lower())), body, secrets, header=_SIGNATURE)
        if given.get("x-github-event", "push") != "push":
            return None
        return read_push(given.get("content-type", ""), body, delivery=given.get("x-github-delivery"))

    def last_status(self, commit: str, context: str) -> CommitStatus | None:  # noqa: ARG002 - a Provider's signature
        """Nothing was ever posted."""
        return None

    def post_status(self, commit: str, status: CommitStatus) -> None:
        """There is nowhere to post to."""
