"""The words for what the YAML parser objects to: its terse sentences turned into what to look for and what to do."""

from __future__ import annotations

import re
from typing import NamedTuple


class Words(NamedTuple):
    """A sentence that says what is wrong, and one that says what to do."""

    message: str
    help: str | None = None


_QUOTE = 'put the text in quotes, for example `"@daily"`'
_INDENT = "indent it exactly like its siblings"

_WORDS = {
    "mapping values are not allowed in this context": Words(
        "a `:` is not allowed here", f"{_INDENT}, or put a text that holds a `:` in quotes"
    ),
    "did not find expected key": Words(
        "this does not continue the mapping", f"{_INDENT}; a text that begins with a quote must end with it"
    ),
    "did not find expected '-' indicator": Words("this does not continue the list", _INDENT),
    "could not find expected ':'": Words("a key is not followed by `:`", "write `key: value`"),
    "did not find expected ',' or ']'": Words("the list in brackets is not closed", "close it with `]`"),
    "did not find expected ',' or '}'": Words(
        "the mapping in braces is not closed", "close it with `}`, or put an expression in quotes"
    ),
    "did not find expected node content": Words("a value is missing or not closed", "write the value"),
    "found character that cannot start any token": Words("a value cannot begin with this character", _QUOTE),
    "found unknown escape character": Words(
        "a text in double quotes holds an unknown escape", "write `\\\\` for a backslash, or use single quotes"
    ),
    "found unexpected end of stream": Words("the quoted text is not closed", "close it with the quote it begins with"),
    "found undefined alias": Words(
        "an alias refers to no anchor", "declare it above with `&`, or put a text that begins with `*` in quotes"
    ),
    "second occurrence": Words("the same anchor is declared twice", "give each anchor a name of its own"),
    "control characters are not allowed": Words("the file holds a control character", "delete it or write an escape"),
    "special characters are not allowed": Words("the file holds a character that YAML does not allow", "delete it"),
    "found undefined tag handle": Words("a tag is not declared", "put a text that begins with `!` in quotes"),
}

TAB = Words("a tab cannot indent", "indent with spaces")
NOT_UTF8 = Words("the file is not UTF-8 text", "save it with the encoding UTF-8")
UNQUOTED = Words("an expression is not in quotes", 'write `"{{ … }}"`')
EXPRESSION = re.compile(r"(?:^|[:\-\[,])[ \t]+(?P<expression>\{\{)")
"""A line on which a value begins with an expression, without quotes."""


def explain(problem: str, character: str) -> Words:
    """The words for a problem of the parser at a character of the text."""
    if problem == "found character that cannot start any token" and character == "\t":
        return TAB
    return _WORDS.get(problem) or Words(f"the text is not YAML: {problem}")
