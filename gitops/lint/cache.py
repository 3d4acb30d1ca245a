"""The facts of files that were read before, kept between runs by the id that Git gives to their bytes.

An id says nothing about paths, branches, clones or times, so what is known stays true after a checkout. What else
facts depend on (the rules, the schema, the options) is in the name of the file that they are kept in.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator

from gitops.lint import kept
from gitops.lint.facts.facts import Facts
from gitops.lint.facts.packing import Plain, packed, unpacked
from gitops.lint.kept import entries
from gitops.lint.rule_entry import Scope
from gitops.lint.ruleset import rules_of
from gitops.lint.sha1 import digest
from gitops.lint.source import Options

MOST_BYTES = 64 << 20
"""A larger file is begun anew, with what the last run has used."""

_COMPILED = "__pycache__"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SCHEMAS = (os.path.join(os.path.dirname(_PACKAGE), "schemas"), os.path.join(_PACKAGE, "schemas"))


class Cache:
    """The facts of files of whatever repository. A cache that cannot be read is empty."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._version = kept.version(path)
        self._known = _known(path)
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
        """Keep what has become known for the next run, beside what another has kept since."""
        if not self._grown:
            return
        if kept.version(self._path) != self._version:
            self._known = _known(self._path) | self._known
        content = marshal.dumps(self._known)
        if len(content) > MOST_BYTES:
            content = marshal.dumps(self._used)
        kept.write(self._path, content)


def _known(path: str) -> dict[str, Plain]:
    found = kept.read(path)
    return found if isinstance(found, dict) else {}


def cache_path(options: Options) -> str:
    """Where facts are kept that were found with these options by this code."""
    return os.path.join(kept.home(), "lint", f"{_digest(options)}.marshal")


def _digest(options: Options) -> str:
    rules = [rule for rule in rules_of(options).values() if rule.scope is Scope.FLOW and options.runs(rule)]
    known = repr((sys.version, options.digest(), rules, list(_code())))
    return digest(known.encode())


def _code() -> Iterator[tuple[str, int, int]]:
    """Every file that decides what facts are, as it is now."""
    folders = [os.path.join(_PACKAGE, "lint"), os.path.join(_PACKAGE, "language"), *_SCHEMAS]
    while folders:
        for entry in entries(folders.pop()):
            if entry.name.endswith((".py", ".json")):
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime_ns
            elif entry.name != _COMPILED and entry.is_dir():
                folders.append(entry.path)


def size_of(path: str) -> int:
    """How many bytes are kept there."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
