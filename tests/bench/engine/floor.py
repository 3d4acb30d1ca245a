"""What the machine itself takes: durable commits of a bare SQLite database, and bare processes."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median


def commits(number: int, rounds: int) -> float:
    """Seconds for so many durable one-row commits, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
        result = median(_commit(connection, number) for _ in range(rounds + 1))
        connection.close()
    return result


def _commit(connection: sqlite3.Connection, number: int) -> float:
    began = time.perf_counter()
    for _ in range(number):
        connection.execute("INSERT INTO rows (text) VALUES ('a row')")
    return time.perf_counter() - began


def processes(number: int, rounds: int) -> float:
    """Seconds for so many shells that do nothing, one after the other, with their output read."""
    return median(_spawn(number) for _ in range(rounds))


def _spawn(number: int) -> float:
    began = time.perf_counter()
    for _ in range(number):
        subprocess.run(["/bin/sh", "-c", "set -e\ntrue"], check=True, capture_output=True)
    return time.perf_counter() - began
