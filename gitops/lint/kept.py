"""What is kept between runs in the user's cache folder: plain values, written whole or not at all.

A cache is a help: one that cannot be read is empty, and without a place for it the next run does the work again.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable

_MOST_FILES = 8
"""How many files of one folder are kept: those that were written last."""


def home() -> str:
    """The folder of everything that is kept."""
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "gitops")


def read(path: str) -> object:
    """The value that was kept; None when there is none."""
    try:
        with open(path, "rb") as file:
            # Reading it all first is many times faster than letting `marshal` ask for a few bytes at a time.
            return marshal.loads(file.read())  # noqa: S302 - our own file in the user's own folder
    except (OSError, ValueError, EOFError, TypeError):
        return None


def version(path: str) -> int | None:
    """What tells one content of a file from the next; None when there is no file."""
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return None


def write(path: str, content: bytes) -> None:
    """Keep what `marshal` has written."""
    folder = os.path.dirname(path)
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(folder, exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
        for entry in _the_oldest(folder):
            os.unlink(entry.path)
    except OSError:
        return


def entries(folder: str) -> Iterable[os.DirEntry[str]]:
    """What is in a folder, by name; nothing when there is no folder."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return ()


def _the_oldest(folder: str) -> list[os.DirEntry[str]]:
    return sorted(entries(folder), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)[_MOST_FILES:]
