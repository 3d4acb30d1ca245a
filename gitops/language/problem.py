"""What can be wrong with a text before anything is known about flows, and how large a text may be."""

from __future__ import annotations

from typing import NamedTuple

from gitops.language.position import Span


class Problem(NamedTuple):
    """One thing that is wrong with a text, under the name of the rule it breaks.

    Values are quoted in `found` only, so that it can be left out where they may be secret.
    """

    rule: str
    message: str
    span: Span
    expected: str | None = None
    found: str | None = None
    help: str | None = None
    related: Span | None = None


class Limits(NamedTuple):
    """How large a document may be: bytes, nodes, levels of nesting, and growth by aliases as a factor of its nodes."""

    size: int = 1 << 20
    nodes: int = 50_000
    depth: int = 208
    expansion: int = 10


LIMITS = Limits()
