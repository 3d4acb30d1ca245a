"""What the schema objects to, before it has a place in a file: a rule's name, a path and words."""

from __future__ import annotations

from dataclasses import dataclass

from gitops.language.position import Path


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that the schema objects to; `key` says that it is about the key at the path, not its value."""

    rule: str
    path: Path
    message: str
    key: bool = False
    expected: str | None = None
    found: str | None = None
    help: str | None = None
