"""The key-value pairs of namespaces. A pair whose time is over stays until it is purged, and counts as missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select

from gitops.store.database import Connection, upsert
from gitops.store.page import Page, read_page, within
from gitops.store.tables import key_values


@dataclass(frozen=True, slots=True)
class KeyValue:
    """One pair. The value is of JSON, a date, an instant or a duration; `expires_at` is None when it is for ever."""

    namespace: str
    key: str
    value: object
    created_at: datetime
    updated_at: datetime
    expires_at: datetime | None = None
    description: str | None = None
    revision: int = 1

    def expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.expires_at is not None and self.expires_at <= now


class KeyValues:
    """Reads and writes pairs."""

    def get(self, connection: Connection, namespace: str, key: str) -> KeyValue | None:
        """The pair, also when its time is over."""
        row = connection.execute(select(key_values).where(_is(namespace, key))).mappings().first()
        return None if row is None else KeyValue(**row)

    def find(
        self, connection: Connection, namespace: str, key: str, *, now: datetime, above: bool = False
    ) -> KeyValue | None:
        """The pair whose time is not over; with `above` else that of the nearest namespace above."""
        places = lineage(namespace) if above else [namespace]
        query = select(key_values).where(key_values.c.namespace.in_(places), key_values.c.key == key)
        found = [KeyValue(**row) for row in connection.execute(query).mappings()]
        live = [pair for pair in found if not pair.expired(now)]
        return max(live, key=lambda pair: len(pair.namespace), default=None)

    def put(
        self,
        connection: Connection,
        namespace: str,
        key: str,
        *,
        value: object,
        now: datetime,
        expires_at: datetime | None = None,
        description: str | None = None,
    ) -> KeyValue:
        """Write a pair, over the one that is there; it is as new when the time of that one is over."""
        before = self.find(connection, namespace, key, now=now)
        pair = KeyValue(
            namespace=namespace,
            key=key,
            value=value,
            created_at=before.created_at if before else now,
            updated_at=now,
            expires_at=expires_at,
            description=description,
            revision=before.revision + 1 if before else 1,
        )
        upsert(connection, key_values, [asdict(pair)])
        return pair

    def delete(self, connection: Connection, namespace: str, key: str) -> bool:
        """Forget a pair; returns whether there was one."""
        return connection.execute(delete(key_values).where(_is(namespace, key))).rowcount > 0

    def live(self, connection: Connection, namespaces: Iterable[str], *, now: datetime) -> list[KeyValue]:
        """The pairs of the namespaces whose time is not over, by namespace and key."""
        query = select(key_values).where(key_values.c.namespace.in_([*namespaces]), _lasts(now)).order_by(*_ORDER)
        return [KeyValue(**row) for row in connection.execute(query).mappings()]

    def search(
        self, connection: Connection, *, now: datetime, namespace: str | None = None, page: int, size: int
    ) -> Page[KeyValue]:
        """One page of the pairs whose time is not over, of all namespaces or of one and those below it."""
        query = select(key_values).where(_lasts(now)).order_by(*_ORDER)
        if namespace is not None:
            query = query.where(within(key_values.c.namespace, namespace))
        return read_page(connection, query, lambda row: KeyValue(**row), page=page, size=size)

    def names(self, connection: Connection, *, expired_at: datetime | None = None) -> list[tuple[str, str]]:
        """Namespace and key of all pairs, or of those whose time is over at that date."""
        query = select(key_values.c.namespace, key_values.c.key)
        if expired_at is not None:
            query = query.where(key_values.c.expires_at <= expired_at)
        return [(namespace, key) for namespace, key in connection.execute(query)]

    def purge(
        self, connection: Connection, names: Sequence[tuple[str, str]], *, expired_at: datetime | None = None
    ) -> int:
        """Forget these pairs, or those of them whose time is over at that date; returns how many there were."""
        over = key_values.c.expires_at <= expired_at if expired_at is not None else None
        wanted = [_is(*name) if over is None else and_(_is(*name), over) for name in names]
        return sum(connection.execute(delete(key_values).where(one)).rowcount for one in wanted)


def lineage(namespace: str) -> list[str]:
    """A namespace and those above it, nearest first."""
    parts = namespace.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


_ORDER = (key_values.c.namespace, key_values.c.key)


def _is(namespace: str, key: str) -> ColumnElement[bool]:
    return and_(key_values.c.namespace == namespace, key_values.c.key == key)


def _lasts(now: datetime) -> ColumnElement[bool]:
    return key_values.c.expires_at.is_(None) | (key_values.c.expires_at > now)
