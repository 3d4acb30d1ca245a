"""The facts of files that were read before, kept between runs by the id that Git gives to their bytes.

An id says nothing about paths, branches, clones or times, so what is known stays true after a checkout. What else
facts depend on (the rules, the schema, the options) is in the name of the file that they are kept in.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Iterable, Iterator

from gitops.lint.facts.facts import Facts
from gitops.lint.facts.packing import Plain, packed, unpacked
from gitops.lint.rule_entry import Scope
from gitops.lint.rules.table import RULES
from gitops.lint.source import Options

MOST_BYTES = 64 << 20
"""A larger file is begun anew, with what the last run has used."""

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SCHEMAS = (os.path.join(os.path.dirname(_PACKAGE), "schemas"), os.path.join(_PACKAGE, "schemas"))


class Cache:
    """The facts of one repository's files. A cache that cannot be read is empty; one that cannot be written is not."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._known = _read(path)
        self._used: dict[str, Plain] = {}
        self._grown = False

    def get(self, blob: str) -> Facts | None:
        """The facts of a content; None when they are not known."""
        plain = self._known.get(blob)
        if plain is None:
            return None
        self._used[blob] = plain
        return unpacked(plain)

    def put(self, blob: str, facts: Facts) -> None:
        """Remember the facts of a content."""
        self._used[blob] = self._known[blob] = packed(facts)
        self._grown = True

    def __contains__(self, blob: str) -> bool:
        return blob in self._known

    def save(self) -> None:
        """Keep what has become known for the next run."""
        if not self._grown:
            return
        content = marshal.dumps(self._known)
        if len(content) > MOST_BYTES:
            content = marshal.dumps(self._used)
        _write(self._path, content)


def cache_path(repository: str, options: Options) -> str:
    """Where the facts of a repository's files are kept, found with these options by this code."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    place = hashlib.sha1(os.path.realpath(repository).encode(), usedforsecurity=False).hexdigest()
    return os.path.join(home, "gitops", "lint", place[:16], f"{_digest(options)}.marshal")


def _digest(options: Options) -> str:
    rules = [rule.name for rule in RULES.values() if rule.scope is Scope.FLOW and options.runs(rule)]
    settings = sorted((rule, sorted(values.items())) for rule, values in options.settings.items())
    reading = (options.dialect, options.lenient, options.defaults, rules, settings)
    known = repr((sys.version, reading, list(_code())))
    return hashlib.sha1(known.encode(), usedforsecurity=False).hexdigest()


def _code() -> Iterator[tuple[str, int, int]]:
    """Every file that decides what facts are, as it is now."""
    folders = [os.path.join(_PACKAGE, "lint"), os.path.join(_PACKAGE, "language"), *_SCHEMAS]
    while folders:
        folder = folders.pop()
        for entry in _entries(folder):
            if entry.is_dir():
                folders.append(entry.path)
            elif entry.name.endswith((".py", ".json")):
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime_ns


def _entries(folder: str) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return ()


def _read(path: str) -> dict[str, Plain]:
    try:
        with open(path, "rb") as file:
            found = marshal.loads(file.read())  # noqa: S302 - our own file in the user's own folder
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: str, content: bytes) -> None:
    """Write a file whole or not at all, and remove what other versions of the linter have left beside it."""
    folder = os.path.dirname(path)
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(folder, exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
        _forget_the_oldest(folder)
    except OSError:
        # A cache is a help: without a place for it, the next run does the work again.
        return


def _forget_the_oldest(folder: str) -> None:
    """Keep the few that were written last: one for each set of options in use."""
    kept = sorted(_entries(folder), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    for entry in kept[8:]:
        os.unlink(entry.path)
