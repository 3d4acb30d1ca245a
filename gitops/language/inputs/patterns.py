"""The regular expressions of validators: Java's, of which Python's cover what flows use."""

from __future__ import annotations

import regex
from pydantic import AfterValidator

_SECONDS = 1.0
"""How long one comparison may take; a pattern that needs longer is refused, not waited for."""


def _check(pattern: str) -> str:
    try:
        regex.compile(pattern)
    except regex.error as error:
        raise ValueError(f"expected a regular expression, found `{pattern}`: {error}") from None
    return pattern


Pattern = AfterValidator(_check)


def matches(pattern: str | None, text: str) -> str:
    """The text when the whole of it matches; raise ValueError otherwise."""
    try:
        fits = pattern is None or regex.fullmatch(pattern, text, timeout=_SECONDS)
    except TimeoutError:
        raise ValueError(f"it takes too long to compare it with the pattern `{pattern}`") from None
    if not fits:
        raise ValueError(f"it must match the pattern `{pattern}`")
    return text
