"""Regular expressions as Java means them: the one door to `re2`, which is done in time that grows with the text alone.

What RE2 cannot do (looking around, references, sets of sets) is searched for where it can be stopped: by a function
that the caller offers, `scope.RUN_APART`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from gitops.errors import ExpressionError
from gitops.language.expression.library.java_patterns import ends_before_line_end, to_re2, to_regex
from gitops.language.expression.scope import Scope

_STEPS_OF_SEARCH: Final = 20
_STEPS_OF_MATCH: Final = 10
_CHARACTERS_OF_A_STEP: Final = 16
_MOST: Final = 1_000_000
_ALWAYS_WRONG: Final = ("missing", "unexpected", "trailing", "no argument")
"""How RE2's complaints begin about what is wrong in every engine; the others may only be beyond RE2."""

_REFERENCE: Final = re.compile(r"\\(.)|\$\{(\w+)\}|\$(\d{1,9})|([\\$])|([^\\$]+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern was found. Group 0 is the whole of it; a group that took no part is None."""

    start: int
    end: int
    groups: tuple[str | None, ...]
    names: dict[str, int]


def find(scope: Scope, pattern: str, text: str, *, most: int = _MOST) -> Iterator[Match]:
    """The places where the pattern is found, from left to right; raises ExpressionError for one that is wrong."""
    if len(pattern) > scope.budget.limits.pattern:
        raise ExpressionError(f"The regular expression is longer than {scope.budget.limits.pattern:,} characters")
    scope.budget.spend(_STEPS_OF_SEARCH + len(text) // _CHARACTERS_OF_A_STEP)
    compiled = _compiled(pattern)
    special = text.endswith(("\n", "\r", "\x85", "\u2028", "\u2029")) and ends_before_line_end(pattern)
    found = _apart(scope, pattern, text, most) if compiled is None or special else _here(compiled, text, most)
    for match in found:
        scope.budget.spend(_STEPS_OF_MATCH)
        yield match


def found(scope: Scope, pattern: str, text: str) -> Match | None:
    """The first place where the pattern is found."""
    return next(find(scope, pattern, text, most=1), None)


def replaced(scope: Scope, pattern: str, text: str, replacement: str) -> str:
    """The text with each match replaced; `$1` and `${name}` in the replacement are groups, a backslash escapes."""
    pieces: list[str] = []
    length, position = len(text), 0
    fill = _filler(replacement)
    for match in find(scope, pattern, text):
        piece = fill(match)
        pieces += (text[position : match.start], piece)
        length += len(piece)
        scope.budget.check(length)
        position = match.end
    return "".join([*pieces, text[position:]])


def split(scope: Scope, pattern: str, text: str, limit: int) -> list[str]:
    """The parts between matches, at most `limit` of them; without a limit, empty parts at the end are left out."""
    parts: list[str] = []
    position = 0
    for match in find(scope, pattern, text):
        if limit > 0 and len(parts) == limit - 1:
            break
        if match.end > 0:
            parts.append(text[position : match.start])
            position = match.end
    parts.append(text[position:])
    while limit == 0 and len(parts) > 1 and parts[-1] == "":
        parts.pop()
    return parts


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any | None:  # noqa: ANN401 - a pattern of re2, which has no types
    """The pattern of RE2, None when RE2 cannot say what it means; raises ExpressionError when nobody can."""
    translated = to_re2(pattern)
    try:
        return None if translated is None else compile_re2(translated)
    except ExpressionError as error:
        if str(error).startswith(_ALWAYS_WRONG):
            raise ExpressionError(f"`{pattern}` is not a regular expression: {error}") from error
        return None


def compile_re2(pattern: str) -> Any:  # noqa: ANN401 - same
    """A pattern in RE2's own words; raises ExpressionError with the reason alone."""
    import re2  # type: ignore[import-untyped]  # ships no types

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise ExpressionError(str(error).removeprefix("b").strip("'")) from error


def _here(compiled: Any, text: str, most: int) -> Iterator[Match]:  # noqa: ANN401 - same
    names = dict(compiled.groupindex)
    for match in islice(compiled.finditer(text), most):
        yield Match(match.start(), match.end(), (match[0], *match.groups()), names)


def _apart(scope: Scope, pattern: str, text: str, most: int) -> Iterator[Match]:
    request: dict[str, object] = {"regex": to_regex(pattern), "text": text, "most": most}
    try:
        answer = scope.budget.run_apart(scope.functions, request)
    except ExpressionError as error:
        raise ExpressionError(f"Unable to search for the regular expression `{pattern}`: {error}") from error
    names = answer["names"]
    return (Match(start, end, tuple(groups), names) for start, end, groups in answer["matches"])


def _filler(replacement: str) -> Callable[[Match], str]:
    """What makes the text that takes the place of a match; raises ExpressionError for a stray `$` or backslash."""
    parts = [_part(replacement, *found) for found in _REFERENCE.findall(replacement)]
    if all(isinstance(part, str) for part in parts):
        whole = "".join(map(str, parts))
        return lambda _match: whole
    return lambda match: "".join([part if isinstance(part, str) else part(match) for part in parts])


def _part(replacement: str, *found: str) -> str | Callable[[Match], str]:
    escaped, name, digits, stray, plain = found
    if stray:
        raise ExpressionError(f"The replacement `{replacement}` ends a group or an escape too early at `{stray}`")
    if digits:
        return lambda match: _numbered(digits, match)
    return (lambda match: _named(name, match)) if name else escaped or plain


def _numbered(digits: str, match: Match) -> str:
    """The group with the longest number that there is, then the digits that are left."""
    length = max((size for size in range(1, len(digits) + 1) if int(digits[:size]) < len(match.groups)), default=0)
    if length == 0:
        raise ExpressionError(f"The regular expression has no group {digits[0]}")
    return (match.groups[int(digits[:length])] or "") + digits[length:]


def _named(name: str, match: Match) -> str:
    if name not in match.names:
        raise ExpressionError(f"The regular expression has no group `{name}`")
    return match.groups[match.names[name]] or ""
