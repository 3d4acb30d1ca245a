"""What the schema objects to, before it has a place in a file: a rule's name, a path and words."""

from __future__ import annotations

from typing import NamedTuple

from gitops.language.position import Path


class Objection(NamedTuple):
    """One thing that the schema objects to; `key` says that it is about the key at the path, not its value."""

    rule: str
    path: Path
    message: str
    key: bool = False
    expected: str | None = None
    found: str | None = None
    help: str | None = None
