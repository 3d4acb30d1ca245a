"""What an unquoted scalar means: the YAML 1.1 reading of Kestra's parser, in one place.

Dates and sexagesimal numbers stay text, and so does every number that JSON cannot hold.
"""

from __future__ import annotations

import math
import re


class WrittenInt(int):
    """A whole number whose usual text is not the one it was written in, such as 0x10."""

    written: str


class WrittenFloat(float):
    """A number whose usual text is not the one it was written in, such as 3.10."""

    written: str


Scalar = str | int | float | bool | None

_WORDS: dict[str, bool | None] = {
    form: value
    for words, value in ((("null",), None), (("true", "yes", "on"), True), (("false", "no", "off"), False))
    for word in words
    for form in (word, word.capitalize(), word.upper())
} | {"": None, "~": None}

_INTEGER = re.compile(
    r"(?P<sign>[-+]?)(?:0b(?P<binary>[01_]+)|0x(?P<hexadecimal>[0-9a-fA-F_]+)|0(?P<octal>[0-7_]+)|(?P<decimal>0|[1-9][0-9_]*))"
)
_BASES = {"binary": 2, "octal": 8, "decimal": 10, "hexadecimal": 16}
_FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 100


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789" or len(text) > _LONGEST_NUMBER:
        return text
    return _number(text)


def _number(text: str) -> str | int | float:
    if match := _INTEGER.fullmatch(text):
        digits = match[match.lastgroup or "decimal"].replace("_", "")
        return _kept(WrittenInt(match["sign"] + digits, _BASES[match.lastgroup or "decimal"]), text) if digits else text
    if not _FLOAT.fullmatch(text) or text.isdecimal():
        return text
    value = WrittenFloat(text.replace("_", ""))
    return _kept(value, text) if math.isfinite(value) else text


def _kept(number: WrittenInt | WrittenFloat, text: str) -> int | float:
    """The number with the text it was written in, where that is not its usual one: a text property wants the former."""
    if str(number) == text:
        return int(number) if isinstance(number, int) else float(number)
    number.written = text
    return number


def written(number: float) -> str:
    """The text that a number was written in."""
    return number.written if isinstance(number, WrittenInt | WrittenFloat) else str(number)
