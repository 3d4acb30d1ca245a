"""Ids with a dash in paths, which the language reads as a subtraction."""

from __future__ import annotations

import re
from collections.abc import Collection

from gitops.language.expression.tree import Span

_REST = re.compile(r"(?:-\w+)+")


def with_dashes(text: str, place: Span) -> str:
    """A name in a text with the dashes and words right behind it."""
    rest = _REST.match(text, place.end)
    return text[place.start : rest.end() if rest else place.end]


def is_dashed(text: str, place: Span, known: Collection[str]) -> bool:
    """Whether a name is the beginning of an id with a dash, so that it is not a name of its own."""
    whole = with_dashes(text, place)
    return whole != text[place.start : place.end] and whole in known
