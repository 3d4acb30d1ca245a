"""The table of providers: the names that settings may use, and the class behind each."""

from __future__ import annotations

from typing import Protocol

from gitops.errors import InvalidSettings
from gitops.providers.gitea import Gitea
from gitops.providers.github import GitHub
from gitops.providers.none import NoHost
from gitops.providers.provider import Provider


class Maker(Protocol):
    """What makes a provider for the repository that is cloned from `url`: its class."""

    def __call__(self, url: str, *, api_url: str | None, token: str | None) -> Provider:
        """Make it; raises InvalidSettings when the API's address is neither given nor to be guessed."""


PROVIDERS: dict[str, Maker] = {
    "github": GitHub,
    "gitea": Gitea,
    "none": NoHost,
}


def make_provider(kind: str, *, url: str, api_url: str | None = None, token: str | None = None) -> Provider:
    """The provider named `kind` for the repository that is cloned from `url`; raises InvalidSettings.

    `api_url` is needed only where the API is not at its usual place on the host of `url`.
    """
    if kind not in PROVIDERS:
        raise InvalidSettings(f"expected one of {', '.join(PROVIDERS)} as the provider, found `{kind}`")
    return PROVIDERS[kind](url, api_url=api_url, token=token)
