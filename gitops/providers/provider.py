"""What every Git host must be able to do, and the values that go in and out. No host is mentioned here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol


class StatusState(StrEnum):
    """The state of a commit status: `failure` is the commit's fault, `error` is ours."""

    PENDING = "pending"
    SUCCESS = "success"
    FAILURE = "failure"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class CommitStatus:
    """What stands next to a commit on its host. `context` tells apart the statuses of one commit."""

    context: str
    state: StatusState
    description: str
    target_url: str | None = None


@dataclass(frozen=True, slots=True)
class Push:
    """What a verified webhook says: `ref` (in full, as `refs/heads/main`) moved from `before` to `after`.

    None instead of a commit stands for a ref that did not exist or no longer does. `repository_urls` are the addresses
    under which the host knows the repository; `delivery` is the host's id of the delivery, the same when repeated.
    """

    ref: str
    before: str | None
    after: str | None
    repository_urls: tuple[str, ...] = ()
    delivery: str | None = None


class Provider(Protocol):
    """One repository on one Git host: translation only, without retries and without memory."""

    name: ClassVar[str]

    @property
    def description_limit(self) -> int:
        """How many characters of a commit status's description the host takes."""

    def read_webhook(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> Push | None:
        """The push that the webhook tells of; None when it is genuine but tells of something else.

        Any of the `secrets` may have signed it, so that they can be rotated; without secrets every webhook is refused.
        Raises BadSignature, and ProviderRefused when a genuine body cannot be read.
        """

    def last_status(self, commit: str, context: str) -> CommitStatus | None:
        """The newest commit status in the context; None without any. Raises ProviderUnavailable, ProviderRefused."""

    def post_status(self, commit: str, status: CommitStatus) -> None:
        """Post the commit status, even when it repeats the last one. Raises ProviderUnavailable, ProviderRefused."""
