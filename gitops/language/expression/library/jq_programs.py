"""Which jq programs are known to end soon: those whose work is at most a number, found here, times their input.

A program that is made of words and signs not known here, or that combines many values with many, has no such number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

Follow = tuple[str | int, ...]
"""The keys and positions of a path, one after the other."""

_STEP: Final = re.compile(r'\.?\[\s*(-?\d{1,9})\s*\]|\.?\["([^"\\]*)"\]|\.([A-Za-z_]\w*)|\."([^"\\]*)"', re.ASCII)
_TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<string> "(?:[^"\\]|\\[^(])*" )
  | (?P<number> \d{1,15}(?:\.\d{1,15})? )
  | (?P<field> \.(?:[A-Za-z_]\w*|"(?:[^"\\]|\\[^(])*") )
  | (?P<word> [A-Za-z_]\w* (?!\w|::) )
  | (?P<sign> // | [=!<>]= | \.(?!\.) | [|,\[\](){}:?<>+\-*/%] )
  | (?P<end> \Z )
)""",
    re.VERBOSE | re.ASCII,
)
_LONGEST: Final = 2_000
_DEEPEST: Final = 40


@lru_cache(maxsize=512)
def path_of(program: str) -> Follow | None:
    """The path that a program is, None when it is more than a path."""
    source = program.strip()
    if source == "." or not source.startswith("."):
        return () if source == "." else None
    steps: list[str | int] = []
    position = 0
    while position < len(source):
        match = _STEP.match(source, position)
        if match is None:
            return None
        position = match.end()
        steps.append(int(match[1]) if match[1] else next(each for each in match.groups()[1:] if each is not None))
    return tuple(steps)


@lru_cache(maxsize=512)
def work_of(program: str) -> int | None:
    """How often a program may go over its input, None when that is not known."""
    if len(program) > _LONGEST:
        return None
    try:
        parser = _Parser(program)
        shape = parser.pipe()
        parser.take("", kind="end")
    except _Unknown:
        return None
    return shape.work + shape.grows


class _Unknown(Exception):
    """Something that no bound is known for."""


class _Shape(NamedTuple):
    """What a part of a program does to its input: passes over it, how much larger its results are, whether one."""

    work: int = 1
    grows: int = 1
    one: bool = True


def _only_one(*shapes: _Shape) -> None:
    """Values that are combined must be one each: many with many are more than anybody can count."""
    if not all(shape.one for shape in shapes):
        raise _Unknown


def _both(left: _Shape, right: _Shape) -> _Shape:
    return _Shape(left.work + right.work, left.grows + right.grows, one=left.one and right.one)


_PLAIN_WORDS: Final[Mapping[str, _Shape]] = {
    **dict.fromkeys(
        (
            *("length", "utf8bytelength", "keys", "keys_unsorted", "first", "last", "reverse", "sort", "unique", "add"),
            *("any", "all", "min", "max", "flatten", "not", "tostring", "tonumber", "type", "from_entries", "floor"),
            *("ceil", "round", "sqrt", "fabs", "ascii_downcase", "ascii_upcase", "null", "true", "false", "trim"),
            *("ltrim", "rtrim"),
        ),
        _Shape(2),
    ),
    **dict.fromkeys(
        ("values", "nulls", "arrays", "objects", "strings", "numbers", "booleans", "scalars", "iterables", "empty"),
        _Shape(1, 1, one=False),
    ),
    "to_entries": _Shape(2, 4),
    "tojson": _Shape(2, 6),
    "fromjson": _Shape(2, 2),
}
_WITH_FILTER: Final[Mapping[str, Callable[[_Shape], _Shape]]] = {
    "map": lambda inner: _Shape(inner.work + 1, inner.grows),
    "select": lambda inner: _Shape(inner.work + 1, 1, one=False),
    "map_values": lambda inner: _Shape(inner.work + 1, inner.grows),
    "with_entries": lambda inner: _Shape(2 + 4 * inner.work, 4 * inner.grows),
    **dict.fromkeys(
        ("sort_by", "group_by", "unique_by", "min_by", "max_by", "any", "all"),
        lambda inner: _Shape(4 * inner.work + 2, 2),
    ),
}
_MANY_INSIDE: Final = frozenset({"map", "map_values", "with_entries"})
_WITH_TEXT: Final = frozenset(
    {"has", "contains", "startswith", "endswith", "ltrimstr", "rtrimstr", "join", "split", "flatten", "index"}
)


