"""The syntax tree of a template: one frozen class per construct, each with the offsets of its text.

Two trees are equal when they say the same; where their text stands does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple, dataclass_transform


class Span(NamedTuple):
    """Where a text starts, and the offset after its last character."""

    start: int
    end: int


@dataclass_transform(frozen_default=True)
class _Frozen:
    """What a frozen dataclass would be, without the half millisecond that each of those takes when a command starts.

    The annotations of a class are its fields, in order, after those of its base. Places do not count in comparisons.
    """

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        own = (name for name in cls.__annotations__ if name not in (*cls._fields, "_fields"))
        cls._fields = (*cls._fields, *own)

    def __init__(self, *values: object) -> None:
        self.__dict__.update(zip(self._fields, values, strict=True))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash((type(self), self._said()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._said()!r}"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} of a {type(self).__name__} is not changed")

    def _said(self) -> tuple[object, ...]:
        return tuple(value for value in self.__dict__.values() if type(value) is not Span)


class Node(_Frozen):
    """Any part of a template."""

    span: Span


class Expression(Node):
    """A node that has a value."""


class Statement(Node):
    """A node that writes."""


class Literal(Expression):
    """Text, a number, true, false or null."""

    value: str | int | float | bool | None

    def _said(self) -> tuple[object, ...]:
        return type(self.value), self.value


class Joined(Expression):
    """Text in double quotes with `#{...}` inside."""

    parts: tuple[Expression, ...]


class ListLiteral(Expression):
    """`[a, b]`."""

    items: tuple[Expression, ...]


class MapLiteral(Expression):
    """`{a: b}`; the keys are expressions too."""

    pairs: tuple[tuple[Expression, Expression], ...]


class Name(Expression):
    """A variable."""

    name: str


class Attribute(Expression):
    """`target.name`."""

    target: Expression
    name: str


class Index(Expression):
    """`target[key]`."""

    target: Expression
    key: Expression


class Arguments(Node):
    """What stands between the parentheses of a call."""

    positional: tuple[Expression, ...]
    named: tuple[tuple[str, Expression], ...]


class Call(Expression):
    """`name(arguments)`: a function or a macro."""

    name: str
    arguments: Arguments


class Filter(Expression):
    """`target | name(arguments)`; `name_span` is the place of the name alone."""

    target: Expression
    name: str
    arguments: Arguments
    name_span: Span


class Test(Expression):
    """`target is name(arguments)`, or `is not` when negated; `name_span` is the place of the name alone."""

    target: Expression
    name: str
    arguments: Arguments
    negated: bool
    name_span: Span


class Unary(Expression):
    """`not`, `+` or `-` before an operand."""

    operator: str
    operand: Expression


class Binary(Expression):
    """An operator between two operands."""

    operator: str
    left: Expression
    right: Expression


class Ternary(Expression):
    """`condition ? yes : no`."""

    condition: Expression
    yes: Expression
    no: Expression


class Body(Node):
    """Statements in a row: a whole template, or what stands between two tags."""

    statements: tuple[Statement, ...]


class Text(Statement):
    """Text that is written as it is."""

    text: str


class Raw(Statement):
    """What stands between `raw` and `endraw`, or `verbatim` and `endverbatim`."""

    text: str


class Output(Statement):
    """`{{ expression }}`."""

    expression: Expression


class If(Statement):
    """`if`, each `elseif` and `else`."""

    branches: tuple[tuple[Expression, Body], ...]
    otherwise: Body | None


class For(Statement):
    """`for variable in iterable`; `otherwise` is written when there is nothing to iterate over."""

    variable: str
    iterable: Expression
    body: Body
    otherwise: Body | None


class Set(Statement):
    """`set name = value`."""

    name: str
    value: Expression


class Macro(Statement):
    """A function written in the template; each parameter has a default or None."""

    name: str
    parameters: tuple[tuple[str, Expression | None], ...]
    body: Body


class Captured(Expression):
    """The text that the body of a `filter` tag wrote."""


class FilterBlock(Statement):
    """`filter name(arguments) | ...` over a body: `chain` filters what was captured of it."""

    chain: Expression
    body: Body


class Block(Statement):
    """A part of the template that `block(name)` writes once more."""

    name: str
    body: Body


def children(node: Node) -> Iterator[Node]:
    """The nodes directly inside a node, in the order of the text."""
    for value in vars(node).values():
        yield from _nodes(value)


def walk(node: Node) -> Iterator[tuple[Node, int]]:
    """The node and everything inside it, each with its depth; the root has depth 0."""
    waiting = [(node, 0)]
    while waiting:
        current, depth = waiting.pop()
        yield current, depth
        waiting.extend((child, depth + 1) for child in reversed([*children(current)]))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif type(value) is tuple:
        for item in value:
            yield from _nodes(item)
