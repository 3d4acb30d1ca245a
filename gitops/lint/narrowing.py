"""In what way an input asks for more than it did before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import gt, lt

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.facts.interface import Bound, InputFact

_ALIKE = {"BOOLEAN": "BOOL", "ENUM": "SELECT", "SECRET": "STRING"}
"""Types that take what others take."""
_ANYTHING = ("STRING", "YAML")
_WIDER: Mapping[str, tuple[str, ...]] = {
    "INT": ("FLOAT", "JSON"),
    "FLOAT": ("JSON",),
    "BOOL": ("JSON",),
    "ARRAY": ("JSON",),
    "MULTISELECT": ("ARRAY", "JSON"),
}


def demanding(before: InputFact | None, now: InputFact) -> str | None:
    """Whether an input needs a value and did not, in words."""
    if not now.needed or (before is not None and before.needed):
        return None
    return "is new and required" if before is None else "is required now"


def narrowed(before: InputFact | None, now: InputFact) -> str | None:
    """What an input does not take any more, in words."""
    if before is None:
        return None
    if not _takes(now.type, before.type):
        return f"has the type {quote(str(now.type))} now, and had {quote(str(before.type))}"
    if now.item != before.item and not _takes(now.item, before.item):
        return f"takes items of type {quote(str(now.item))} now"
    return _fewer(before, now) or _closer(before, now)


def _takes(now: str | None, before: str | None) -> bool:
    """Whether a type takes everything that another one takes."""
    if now is None or before is None:
        return True
    now, before = _ALIKE.get(now, now), _ALIKE.get(before, before)
    return now == before or now in (*_ANYTHING, *_WIDER.get(before, ()))


def _fewer(before: InputFact, now: InputFact) -> str | None:
    """The choices that there are no more."""
    if now.choices is None:
        return None
    if before.choices is None:
        return f"takes only {words.one_of(now.choices)} now" if now.choices else None
    gone = [choice for choice in before.choices if choice not in now.choices]
    return f"does not take {words.listing(gone)} any more" if gone else None


def _closer(before: InputFact, now: InputFact) -> str | None:
    """The bounds and the pattern that are stricter."""
    if _is_stricter(now.low, before.low, gt):
        return f"takes only {quote(str(now.low))} and more now"
    if _is_stricter(now.high, before.high, lt):
        return f"takes only {quote(str(now.high))} and less now"
    if now.pattern is not None and now.pattern != before.pattern:
        return f"must match the pattern {quote(now.pattern)} now"
    return None


def _is_stricter(now: Bound, before: Bound, compare: Callable[[float, float], bool]) -> bool:
    """Whether a bound is new, or nearer; dates and durations are not compared."""
    if isinstance(now, int | float) and isinstance(before, int | float):
        return compare(now, before)
    return now is not None and before is None
