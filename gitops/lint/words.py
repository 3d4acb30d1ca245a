"""The words of findings: how values, kinds and choices are named, and what an author may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from gitops.language.plain_scalars import written
from gitops.language.position import Path
from gitops.language.quoting import quote

_MOST_CHOICES = 20
_LONGEST_NAME = 200
_LIKENESS_OF_WHOLE_NAMES = 0.92
"""Whole names share their packages, so they are alike before they mean the same."""


def listing(names: Iterable[str]) -> str:
    """Names in backticks with commas, the first ones when there are many."""
    quoted = [quote(name) for name in names]
    more = [f"… ({len(quoted) - _MOST_CHOICES} more)"] if len(quoted) > _MOST_CHOICES else []
    return ", ".join(quoted[:_MOST_CHOICES] + more)


def one_of(names: Sequence[str]) -> str:
    """A choice: the one name, or one of several."""
    return quote(names[0]) if len(names) == 1 else f"one of {listing(names)}"


def value_words(value: object) -> str:
    """What was found: the kind of a collection, the text of anything else."""
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list" if value else "an empty list"
    if isinstance(value, bool):
        return quote(str(value).lower())
    return quote(written(value) if isinstance(value, int | float) else str(value))


def place_words(path: Path) -> str:
    """The name of a place: the last property and the indices after it."""
    last = max((index for index, step in enumerate(path) if isinstance(step, str)), default=0)
    name = "".join(step if isinstance(step, str) else f"[{step}]" for step in path[last:])
    return f"`{name}`" if name else "the flow"


def of(name: str | None) -> str:
    """Of which type something is said, where types are choices and not whole names: `` of type `REGEX` ``."""
    return f" of type {quote(name)}" if name and "." not in name else ""


def count(number: float, one: str, several: str) -> str:
    """A number of things."""
    return f"{number} {one if number == 1 else several}"


@lru_cache(maxsize=1_000)
def closest(name: str, candidates: tuple[str, ...], likeness: float = 0.65) -> str | None:
    """The candidate that was probably meant, by its likeness from 0 to 1; None when none is near."""
    if len(name) > _LONGEST_NAME:
        return None
    from difflib import get_close_matches

    spelled = {candidate.lower(): candidate for candidate in candidates}
    near = get_close_matches(name.lower(), spelled, n=1, cutoff=likeness)
    return spelled[near[0]] if near else None


def closest_type(name: str, candidates: tuple[str, ...]) -> str | None:
    """The type that was probably meant: by its last segment first, then by its whole name."""
    if len(name) > _LONGEST_NAME:
        return None
    by_last: dict[str, list[str]] = {}
    for candidate in candidates:
        by_last.setdefault(candidate.rpartition(".")[2], []).append(candidate)
    last = closest(name.rpartition(".")[2], tuple(by_last))
    if last is None:
        return closest(name, candidates, _LIKENESS_OF_WHOLE_NAMES)
    return closest(name, tuple(by_last[last])) or by_last[last][0]


def chain(names: Iterable[str]) -> str:
    """Names of which each leads to the next."""
    return " → ".join(quote(name) for name in names)


def did_you_mean(name: str | None) -> str | None:
    """The question, when there is a name."""
    return f"did you mean {quote(name)}?" if name else None
