"""The key-value pairs of namespaces, with expiry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Protocol

Wanted = Callable[[str, str], bool]
"""Whether a pair is meant, by its namespace and key."""


class KeyValues(Protocol):
    """The key-value pairs of namespaces; one whose time is over is missing. Writes are durable when they return."""

    def get(self, namespace: str, key: str, *, inherited: bool = True) -> object:
        """The value, of the type that it was set in; raises NotFound.

        A key that the execution's own namespace does not have is looked for in the namespaces above it, unless it
        must not be `inherited`.
        """
        ...

    def keys(self, namespace: str, *, prefix: str = "") -> list[str]:
        """The keys of a namespace in their order."""
        ...

    def set(
        self,
        namespace: str,
        key: str,
        *,
        value: object,
        overwrite: bool = True,
        lasts: timedelta | None = None,
        description: str | None = None,
    ) -> None:
        """Set a key for a time, or for ever; without `overwrite` raises Conflict when it has a value."""
        ...

    def merge(self, namespace: str, key: str, values: Mapping[str, object]) -> Mapping[str, object]:
        """Add values to the map that a key has, in one step; returns the whole map."""
        ...

    def delete(self, namespace: str, key: str) -> bool:
        """Forget a key; returns whether it was there."""
        ...

    def purge(self, is_wanted: Wanted, *, expired_only: bool) -> int:
        """Forget the pairs that are wanted, of all namespaces; returns how many there were."""
        ...
