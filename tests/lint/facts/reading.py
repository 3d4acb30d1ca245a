"""The facts of a text, as the linter finds them with the schema that is shipped."""

from __future__ import annotations

from functools import cache

from gitops.lint.analysis import Analysis
from gitops.lint.facts.facts import Facts
from gitops.lint.schema.shipped import load_schema
from gitops.lint.source import Content, Options, content


@cache
def _analysis() -> Analysis:
    return Analysis(load_schema(), Options(), many=1)


def facts_of(source: str | Content) -> Facts:
    """The facts of a flow."""
    return _analysis().facts(source.encode() if isinstance(source, str) else content(source))
