"""Filters on text. Each takes null for null; numbers and other values are taken by their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from gitops.errors import ExpressionError
from gitops.language.expression.scope import LIMITS
from gitops.language.expression.values import compact, is_list, is_map, text

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


def title(value: object) -> str | None:
    """The first letter of each word in upper case."""
    return None if value is None else re.sub(r"\S+", lambda word: _first_upper(word[0]), text(value))


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


def slugify(value: object) -> str | None:
    """Lower-case words with dashes between them, accents and other signs left out."""
    if value is None:
        return None
    words = re.sub(r"[\s_]+", "-", text(value).strip())
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w-]", "", words)).strip("-").lower()


def starts_with(value: object, prefix: object) -> bool | None:
    """Whether the text starts with another."""
    return None if value is None else text(value).startswith(text(prefix))


def ends_with(value: object, suffix: object) -> bool | None:
    """Whether the text ends with another."""
    return None if value is None else text(value).endswith(text(suffix))


def substring_before(value: object, separator: object) -> str | None:
    """What stands before the first separator; everything when there is none."""
    return None if value is None else text(value).partition(text(separator))[0]


def substring_before_last(value: object, separator: object) -> str | None:
    """What stands before the last separator; everything when there is none."""
    if value is None:
        return None
    before, found, after = text(value).rpartition(text(separator))
    return before if found else after


def substring_after(value: object, separator: object) -> str | None:
    """What stands after the first separator; nothing when there is none."""
    return None if value is None else text(value).partition(text(separator))[2]


def substring_after_last(value: object, separator: object) -> str | None:
    """What stands after the last separator; nothing when there is none."""
    if value is None:
        return None
    _, found, after = text(value).rpartition(text(separator))
    return after if found else ""


def split(value: object, delimiter: str, limit: int | None = None) -> list[str] | None:
    """The parts between matches of a pattern: at most `limit` of them; without a limit, empty parts at the end go."""
    if value is None:
        return None
    parts = re.split(java_pattern(delimiter), text(value), maxsplit=max((limit or 0) - 1, 0) if limit != 1 else -1)
    parts = [part for part in parts if part is not None]
    if delimiter == "" and parts[:1] == [""]:
        parts = parts[1:]
    while not limit and len(parts) > 1 and parts[-1] == "":
        parts.pop()
    return parts


def replace(value: object, replace_pairs: Mapping[str, object], *, regexp: bool = False) -> object:
    """With each key of the map replaced by its value; maps and lists are gone through."""
    return _everywhere(value, lambda whole: _replaced(whole, replace_pairs, regexp=regexp))


def regex_match(value: object, regex: str) -> bool:
    """Whether the pattern is found anywhere in the text."""
    return value is not None and re.search(java_pattern(regex), text(value)) is not None


def regex_replace(value: object, regex: str, replacement: str) -> str | None:
    """With each match replaced; `$1` in the replacement is the first group."""
    return None if value is None else re.sub(java_pattern(regex), java_replacement(text(replacement)), text(value))


def regex_extract(value: object, regex: str, group: int = 0) -> str | None:
    """The first match, or one group of it; null when there is none."""
    found = None if value is None else re.search(java_pattern(regex), text(value))
    return found[group] if found else None


def escape_char(value: object, type_: str) -> object:
    """With quotes escaped for single quotes, double quotes or the shell; maps and lists are gone through."""
    escape = _ESCAPES.get(text(type_).lower())
    if escape is None:
        message = "The 'escapeChar' filter expects the value of 'type' to be either 'single', 'double', or 'shell'."
        raise ExpressionError(message)
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


def java_pattern(pattern: str) -> str:
    """A Java pattern in the words of Python: named groups, possessive and Unicode classes that both have stay."""
    return re.sub(r"\(\?<([A-Za-z]\w*)>", r"(?P<\1>", pattern)


def java_replacement(replacement: str) -> str:
    r"""A Java replacement in the words of Python: `$1` and `${name}` are groups, a backslash escapes."""
    parts = re.findall(r"\\(.)|\$\{(\w+)\}|\$(\d)|(.)", replacement, re.DOTALL)
    return "".join(
        f"\\g<{name or number}>" if name or number else (escaped or plain).replace("\\", r"\\")
        for escaped, name, number, plain in parts
    )


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


def _replaced(whole: str, pairs: Mapping[str, object], *, regexp: bool) -> str:
    if not isinstance(pairs, Mapping):
        raise ExpressionError("`replace` expects a map of what to replace by what")
    for old, new in ((text(key), text(value)) for key, value in pairs.items()):
        if regexp:
            whole = re.sub(java_pattern(old), java_replacement(new), whole)
        else:
            _refuse_longer(len(whole) + whole.count(old) * len(new))
            whole = whole.replace(old, new)
    return whole


def _held(prefix: str, amount: int, whole: str) -> str:
    lines = len(_LINE_END.findall(whole)) + 2
    _refuse_longer(len(prefix) * max(amount, 0) * lines)
    return text(prefix) * amount


def _refuse_longer(length: int) -> None:
    if length > LIMITS.characters:
        raise ExpressionError(f"The text is longer than {LIMITS.characters:,} characters")
