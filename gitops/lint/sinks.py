"""Properties whose texts something else runs or asks: shells and other programs, databases, addresses, images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gitops.language.position import Path
from gitops.lint.expressions.uses import Use

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

SCRIPTS = ("script", "commands", "beforeCommands", "interpreter")
QUERIES = ("sql", "query", "queries", "statement")
ADDRESSES = ("uri", "url", "endpoint")
IMAGES = ("image", "containerImage")
_DATABASES = re.compile(r"\.(jdbc|sql|bigquery|clickhouse|snowflake|mongodb|neo4j|cassandra)\b", re.IGNORECASE)


def property_of(path: Path) -> str:
    """The name of the property that a text is the value of, or an item of."""
    for step in reversed(path):
        if isinstance(step, str):
            return step
    return ""


def script_uses(subject: Subject) -> Iterator[Use]:
    """The texts with expressions that a shell or another interpreter runs."""
    for use in subject.rendered:
        if not use.key and property_of(use.path) in SCRIPTS and "env" not in use.path:
            yield use


def query_uses(subject: Subject) -> Iterator[Use]:
    """The texts with expressions that a database runs."""
    for use in subject.rendered:
        if property_of(use.path) in QUERIES and not use.key and _DATABASES.search(_type_around(subject, use.path)):
            yield use


def _type_around(subject: Subject, path: Path) -> str:
    """The type of the innermost mapping around a path that has one."""
    for length in range(len(path) - 1, 0, -1):
        holder = subject.at(path[:length])
        kind = holder.get("type") if isinstance(holder, dict) else None
        if isinstance(kind, str):
            return kind
    return ""
