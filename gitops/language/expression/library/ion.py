"""Ion text in and out: the parts of the notation that values of the language need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression.values import is_list, iso, kind, text

_TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<sign>[{}\[\]():,])
  | (?P<long>'''(?:[^'\\]|\\.|'(?!''))*''')
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<symbol>'(?:[^'\\]|\\.)*')
  | (?P<moment>\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?|T))
  | (?P<number>-?\d+(?:\.\d*)?(?:[eEdD][+-]?\d+)?)
  | (?P<word>[A-Za-z_$][\w$]*)
  | (?P<end>$)
)""",
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = {"null": None, "true": True, "false": False}
_NAME: Final = re.compile(r"[A-Za-z_$][\w$]*")
_DEEPEST: Final = 100


def to_ion(value: object) -> str:
    """The value as Ion text."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else text(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float):
        return _float(float(value))
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_field(text(key))}:{to_ion(each)}" for key, each in value.items()) + "}"
    if is_list(value):
        return "[" + ",".join(to_ion(each) for each in value) + "]"  # type: ignore[attr-defined]  # a list, tuple, set or range
    raise ExpressionError(f"{kind(value).capitalize()} cannot be written as Ion")


def from_ion(ion: object, all_rows: object = False) -> object:  # noqa: FBT002 - a template names it
    """The first value of an Ion text, or the list of all of them."""
    if ion is None:
        return None
    rows = _Reader(text(ion)).rows()
    return rows if all_rows is True else (rows[0] if rows else None)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return '"' + escaped.replace("\t", "\\t") + '"'


def _field(name: str) -> str:
    if _NAME.fullmatch(name) and name not in _WORDS and name != "nan":
        return name
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _float(number: float) -> str:
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - only NaN differs from itself
        return {"inf": "+inf", "-inf": "-inf"}.get(str(number), "nan")
    shown = repr(number)
    return shown if "e" in shown else shown + "e0"


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
        group, token, self.position = self._peek()
        return group, token

    def _value(self) -> object:
        group, token = self._take()
        self._skip_annotation(group)
        match group:
            case "sign" if token in "{[":
                return self._nested(token)
            case "string" | "symbol" | "long":
                return _unquoted(token)
            case "number":
                return _number(token)
            case "moment":
                return _moment(token)
            case "word":
                return _WORDS.get(token, token)
        raise ExpressionError(f"The text is not Ion: unexpected `{token or 'end'}`")

    def _skip_annotation(self, group: str) -> None:
        if group in ("word", "symbol") and self.source.startswith("::", self.position):
            raise ExpressionError("Ion with annotations cannot be read")

    def _nested(self, token: str) -> object:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ExpressionError("The Ion text is nested too deeply")
        value: object = self._struct() if token == "{" else self._list()
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
            group, token = self._take()
            name = token if group == "word" else _unquoted(token)
            if self._take()[1] != ":":
                raise ExpressionError(f"The text is not Ion: `:` is missing after `{name}`")
            found[name] = self._value()
            self._separator("}")
        return found

    def _closes(self, sign: str) -> bool:
        _, token, end = self._peek()
        if token == sign:
            self.position = end
        return token == sign

    def _separator(self, sign: str) -> None:
        group, token, end = self._peek()
        if token == ",":
            self.position = end
        elif token != sign or group != "sign":
            raise ExpressionError(f"The text is not Ion: expected `,` or `{sign}` but found `{token or 'end'}`")


def _unquoted(token: str) -> str:
    inner = token[3:-3] if token.startswith("'''") else token[1:-1]
    named = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
    return re.sub(r"\\(.)", lambda match: named.get(match[1], match[1]), inner, flags=re.DOTALL)


def _number(token: str) -> object:
    if re.fullmatch(r"-?\d+", token):
        return int(token)
    lower = token.lower()
    return float(token) if "e" in lower else Decimal(lower.replace("d", "e"))


def _moment(token: str) -> object:
    try:
        return datetime.fromisoformat(token) if ":" in token else date.fromisoformat(token.removesuffix("T"))
    except ValueError:
        raise ExpressionError(f"`{token}` is not an Ion timestamp") from None
