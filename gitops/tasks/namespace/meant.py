"""Which namespaces a purge means: some by name, with those below them or without, some by a pattern, or all."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Protocol

from gitops.errors import TaskFailed


class NamespaceChoice(Protocol):
    """The properties that purges have alike."""

    @property
    def namespaces(self) -> tuple[str, ...] | str:
        """The names."""
        ...

    @property
    def namespace_pattern(self) -> str | None:
        """The pattern, in place of the names."""
        ...

    @property
    def include_child_namespaces(self) -> bool | str:
        """Whether the namespaces below those that are named count too."""
        ...


def refuse_both(choice: NamespaceChoice) -> None:
    """Raise TaskFailed for names and a pattern together."""
    if choice.namespaces and choice.namespace_pattern:
        raise TaskFailed("expected `namespaces` or `namespacePattern`, found both; remove one of them")


def is_meant(namespace: str, choice: NamespaceChoice) -> bool:
    """Whether a purge reaches into a namespace."""
    if choice.namespace_pattern:
        return fnmatchcase(namespace, choice.namespace_pattern)
    return not choice.namespaces or any(_is_in(namespace, each, choice) for each in choice.namespaces)


def _is_in(namespace: str, wanted: str, choice: NamespaceChoice) -> bool:
    return namespace == wanted or (bool(choice.include_child_namespaces) and namespace.startswith(f"{wanted}."))
