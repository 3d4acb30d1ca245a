"""Ion text in and out: the parts of the notation that values of the language need."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression.scope import Scope
from gitops.language.expression.values import Float, is_list, iso, kind, text

_TOKEN: Final = re.compile(
    r"""(?:\s|//[^\n]*+|/\*.*?\*/)*+(?:
    (?P<sign>[{}\[\]():,])
  | (?P<long>'''(?:[^'\\]|\\.|'(?!''))*''')
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<symbol>'(?:[^'\\]|\\.)*')
  | (?P<moment>\d{4}T|\d{4}-\d{2}T|\d{4}-\d{2}-\d{2}(?:T(?:\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)
  | (?P<whole>-?0[xX][0-9a-fA-F_]+|-?0[bB][01_]+)
  | (?P<number>-?\d[\d_]*(?:\.[\d_]*)?(?:[eEdD][+-]?\d+)?)
  | (?P<word>null\.[a-z]+|[+-]inf|[A-Za-z_$][\w$]*)
  | (?P<end>$)
)""",
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = {
    "null": None,
    "true": True,
    "false": False,
    "nan": math.nan,
    "+inf": math.inf,
    "-inf": -math.inf,
}
_ESCAPE: Final = re.compile(r"\\(?:x(..)|u(.{4})|U(.{8})|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\n": ""}
_NAME: Final = re.compile(r"[A-Za-z_$][\w$]*")
_DEEPEST: Final = 100


def to_ion(value: object) -> str:
    """The value as Ion text."""
    for types, write in _WRITERS:
        if isinstance(value, types):
            return write(value)
    if is_list(value):
        return "[" + ",".join(to_ion(each) for each in value) + "]"
    raise ExpressionError(f"{kind(value).capitalize()} cannot be written as Ion")


def from_ion(scope: Scope, ion: object, all_rows: object = False) -> object:
    """The first value of an Ion text, or the list of all of them."""
    if ion is None:
        return None
    scope.budget.work_by_character(text(ion))
    rows = _Reader(text(ion)).rows()
    return rows if all_rows is True else (rows[0] if rows else None)


def read_ion(source: str) -> object:
    """The only value of an Ion text; raises ExpressionError when there is none or there are several."""
    rows = _Reader(source).rows()
    if len(rows) != 1:
        raise ExpressionError(f"expected one value, found {len(rows)}")
    return rows[0]


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return '"' + escaped.replace("\t", "\\t") + '"'


def _field(name: str) -> str:
    if _NAME.fullmatch(name) and name not in _WORDS and name != "nan":
        return name
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _struct_text(value: Mapping[object, object]) -> str:
    return "{" + ",".join(f"{_field(text(key))}:{to_ion(each)}" for key, each in value.items()) + "}"


def _float(number: float) -> str:
    if not math.isfinite(number):
        return {"inf": "+inf", "-inf": "-inf"}.get(str(number), "nan")
    # Ion has one float type, so a number of single precision is written with all the digits of its wide form.
    shown = repr(struct.unpack("f", struct.pack("f", number))[0] if isinstance(number, Float) else float(number))
    return shown if "e" in shown else shown + "e0"


_WRITERS: Final[tuple[tuple[type | tuple[type, ...], Callable[..., str]], ...]] = (
    (type(None), lambda _: "null"),
    (bool, text),
    (str, _quoted),
    (float, _float),
    ((int, Decimal), str),
    (datetime, iso),
    (date, date.isoformat),
    (Mapping, _struct_text),
)


class _Reader:
    """Reads values from an Ion text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.depth = 0

    def rows(self) -> list[object]:
        """All values at the top."""
        found: list[object] = []
        while self._peek()[0] != "end":
            found.append(self._value())
        return found

    def _peek(self) -> tuple[str, str, int]:
        match = _TOKEN.match(self.source, self.position)
        if match is None or match.lastgroup is None:
            raise ExpressionError(f"The text is not Ion at `{self.source[self.position : self.position + 20]}`")
        return match.lastgroup, match[match.lastgroup], match.end()

    def _take(self) -> tuple[str, str]:
        group, lexeme, self.position = self._peek()
        return group, lexeme

    def _value(self) -> object:
        group, lexeme = self._take()
        while group in ("word", "symbol") and self.source.startswith("::", self.position):
            self.position += 2
            group, lexeme = self._take()
        if group == "sign" and lexeme in "{[":
            return self._nested(lexeme)
        if group not in _READERS:
            raise ExpressionError(f"The text is not Ion: unexpected `{lexeme or 'end'}`")
        return _READERS[group](lexeme)

    def _nested(self, lexeme: str) -> object:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ExpressionError("The Ion text is nested too deeply")
        value: object = self._struct() if lexeme == "{" else self._list()
        self.depth -= 1
        return value

    def _list(self) -> list[object]:
        found: list[object] = []
        while not self._closes("]"):
            found.append(self._value())
            self._separator("]")
        return found

    def _struct(self) -> dict[str, object]:
        found: dict[str, object] = {}
        while not self._closes("}"):
            group, lexeme = self._take()
            name = lexeme if group == "word" else _unquoted(lexeme)
            if self._take()[1] != ":":
                raise ExpressionError(f"The text is not Ion: `:` is missing after `{name}`")
            found[name] = self._value()
            self._separator("}")
        return found

    def _closes(self, sign: str) -> bool:
        _, lexeme, end = self._peek()
        if lexeme == sign:
            self.position = end
        return lexeme == sign

    def _separator(self, sign: str) -> None:
        group, lexeme, end = self._peek()
        if lexeme == ",":
            self.position = end
        elif lexeme != sign or group != "sign":
            raise ExpressionError(f"The text is not Ion: expected `,` or `{sign}` but found `{lexeme or 'end'}`")


def _unquoted(lexeme: str) -> str:
    inner = lexeme[3:-3] if lexeme.startswith("'''") else lexeme[1:-1]
    return _ESCAPE.sub(_meant, inner)


def _meant(escape: re.Match[str]) -> str:
    """The character that a backslash and what follows it stand for."""
    code = escape[1] or escape[2] or escape[3]
    if not code:
        return _ESCAPED.get(escape[4], escape[4])
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        raise ExpressionError(f"The text is not Ion: `{escape[0]}` stands for no character") from None


def _word(lexeme: str) -> object:
    return None if lexeme.startswith("null.") else _WORDS.get(lexeme, lexeme)


def _whole(lexeme: str) -> object:
    return int(lexeme.replace("_", ""), 0)


def _number(lexeme: str) -> object:
    lower = lexeme.lower().replace("_", "")
    if re.fullmatch(r"-?\d+", lower):
        return int(lower)
    return float(lower) if "e" in lower else Decimal(lower.replace("d", "e"))


def _moment(lexeme: str) -> object:
    try:
        if ":" in lexeme:
            return datetime.fromisoformat(lexeme)
        # A moment may be as coarse as a year; it is then the first day of it.
        return date.fromisoformat((lexeme.removesuffix("T") + "-01-01")[:10])
    except ValueError:
        raise ExpressionError(f"`{lexeme}` is not an Ion timestamp") from None


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "string": _unquoted,
    "symbol": _unquoted,
    "long": _unquoted,
    "number": _number,
    "moment": _moment,
    "whole": _whole,
    "word": _word,
}
