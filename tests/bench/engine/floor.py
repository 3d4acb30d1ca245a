"""What the machine itself takes: durable commits of a bare SQLite database, and bare processes."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

_SCRIPT = ["/bin/sh", "-c", "set -e\ntrue"]


def commits(rounds: int, *, synced: int, unsynced: int) -> float:
    """Seconds for one-row commits, one after the other: so many that wait for the disk, then so many that do not.

    It is what an engine does that gathers nothing: a synced commit for each execution, so that it survives a power
    cut, and another for each task, so that it survives kill -9.
    """
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
        result = median(_commit(connection, synced, unsynced) for _ in range(rounds))
        connection.close()
    return result


def _commit(connection: sqlite3.Connection, synced: int, unsynced: int) -> float:
    began = time.perf_counter()
    for number, mode in ((synced, "FULL"), (unsynced, "NORMAL")):
        connection.execute(f"PRAGMA synchronous = {mode}")
        for _ in range(number):
            connection.execute("INSERT INTO rows (text) VALUES ('a row')")
    return time.perf_counter() - began


def processes(number: int) -> float:
    """Seconds for so many shells that do nothing, one after the other, with their output read."""
    began = time.perf_counter()
    for _ in range(number):
        subprocess.run(_SCRIPT, check=True, capture_output=True)
    return time.perf_counter() - began
