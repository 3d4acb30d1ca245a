"""The key-value pairs of namespaces, with expiry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from pydantic import TypeAdapter, ValidationError

from gitops.engine import clock
from gitops.engine.services.batches import SIZE
from gitops.engine.services.place import Place
from gitops.errors import Conflict, NotFound, TaskFailed
from gitops.execution.services.key_values import Wanted
from gitops.language.scalars import Namespace
from gitops.store.database import Connection
from gitops.store.store import Store

_NAMESPACE: TypeAdapter[str] = TypeAdapter(Namespace)


class StoredKeyValues:
    """Implements KeyValues for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._store = place.world.store
        self._own = place.namespace

    def get(self, namespace: str, key: str, *, inherited: bool = True) -> object:
        """See KeyValues."""
        return read_value(self._store, namespace, key, above=inherited and namespace == self._own)

    def keys(self, namespace: str, *, prefix: str = "") -> list[str]:
        """See KeyValues."""
        with self._store.database.read() as connection:
            pairs = self._store.key_values.live(connection, [namespace], now=clock.now())
        return [pair.key for pair in pairs if pair.key.startswith(prefix)]

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
        """See KeyValues."""
        _check(namespace)
        now, pairs = clock.now(), self._store.key_values
        expires_at = None if lasts is None else now + lasts

        def write(connection: Connection) -> None:
            if not overwrite and pairs.find(connection, namespace, key, now=now) is not None:
                raise Conflict(
                    f"the key '{key}' of the namespace '{namespace}' has a value already and `overwrite` is false"
                )
            pairs.put(connection, namespace, key, value=value, now=now, expires_at=expires_at, description=description)

        self._store.journal.write(write, durable=True)

    def merge(self, namespace: str, key: str, values: Mapping[str, object]) -> Mapping[str, object]:
        """See KeyValues."""
        now, pairs = clock.now(), self._store.key_values

        def write(connection: Connection) -> Mapping[str, object]:
            before = pairs.find(connection, namespace, key, now=now)
            known = before.value if before is not None and isinstance(before.value, Mapping) else {}
            merged = {**known, **values}
            pairs.put(connection, namespace, key, value=merged, now=now)
            return merged

        return self._store.journal.write(write, durable=True)

    def delete(self, namespace: str, key: str) -> bool:
        """See KeyValues."""
        now, pairs = clock.now(), self._store.key_values

        def write(connection: Connection) -> bool:
            lives = pairs.find(connection, namespace, key, now=now) is not None
            return pairs.delete(connection, namespace, key) and lives

        return self._store.journal.write(write, durable=True)

    def purge(self, is_wanted: Wanted, *, expired_only: bool) -> int:
        """See KeyValues."""
        date, pairs = clock.now() if expired_only else None, self._store.key_values
        with self._store.database.read() as connection:
            names = [name for name in pairs.names(connection, expired_at=date) if is_wanted(*name)]

        def work(connection: Connection, first: int) -> int:
            return pairs.purge(connection, names[first : first + SIZE], expired_at=date)

        firsts = range(0, len(names), SIZE)
        return sum(self._store.journal.write(partial(work, first=first), durable=True) for first in firsts)


def _check(namespace: str) -> None:
    try:
        _NAMESPACE.validate_python(namespace)
    except ValidationError:
        raise TaskFailed(f"expected a namespace such as `company.team`, found `{namespace}`") from None


def read_value(store: Store, namespace: str, key: str, *, above: bool) -> object:
    """The value of a key; with `above` else that of the nearest namespace above. Raises NotFound."""
    with store.database.read() as connection:
        pair = store.key_values.find(connection, namespace, key, now=clock.now(), above=above)
    if pair is None:
        raise NotFound(f"The key '{key}' does not exist in the namespace '{namespace}'.")
    return pair.value
