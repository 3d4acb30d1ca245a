"""Many rows in one statement, without the work that SQLAlchemy does for each row of an `executemany`.

The statements are SQLAlchemy's and so are the conversions of the column types; they are looked up once for each
statement, not once for each value. Measured on the rows of task runs: a third of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlalchemy.sql.elements import ClauseElement

from gitops.store.database import Connection

Convert = Callable[[Any], Any] | None


class _Prepared:
    """A statement in the words of one database, and what to do with each value before it is sent."""

    def __init__(self, statement: Executable, dialect: Dialect, keys: tuple[str, ...]) -> None:
        assert isinstance(statement, ClauseElement)  # noqa: S101 - all our statements are
        compiled = statement.compile(dialect=dialect, column_keys=list(keys))
        binds = compiled.binds  # type: ignore[attr-defined]  # the compiler of SQL has them
        names: Sequence[str] = compiled.positiontup or list(binds)  # type: ignore[attr-defined]  # the same
        converters = [_converter(binds[name].type, dialect) for name in names]
        self.sql = str(compiled)
        self._parts = list(zip(names, converters, strict=True))
        self._positional = bool(compiled.positional)  # type: ignore[attr-defined]  # the same

    def values(self, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what the driver wants
        if self._positional:
            return tuple([row[name] if convert is None else convert(row[name]) for name, convert in self._parts])
        return {name: row[name] if convert is None else convert(row[name]) for name, convert in self._parts}


def write_rows(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement for each row; nothing happens without rows. All rows have the same keys."""
    if rows:
        prepared = _prepared(statement, connection.dialect, tuple(rows[0]))
        connection.exec_driver_sql(prepared.sql, [prepared.values(row) for row in rows])


@lru_cache(maxsize=256)
def _prepared(statement: Executable, dialect: Dialect, keys: tuple[str, ...]) -> _Prepared:
    return _Prepared(statement, dialect, keys)


def _converter(kind: Any, dialect: Dialect) -> Convert:  # noqa: ANN401 - a type of SQLAlchemy
    found: Convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return found
