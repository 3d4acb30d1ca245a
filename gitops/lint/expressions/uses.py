"""Every text of a document that holds expressions, each with its place and what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gitops.language.expression.inspection import ExpressionSpan, expressions
from gitops.language.position import Path


class Use(NamedTuple):
    """A text that holds expressions: the value at a path, or its key."""

    path: Path
    text: str
    key: bool = False

    @property
    def spans(self) -> tuple[ExpressionSpan, ...]:
        """Every output and tag in it, in order; read once for all equal texts."""
        return _spans(self.text)


def uses(data: object) -> Iterator[Use]:
    """Every text in plain data that holds `{{` or `{%`, in the order of the document."""
    waiting: list[tuple[Path, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            if "{{" in value or "{%" in value:
                yield Use(path, value)
        elif isinstance(value, dict):
            yield from (Use((*path, key), key, key=True) for key in value if "{{" in key)
            waiting.extend(((*path, key), item) for key, item in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend(((*path, index), item) for index, item in reversed(list(enumerate(value))))


@lru_cache(maxsize=4_000)
def _spans(text: str) -> tuple[ExpressionSpan, ...]:
    return expressions(text)