class _Parser:
    """Reads a program as far as it is known."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._position = 0
        self._depth = 0
        self.kind = self.text = ""
        self._next()

    def take(self, text: str, *, kind: str = "sign") -> str:
        """Read this token; raises _Unknown for another one."""
        if self.kind != kind or (text and self.text != text):
            raise _Unknown
        found = self.text
        self._next()
        return found

    def pipe(self) -> _Shape:
        """`a | b`."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unknown
        shape = self._comma()
        while self._accept("|"):
            after = self._comma()
            shape = _Shape(
                shape.work + shape.grows * after.work, shape.grows * after.grows, one=shape.one and after.one
            )
        self._depth -= 1
        return shape

    def _comma(self) -> _Shape:
        shape = self._alternative()
        while self._accept(","):
            shape = _both(shape, self._alternative())._replace(one=False)
        return shape

    def _alternative(self) -> _Shape:
        shape = self._condition("or")
        while self._accept("//"):
            shape = _both(shape, self._condition("or"))
        return shape

    def _condition(self, word: str) -> _Shape:
        inner = self._comparison if word == "and" else lambda: self._condition("and")
        shape = inner()
        while self.kind == "word" and self.text == word:
            self._next()
            shape = self._combined(shape, inner())
        return shape

    def _comparison(self) -> _Shape:
        shape = self._sum()
        if self.kind == "sign" and self.text in ("==", "!=", "<", ">", "<=", ">="):
            self._next()
            shape = self._combined(shape, self._sum())
        return shape

    def _combined(self, left: _Shape, right: _Shape) -> _Shape:
        _only_one(left, right)
        return _Shape(left.work + right.work, 1)

    def _sum(self) -> _Shape:
        shape = self._product()
        while self.kind == "sign" and self.text in ("+", "-"):
            sign = self.take("")
            right = self._number() if sign == "-" else self._product()
            _only_one(shape, right)
            shape = _both(shape, right)
        return shape

    def _product(self) -> _Shape:
        shape = self._postfix()
        while self.kind == "sign" and self.text in ("*", "/", "%"):
            self._next()
            times = self._number()
            _only_one(shape)
            shape = _Shape(shape.work + times.grows * shape.grows, shape.grows * times.grows)
        return shape

    def _number(self) -> _Shape:
        """A number as it is written; a text can be taken so many times."""
        number = float(self.take("", kind="number"))
        return _Shape(1, max(1, int(number) + 1))

    def _postfix(self) -> _Shape:
        shape = self._term()
        while True:
            if self.kind == "field":
                self._next()
            elif self._accept("["):
                shape = shape._replace(one=self._bracket() and shape.one)
            elif not self._accept("?"):
                return shape
            else:
                shape = shape._replace(one=False)

    def _bracket(self) -> bool:
        """`[]`, `[0]`, `["key"]`, `[1:2]` after a value; whether it gives one value."""
        if self._accept("]"):
            return False
        if self.kind == "string":
            self._next()
        else:
            self._position_or_nothing()
            if self._accept(":"):
                self._position_or_nothing()
        self.take("]")
        return True

    def _position_or_nothing(self) -> None:
        self._accept("-")
        if self.kind == "number":
            self._next()

    def _term(self) -> _Shape:
        if self.kind in ("field", "string", "number"):
            self._next()
            return _Shape()
        if self.kind == "word":
            return self._word()
        if self._accept("."):
            if self.kind == "string":
                raise _Unknown
            return _Shape()
        if self._accept("-"):
            return self._number()
        return self._nested()

    def _nested(self) -> _Shape:
        if self._accept("("):
            shape = self.pipe()
            self.take(")")
            return shape
        if self._accept("["):
            shape = _Shape() if self.text == "]" else self.pipe()
            self.take("]")
            return shape._replace(one=True)
        self.take("{")
        return self._object()

    def _object(self) -> _Shape:
        shape = _Shape()
        while not self._accept("}"):
            if self.kind not in ("word", "string"):
                raise _Unknown
            self._next()
            if self._accept(":"):
                value = self._postfix()
                _only_one(value)
                shape = _both(shape, value)
            else:
                shape = _both(shape, _Shape())
            if self.text != "}":
                self.take(",")
        return shape

    def _word(self) -> _Shape:
        word = self.take("", kind="word")
        if word == "if":
            return self._if()
        if not self._accept("("):
            if word not in _PLAIN_WORDS:
                raise _Unknown
            return _PLAIN_WORDS[word]
        shape = self._argument(word)
        self.take(")")
        return shape

    def _argument(self, word: str) -> _Shape:
        if word in _WITH_TEXT and self.kind in ("string", "number"):
            text = self.text
            self._next()
            return _Shape(2, 1 + len(text))
        if word not in _WITH_FILTER:
            raise _Unknown
        inner = self.pipe()
        if word not in _MANY_INSIDE:
            _only_one(inner)
        return _WITH_FILTER[word](inner)

    def _if(self) -> _Shape:
        test = self.pipe()
        self.take("then", kind="word")
        yes = self.pipe()
        self.take("else", kind="word")
        no = self.pipe()
        self.take("end", kind="word")
        _only_one(test)
        both = _both(yes, no)
        return both._replace(work=both.work + test.work)

    def _accept(self, sign: str) -> bool:
        found = self.kind == "sign" and self.text == sign
        if found:
            self._next()
        return found

    def _next(self) -> None:
        match = _TOKEN.match(self._program, self._position)
        if match is None or match.lastgroup is None:
            raise _Unknown
        self.kind, self.text, self._position = match.lastgroup, match[match.lastgroup], match.end()
