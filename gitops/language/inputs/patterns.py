"""The regular expressions of validators: Java's, in the words of the engine that compares."""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod

import regex
from pydantic import AfterValidator

from gitops.language.expression.library.java_patterns import to_regex

_SECONDS = 1.0
"""How long one comparison may take; a pattern that needs longer is refused, not waited for."""


_COUNT = re.compile(r"\{(\d+)(?:,(\d*))?\}")
_MOST_COPIES = 10_000
"""How many copies of a part a pattern may ask for: each of them takes memory."""


def _check(pattern: str) -> str:
    copies = prod(int(most or least) for least, most in _COUNT.findall(pattern))
    if copies > _MOST_COPIES:
        raise ValueError(f"expected at most {_MOST_COPIES:,} repetitions, found `{pattern}`")
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
