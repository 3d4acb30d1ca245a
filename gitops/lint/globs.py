"""Patterns of paths: `*` and `?` within a name, `**` for any number of folders; without a `/`, a name at any depth.

No pattern takes long, whoever wrote it: there is no regular expression behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

_ANY_DEPTH = "**"


def matches(pattern: str, path: str) -> bool:
    """Whether a path, with `/`, is meant by a pattern. One that ends with `/` means everything in a folder."""
    parts = [part for part in pattern.split("/") if part not in {"", "."}]
    if pattern.endswith("/"):
        parts.append(_ANY_DEPTH)
    elif "/" not in pattern:
        parts[:0] = [_ANY_DEPTH] if parts else []
    return _any_depth(parts, path.split("/"))


def _any_depth(patterns: Sequence[str], names: Sequence[str]) -> bool:
    """Whether all names are meant by all patterns: which beginnings of the names are, pattern by pattern."""
    reached = {0}
    for pattern in patterns:
        if pattern == _ANY_DEPTH:
            reached = set(range(min(reached), len(names) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(names) and _is_meant(pattern, names[at])}
        if not reached:
            return False
    return len(names) in reached


def _is_meant(pattern: str, name: str) -> bool:
    """Whether a name is meant by a pattern; after a mismatch only the last `*` takes one character more."""
    at = star = mark = 0
    starred = False
    position = 0
    while position < len(name):
        if at < len(pattern) and pattern[at] == "*":
            starred, star, mark = True, at, position
            at += 1
        elif at < len(pattern) and pattern[at] in {"?", name[position]}:
            at += 1
            position += 1
        elif starred:
            at, mark = star + 1, mark + 1
            position = mark
        else:
            return False
    return not pattern[at:].strip("*")
