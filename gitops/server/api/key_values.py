"""The key-value pairs of namespaces: listed, read, set and deleted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Body, Header, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from gitops.app import App
from gitops.engine import clock
from gitops.errors import Expired, InvalidUsage, NotFound
from gitops.language.expression.values import plain
from gitops.language.key_value import KEY, KEY_WORDS, ValueType, read_literal, type_of
from gitops.language.scalars import Namespace, parse_duration
from gitops.server.api.parts import AppPart, PageNumber, PageSize, SparseRoute
from gitops.server.shapes.shape import Instant, PageOf, Shape
from gitops.store.database import Connection
from gitops.store.key_values import KeyValue, lineage

router = APIRouter(tags=["key-values"], route_class=SparseRoute)

T = TypeVar("T")
NamespacePart = Annotated[Namespace, Path()]


class KeyShape(Shape):
    """A key, without its value."""

    namespace: str
    key: str
    description: str | None = None
    creation_date: Instant
    update_date: Instant
    expiration_date: Instant | None = None
    revision: int


class ValueShape(Shape):
    """What a key holds; dates and durations are texts of ISO 8601."""

    type: ValueType
    value: Any
    revision: int
    updated: Instant


class Keys(Shape):
    """Some keys of a namespace."""

    keys: list[str]


@router.get("/kv")
def search_keys(
    app: AppPart,
    namespace: Annotated[str | None, Query(description="A namespace; those below it count too.")] = None,
    page: PageNumber = 1,
    size: PageSize = 10,
) -> PageOf[KeyShape]:
    """The keys of all namespaces, by namespace and key."""
    with app.store.database.read() as connection:
        found = app.store.key_values.search(connection, now=clock.now(), namespace=namespace, page=page, size=size)
    return PageOf(results=[_key_shape(pair) for pair in found.results], total=found.total)


@router.get("/namespaces/{namespace}/kv")
def list_keys(app: AppPart, namespace: NamespacePart) -> list[KeyShape]:
    """The keys of a namespace."""
    return _listed(app, [namespace])


@router.get("/namespaces/{namespace}/kv/inheritance")
def list_inherited(app: AppPart, namespace: NamespacePart) -> list[KeyShape]:
    """The keys that flows of the namespace see in the namespaces above it."""
    return _listed(app, lineage(namespace)[1:])


@router.get("/namespaces/{namespace}/kv/{key}")
def get_value(app: AppPart, namespace: NamespacePart, key: str) -> ValueShape:
    """The value of a key of this very namespace."""
    with app.store.database.read() as connection:
        pair = app.store.key_values.get(connection, namespace, key)
    if pair is None:
        raise NotFound(f"The key '{key}' does not exist in the namespace '{namespace}'.")
    if pair.expired(clock.now()):
        raise Expired(f"The time of the key '{key}' of the namespace '{namespace}' is over.")
    value = plain(pair.value)
    return ValueShape(type=type_of(pair.value), value=value, revision=pair.revision, updated=pair.updated_at)


@router.put("/namespaces/{namespace}/kv/{key}")
async def set_value(
    app: AppPart,
    request: Request,
    namespace: NamespacePart,
    key: str,
    ttl: Annotated[str | None, Header(description="How long the value is kept, such as PT1H.")] = None,
    description: Annotated[str | None, Header(description="What the value means.")] = None,
) -> Response:
    """Set a key. The body is JSON; dates, times and durations may also stand bare."""
    if not re.fullmatch(KEY, key):
        raise InvalidUsage(f"key: expected {KEY_WORDS}, found `{key}`")
    value, lasts = _value(await request.body()), _lasting(ttl)

    def write(connection: Connection) -> None:
        now = clock.now()
        expires_at: datetime | None = None if lasts is None else now + lasts
        app.store.key_values.put(
            connection, namespace, key, value=value, now=now, expires_at=expires_at, description=description
        )

    await run_in_threadpool(app.store.journal.write, write, durable=True)
    return Response()


@router.delete("/namespaces/{namespace}/kv/{key}")
def delete_value(app: AppPart, namespace: NamespacePart, key: str) -> bool:
    """Delete a key; the answer is whether there was one."""
    return bool(_deleted(app, namespace, [key]))


@router.delete("/namespaces/{namespace}/kv")
def delete_values(app: AppPart, namespace: NamespacePart, wanted: Annotated[Keys, Body()]) -> Keys:
    """Delete several keys; the answer has those that were there."""
    return Keys(keys=_deleted(app, namespace, wanted.keys))


def _listed(app: App, namespaces: list[str]) -> list[KeyShape]:
    with app.store.database.read() as connection:
        return [_key_shape(pair) for pair in app.store.key_values.live(connection, namespaces, now=clock.now())]


def _deleted(app: App, namespace: str, keys: list[str]) -> list[str]:
    def work(connection: Connection) -> list[str]:
        return [key for key in keys if app.store.key_values.delete(connection, namespace, key)]

    return app.store.journal.write(work, durable=True)


def _value(body: bytes) -> object:
    return _read(lambda: read_literal(body.decode()), "the body")


def _lasting(ttl: str | None) -> timedelta | None:
    return None if ttl is None else _read(lambda: parse_duration(ttl), "the header `ttl`")


def _read(read: Callable[[], T], what: str) -> T:
    try:
        return read()
    except ValueError as error:
        raise InvalidUsage(f"{what}: {error}") from None


def _key_shape(pair: KeyValue) -> KeyShape:
    return KeyShape(
        namespace=pair.namespace,
        key=pair.key,
        description=pair.description,
        creation_date=pair.created_at,
        update_date=pair.updated_at,
        expiration_date=pair.expires_at,
        revision=pair.revision,
    )
