"""Filters on text. Each takes null for null; numbers and other values are taken by their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from gitops.errors import ExpressionError
from gitops.language.expression.library import patterns
from gitops.language.expression.scope import LIMITS, UNCOUNTED, Scope
from gitops.language.expression.values import compact, is_list, is_map, kind, text

ELLIPSIS = "..."
_ESCAPES = {"single": ("'", "\\'"), "double": ('"', '\\"'), "shell": ("'", "'\\''")}
_LINE_END = re.compile(r"\r\n|\n|\r")


def abbreviate(value: object, length: int) -> str | None:
    """The first characters, with `...` at their end when something is left out."""
    if value is None:
        return None
    if length < 0:
        raise ExpressionError("`abbreviate` needs a length of at least 0")
    whole = text(value)
    if len(whole) < length or len(whole) <= len(ELLIPSIS):
        return whole
    return whole[:length] if length <= len(ELLIPSIS) else whole[: length - len(ELLIPSIS)] + ELLIPSIS


def capitalize(value: object) -> str | None:
    """The first letter in upper case."""
    return None if value is None else _first_upper(text(value))


def title(scope: Scope, value: object) -> str | None:
    """The first letter of each word in upper case."""
    if value is None:
        return None
    scope.budget.work_by_character(text(value))
    return re.sub(r"\S+", lambda word: _first_upper(word[0]), text(value))


def lower(value: object) -> str | None:
    """In lower case."""
    return None if value is None else text(value).lower()


def upper(value: object) -> str | None:
    """In upper case."""
    return None if value is None else text(value).upper()


def trim(value: object) -> str | None:
    """Without the blanks around."""
    return None if value is None else text(value).strip()


def string(value: object) -> str | None:
    """The value as text."""
    return None if value is None else text(value)


def condense(value: object) -> str | None:
    """Without line ends."""
    return None if value is None else text(value).replace("\n", "")


def slugify(scope: Scope, value: object) -> str | None:
    """Lower-case words with dashes between them, accents and other signs left out."""
    if value is None:
        return None
    scope.budget.work_by_character(text(value))
    return slug(text(value))


def slug(words: str) -> str:
    """Words as a part of an address."""
    dashed = re.sub(r"[\s_]+", "-", words.strip())
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w-]", "", dashed)).strip("-").lower()


def starts_with(value: object, value_: object) -> bool | None:
    """Whether the text starts with another."""
    return None if value is None else text(value).startswith(text(value_))


def ends_with(value: object, value_: object) -> bool | None:
    """Whether the text ends with another."""
    return None if value is None else text(value).endswith(text(value_))


def substring_before(value: object, separator: object) -> str | None:
    """What stands before the first separator; everything when there is none."""
    if value is None:
        return None
    whole, mark = text(value), text(separator)
    if mark == "":
        return whole if separator is None else ""
    return whole.partition(mark)[0]


def substring_before_last(value: object, separator: object) -> str | None:
    """What stands before the last separator; everything when there is none."""
    if value is None:
        return None
    whole, mark = text(value), text(separator)
    return whole.rpartition(mark)[0] if mark and mark in whole else whole


def substring_after(value: object, separator: object) -> str | None:
    """What stands after the first separator; nothing when there is none."""
    if value is None:
        return None
    whole, mark = text(value), text(separator)
    if mark == "":
        return "" if separator is None else whole
    return whole.partition(mark)[2]


def substring_after_last(value: object, separator: object) -> str | None:
    """What stands after the last separator; nothing when there is none."""
    if value is None:
        return None
    whole, mark = text(value), text(separator)
    return whole.rpartition(mark)[2] if mark and mark in whole else ""


def split(scope: Scope, value: object, delimiter: object, limit: int = 0) -> list[str] | None:
    """The parts between matches of a pattern, at most `limit` of them; with 0, empty parts at the end are left out."""
    return None if value is None else patterns.split(scope, text(delimiter), text(value), limit or 0)


def replace(scope: Scope, value: object, replace_pairs: object, regexp: object = False) -> object:
    """With each key of the map replaced by its value; maps and lists are gone through."""
    if not isinstance(replace_pairs, Mapping):
        raise ExpressionError(f"`replace` expects a map of what to replace by what but found {kind(replace_pairs)}")
    pairs = [(text(old), text(new)) for old, new in replace_pairs.items()]
    change = patterns.replaced if regexp is True else _replaced

    def change_all(whole: str) -> str:
        for old, new in pairs:
            whole = change(scope, old, whole, new)
        return whole

    if type(value) is str:
        return change_all(value)
    scope.budget.work_through(value)
    return _everywhere(value, change_all)


def regex_match(scope: Scope, value: object, regex: object) -> bool:
    """Whether the pattern is found anywhere in the text."""
    return value is not None and patterns.found(scope, text(regex), text(value)) is not None


def regex_replace(scope: Scope, value: object, regex: object, replacement: object) -> str | None:
    """With each match replaced; `$1` in the replacement is the first group."""
    return None if value is None else patterns.replaced(scope, text(regex), text(value), text(replacement))


def regex_extract(scope: Scope, value: object, regex: object, group: int = 0) -> str | None:
    """The first match, or one group of it; null when there is none."""
    match = None if value is None else patterns.found(scope, text(regex), text(value))
    if match is None:
        return None
    if not 0 <= group < len(match.groups):
        raise ExpressionError(f"The regular expression has no group {group}")
    return match.groups[group]


def escape_char(scope: Scope, value: object, type_: str) -> object:
    """With quotes escaped for single quotes, double quotes or the shell; maps and lists are gone through."""
    escape = _ESCAPES.get(text(type_).lower())
    if escape is None:
        message = "The 'escapeChar' filter expects the value of 'type' to be either 'single', 'double', or 'shell'."
        raise ExpressionError(message)
    scope.budget.work_through(value)
    return _everywhere(value, lambda whole: whole.replace(*escape))


def indent(value: object, amount: int, prefix: str = " ") -> str | None:
    """Every line but the first pushed to the right."""
    if value is None:
        return None
    whole = text(value)
    pushed = _held(prefix, amount, whole)
    return _LINE_END.sub(lambda end: end[0] + pushed, whole)


def nindent(value: object, amount: int, prefix: str = " ") -> str | None:
    """A line end, then every line pushed to the right."""
    if value is None or text(value) == "":
        return None if value is None else ""
    whole = text(value)
    end = _LINE_END.search(whole)
    return (end[0] if end else "\n") + _held(prefix, amount, whole) + (indent(whole, amount, prefix) or "")


def _first_upper(word: str) -> str:
    return word[:1].title() + word[1:]


def _everywhere(value: object, change: Callable[[str], str]) -> object:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {key: _everywhere(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_everywhere(each, change) for each in value]
    return change(compact(value) if is_map(value) or is_list(value) else text(value))


def _replaced(scope: Scope, old: str, whole: str, new: str) -> str:
    if len(whole) > UNCOUNTED or len(new) > len(old):
        scope.budget.work_on(whole)
        scope.budget.check(len(whole) + whole.count(old) * len(new))
    return whole.replace(old, new)


def _held(prefix: str, amount: int, whole: str) -> str:
    lines = len(_LINE_END.findall(whole)) + 2
    _refuse_longer(len(prefix) * max(amount, 0) * lines)
    return text(prefix) * amount


def _refuse_longer(length: int) -> None:
    if length > LIMITS.characters:
        raise ExpressionError(f"The text is longer than {LIMITS.characters:,} characters")
