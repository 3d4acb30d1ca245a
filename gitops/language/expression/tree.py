"""The syntax tree of a template: one frozen class per construct, each with the offsets of its text.

Two trees are equal when they say the same; where their text stands does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """Where a text starts, and the offset after its last character."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of a template."""

    span: Span = field(compare=False)


class Expression(Node):
    """A node that has a value."""

    __slots__ = ()


class Statement(Node):
    """A node that writes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """Text, a number, true, false or null."""

    value: str | int | float | bool | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Joined(Expression):
    """Text in double quotes with `#{...}` inside."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class ListLiteral(Expression):
    """`[a, b]`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MapLiteral(Expression):
    """`{a: b}`; the keys are expressions too."""

    pairs: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class Name(Expression):
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Attribute(Expression):
    """`target.name`."""

    target: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index(Expression):
    """`target[key]`."""

    target: Expression
    key: Expression


@dataclass(frozen=True, slots=True)
class Arguments(Node):
    """What stands between the parentheses of a call."""

    positional: tuple[Expression, ...]
    named: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """`name(arguments)`: a function or a macro."""

    name: str
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class Filter(Expression):
    """`target | name(arguments)`; `name_span` is the place of the name alone."""

    target: Expression
    name: str
    arguments: Arguments
    name_span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Test(Expression):
    """`target is name(arguments)`, or `is not` when negated; `name_span` is the place of the name alone."""

    target: Expression
    name: str
    arguments: Arguments
    negated: bool
    name_span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Unary(Expression):
    """`not`, `+` or `-` before an operand."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    """An operator between two operands."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Ternary(Expression):
    """`condition ? yes : no`."""

    condition: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Body(Node):
    """Statements in a row: a whole template, or what stands between two tags."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Text(Statement):
    """Text that is written as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Raw(Statement):
    """What stands between `raw` and `endraw`, or `verbatim` and `endverbatim`."""

    text: str


@dataclass(frozen=True, slots=True)
class Output(Statement):
    """`{{ expression }}`."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class If(Statement):
    """`if`, each `elseif` and `else`."""

    branches: tuple[tuple[Expression, Body], ...]
    otherwise: Body | None


@dataclass(frozen=True, slots=True)
class For(Statement):
    """`for variable in iterable`; `otherwise` is written when there is nothing to iterate over."""

    variable: str
    iterable: Expression
    body: Body
    otherwise: Body | None


@dataclass(frozen=True, slots=True)
class Set(Statement):
    """`set name = value`."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Macro(Statement):
    """A function written in the template; each parameter has a default or None."""

    name: str
    parameters: tuple[tuple[str, Expression | None], ...]
    body: Body


@dataclass(frozen=True, slots=True)
class Captured(Expression):
    """The text that the body of a `filter` tag wrote."""


@dataclass(frozen=True, slots=True)
class FilterBlock(Statement):
    """`filter name(arguments) | ...` over a body: `chain` filters what was captured of it."""

    chain: Expression
    body: Body


@dataclass(frozen=True, slots=True)
class Block(Statement):
    """A part of the template that `block(name)` writes once more."""

    name: str
    body: Body


def children(node: Node) -> Iterator[Node]:
    """The nodes directly inside a node, in the order of the text."""
    for slot in type(node).__slots__:
        yield from _nodes(getattr(node, slot))


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
