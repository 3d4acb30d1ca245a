"""One page of a search: the same envelope and the same two statements for every kind of record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some results of a search, in its order, and how many there are in all."""

    results: list[T]
    total: int


def read_page(
    connection: Connection, query: Select[Any], make: Callable[[RowMapping], T], *, page: int, size: int
) -> Page[T]:
    """Page number `page`, from 1, of an ordered query."""
    counted = query.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    total = connection.execute(counted).scalar_one()
    rows = connection.execute(query.limit(size).offset((page - 1) * size)).mappings()
    return Page([make(row) for row in rows], total)


def within(column: ColumnElement[str], namespace: str) -> ColumnElement[bool]:
    """Whether the namespace in `column` is this one or lies below it; `team` holds `team.a` but not `teams`."""
    after_dot = chr(ord(".") + 1)
    below = and_(column >= f"{namespace}.", column < f"{namespace}{after_dot}")
    return or_(column == namespace, below)


def labelled(labels: tuple[tuple[str, str], ...], has: Callable[[str, str], Select[Any]]) -> list[ColumnElement[bool]]:
    """One condition for each label; `has` selects the rows that carry it."""
    return [has(key, value).exists() for key, value in labels]
