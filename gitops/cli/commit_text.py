"""A commit and what became of it, as commands print it."""

from __future__ import annotations

from typing import Any

_SIGNS = {"deployed": "✓", "linted": "✓", "refused": "✗", "failed": "✗", "superseded": "-", "pending": "…"}
_SHORT = 7


def print_commit(commit: dict[str, Any]) -> None:
    """The verdict in one line, then changes and findings, one line each."""
    sign = _SIGNS.get(commit["verdict"], " ")
    print(f"{sign} {commit['repository']} {commit['sha'][:_SHORT]} {commit['summary']}: {commit['description']}")
    for change in commit.get("changes") or ():
        print(f"    {change['action']} {change['namespace']}.{change['id']}")
    for finding in commit.get("findings") or ():
        place = f"{finding['path']}:{finding['line']}:{finding['column']}"
        print(f"    {place}: {finding['severity']}: {finding['message']} [{finding['rule']}]")
