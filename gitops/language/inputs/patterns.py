"""The regular expressions of validators: Java's, in the words of the engine that compares."""

from __future__ import annotations

from functools import lru_cache

import regex
from pydantic import AfterValidator

from gitops.language.expression.library.java_patterns import to_regex

_SECONDS = 1.0
"""How long one comparison may take; a pattern that needs longer is refused, not waited for."""


def _check(pattern: str) -> str:
    try:
        _compiled(pattern)
    except regex.error as error:
        raise ValueError(f"expected a regular expression, found `{pattern}`: {error}") from None
    return pattern


Pattern = AfterValidator(_check)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(to_regex(pattern), regex.VERSION1)


def matches(pattern: str | None, text: str) -> str:
    """The text when the whole of it matches; raise ValueError otherwise."""
    try:
        fits = pattern is None or _compiled(pattern).fullmatch(text, timeout=_SECONDS)
    except TimeoutError:
        raise ValueError(f"it takes too long to compare it with the pattern `{pattern}`") from None
    if not fits:
        raise ValueError(f"it must match the pattern `{pattern}`")
    return text
