"""The regular expressions that flows hold: Java's, in the words of the engine that compares. No models here."""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod

import regex

from gitops.language.expression.library.java_patterns import to_regex

_SECONDS = 1.0
"""How long one comparison may take; a pattern that needs longer is refused, not waited for."""

_COUNT = re.compile(r"\{(\d{1,9})(?:,(\d{0,9}))?\}|\{\d{10}")
_MOST_COPIES = 10_000
"""How many copies of a part a pattern may ask for: each of them takes memory."""


def is_pattern(text: str) -> bool:
    """Whether the text is a regular expression, and not one that asks for more than 10,000 copies of a part."""
    copies = prod(int(most or least or _MOST_COPIES + 1) for least, most in _COUNT.findall(text))
    if copies > _MOST_COPIES:
        return False
    try:
        _compiled(text)
    except regex.error:
        return False
    return True


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
