"""What a database's refusal means, in one sentence: the exceptions of the drivers become `StoreFailed` here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from gitops.errors import StoreFailed, StoreUnavailable

_LOCKED = "is locked by another program that writes to it; stop that program, or try again when it has finished"
_READ_ONLY = "is read-only; give the service the right to write to it"
_FULL = "has no room left; free disk space, then try again"
_UNREACHABLE = "cannot be opened; check that it exists, that it runs, and that the service may use it"
_UNREADABLE = "cannot be read or written; check its disk"
_DAMAGED = "is not a database, or is damaged; restore it from a backup"

_SQLITE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: _UNREACHABLE,
    sqlite3.SQLITE_IOERR: _UNREADABLE,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
}
# The low byte of an extended result code is the primary one.
_PRIMARY = 0xFF

_POSTGRESQL = {
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "40P01": _LOCKED,
    "53100": _FULL,
    "55P03": _LOCKED,
    "57P01": _UNREACHABLE,
    "57P03": _UNREACHABLE,
}


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn what the database named `name` raises inside the block into StoreFailed.

    It is StoreUnavailable when the database may take the same thing later.
    """
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable(f"the database {name} {_LOCKED}") from error
    except DBAPIError as error:
        meaning, passes = _meaning(error)
        raise (StoreUnavailable if passes else StoreFailed)(f"the database {name} {meaning}") from error
    except SQLAlchemyError as error:
        raise StoreFailed(f"the database {name} could not be asked: {error}") from error


def _meaning(error: DBAPIError) -> tuple[str, bool]:
    """What a refusal means, and whether it may pass by itself or by what it asks for."""
    original = error.orig
    sqlite_code = getattr(original, "sqlite_errorcode", None)
    postgresql_code = getattr(original, "sqlstate", None)
    if sqlite_code is not None and (known := _SQLITE.get(sqlite_code & _PRIMARY)):
        return known, known is not _DAMAGED
    if postgresql_code is not None and (known := _POSTGRESQL.get(postgresql_code)):
        return known, True
    reason = str(original).splitlines()[0] if str(original) else type(original).__name__
    unreachable = error.connection_invalidated or (sqlite_code is None and postgresql_code is None)
    return (f"{_UNREACHABLE} ({reason})", True) if unreachable else (f"refused: {reason}", False)
