"""What the schema objects to, before it has a place in a file: a rule's name, a path, words, and what would mend it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from gitops.language.position import Path


class Change(NamedTuple):
    """What would mend an objection, before it is edits of a text.

    `write` puts `text` over the value, `rename` over the key; `delete` takes the entry out; `move` puts it into the
    mapping at `to`; `add` puts `entries`, each a name and its YAML, into the mapping. A safe change never changes what
    a flow does.
    """

    what: Literal["write", "rename", "delete", "move", "add"]
    text: str = ""
    to: Path = ()
    entries: tuple[tuple[str, str], ...] = ()
    safe: bool = False


class Objection(NamedTuple):
    """One thing that the schema objects to; `key` says that it is about the key at the path, not its value."""

    rule: str
    path: Path
    message: str
    key: bool = False
    expected: str | None = None
    found: str | None = None
    help: str | None = None
    change: Change | None = None


def writing(meant: str | None) -> Change | None:
    """The change that writes what was probably meant; None when nobody can tell."""
    return None if meant is None else Change("write", meant)
