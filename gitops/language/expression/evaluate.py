"""Tree to closures: each node is compiled once, and rendering only calls what was compiled.

Variables are strict. Only the keys of maps and the indices of lists are reachable, never an attribute of a Python
object. Loops, macros and texts are held to the limits of the scope's budget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression import access, operators, tree
from gitops.language.expression.access import Evaluate, chain, member, path
from gitops.language.expression.application import SIZED, Named, applied, called, failing, foreign, forgiving
from gitops.language.expression.builtins import FILTERS, FUNCTIONS, TESTS
from gitops.language.expression.problems import FAULTS, ProblemError, UndefinedError, problem_of
from gitops.language.expression.scope import UNCOUNTED, Budget, Scope
from gitops.language.expression.tree import Expression, Span
from gitops.language.expression.values import is_true, text


class ExpressionCompiler:
    """Compiles expressions. `bound` are the names that the template itself gives values to."""

    def __init__(self, bound: frozenset[str]) -> None:
        self.bound = bound

    def compile(self, node: Expression) -> Evaluate:
        """The closure of one expression."""
        return _COMPILERS[type(node)](self, node)

    def literal(self, node: tree.Literal) -> Evaluate:
        """A constant."""
        value = node.value
        return lambda scope: value  # noqa: ARG005 - every closure takes the scope

    def joined(self, node: tree.Joined) -> Evaluate:
        """Text with interpolations."""
        parts = [self.compile(part) for part in node.parts]

        def join(scope: Scope) -> object:
            try:
                joined = together([part(scope) for part in parts], scope.budget)
                scope.budget.work_on(joined)
            except ExpressionError as error:
                raise problem_of(error, node.span) from error
            return joined

        return join

    def list_literal(self, node: tree.ListLiteral) -> Evaluate:
        """A new list."""
        items = [self.compile(item) for item in node.items]
        if all(isinstance(item, tree.Literal) for item in node.items):
            return lambda scope: [item(scope) for item in items]

        def build(scope: Scope) -> object:
            return _weighed(scope, [item(scope) for item in items], node.span)

        return build

    def map_literal(self, node: tree.MapLiteral) -> Evaluate:
        """A new map; keys are texts, whatever they were."""
        pairs = [(self.compile(key), self.compile(value)) for key, value in node.pairs]
        if all(isinstance(each, tree.Literal) for pair in node.pairs for each in pair):
            return lambda scope: {text(key(scope)): value(scope) for key, value in pairs}

        def build(scope: Scope) -> object:
            return _weighed(scope, {text(key(scope)): value(scope) for key, value in pairs}, node.span)

        return build

    def captured(self, node: tree.Captured) -> Evaluate:  # noqa: ARG002 - the table calls every method alike
        """What the body of a filter tag wrote; the statement puts it into the scope."""
        return lambda scope: scope.locals[CAPTURED]

    def name(self, node: tree.Name) -> Evaluate:
        """A variable."""
        return access.name(node, bound=node.name in self.bound)

    def attribute(self, node: tree.Attribute) -> Evaluate:
        """`a.b`; a chain of names is read in one go."""
        names, root = chain(node)
        if isinstance(root, tree.Name):
            return path(node, (root.name, *names), bound=root.name in self.bound)
        target, name = self.compile(node.target), node.name

        return lambda scope: member(target(scope), name, node)

    def index(self, node: tree.Index) -> Evaluate:
        """`a[b]`."""
        target, key = self.compile(node.target), self.compile(node.key)

        return lambda scope: member(target(scope), key(scope), node)

    def unary(self, node: tree.Unary) -> Evaluate:
        """`not a`, `-a`, `+a`."""
        operand, span = self.compile(node.operand), node.span
        if node.operator == "not":
            holds = condition(operand, node.operand.span, "`not`")
            return lambda scope: not holds(scope)
        apply = operators.negate if node.operator == "-" else operators.unsigned

        def calculate(scope: Scope) -> object:
            value = operand(scope)
            try:
                return apply(value)
            except FAULTS as fault:
                raise problem_of(fault, span) from fault

        return calculate

    def binary(self, node: tree.Binary) -> Evaluate:
        """An operator between two operands."""
        left, right = self.compile(node.left), self.compile(node.right)
        special = _SPECIAL.get(node.operator)
        if special:
            return special(node, left, right)
        apply, span = operators.BINARY[node.operator], node.span

        def calculate(scope: Scope) -> object:
            first, second = left(scope), right(scope)
            if type(first) in SIZED or type(second) in SIZED:
                _count(scope.budget, node.operator, first, second, span=span)
            try:
                result = apply(first, second)
            except FAULTS as fault:
                raise problem_of(fault, span) from fault
            return _weighed(scope, result, span) if type(result) in SIZED else result

        return calculate

    def ternary(self, node: tree.Ternary) -> Evaluate:
        """`a ? b : c`; null is false."""
        test, yes, no = self.compile(node.condition), self.compile(node.yes), self.compile(node.no)
        span = node.condition.span

        def choose(scope: Scope) -> object:
            value = test(scope)
            return yes(scope) if value is not None and truth(value, span) else no(scope)

        return choose

    def filter(self, node: tree.Filter) -> Evaluate:
        """`a | f(...)`."""
        builtin = FILTERS.get(node.name)
        if builtin is None:
            return failing(f"Filter [{node.name}] does not exist", node.name_span)
        return applied(builtin, self.compile(node.target), *self._arguments(node.arguments), span=node.name_span)

    def test(self, node: tree.Test) -> Evaluate:
        """`a is t(...)`, `a is not t(...)`."""
        builtin = TESTS.get(node.name)
        if builtin is None:
            return failing(f"Test [{node.name}] does not exist", node.name_span)
        holds = applied(builtin, self.compile(node.target), *self._arguments(node.arguments), span=node.name_span)
        return (lambda scope: not holds(scope)) if node.negated else holds

    def call(self, node: tree.Call) -> Evaluate:
        """`f(...)`: a built-in function, then one of the caller's, then a macro of this template."""
        span = Span(node.span.start, node.span.start + len(node.name))
        builtin = FUNCTIONS.get(node.name)
        if builtin is not None:
            return called(builtin, *self._arguments(node.arguments), span=span)
        return foreign(node.name, *self._arguments(node.arguments), span=span)

    def _arguments(self, arguments: tree.Arguments) -> tuple[Sequence[Evaluate], Named]:
        named = [(name, self.compile(each)) for name, each in arguments.named]
        return [self.compile(each) for each in arguments.positional], named


def together(values: Sequence[object], budget: Budget) -> str:
    """The texts of values, one after the other; raises ExpressionError when that is too long."""
    texts: list[str] = []
    for value in values:
        kind = type(value)
        shown = value if kind is str else text(value)
        texts.append(shown)  # type: ignore[arg-type]  # a text: its type says so
        if kind is not str and len(shown) > UNCOUNTED:  # type: ignore[arg-type]  # same
            budget.work_on(shown)
    budget.check(sum(map(len, texts)))
    return "".join(texts)


CAPTURED: Final = "{captured}"
"""The local name of what a filter tag captured; no template can write it."""


def truth(value: object, span: Span) -> bool:
    """Whether a value that is not null is true."""
    if value is True or value is False:
        return value
    try:
        return is_true(value)
    except ExpressionError as error:
        raise problem_of(error, span) from error


def _count(budget: Budget, operator: str, first: object, second: object, *, span: Span) -> None:
    """Charge for large operands, before anything is made of them."""
    one, other = (len(each) if type(each) in SIZED else 0 for each in (first, second))  # type: ignore[arg-type]  # sized: its type says so
    try:
        if operator in ("+", "~"):
            budget.check(one + other)
        if operator in _COMPARING:
            budget.work_through(first)
            budget.work_through(second)
        if one > UNCOUNTED or other > UNCOUNTED:
            budget.work_on(first)
            budget.work_on(second)
            if operator in _PAIRWISE and not isinstance(first, str):
                budget.spend(one * max(1, other if type(second) is list else 1))
    except ExpressionError as error:
        raise problem_of(error, span) from error


_COMPARING: Final = frozenset({"==", "!=", "equals", "-", "contains", "in", "not in"})
_PAIRWISE: Final = frozenset({"-", "contains", "in", "not in"})
"""The operators that compare each item of one side to each of the other."""


def _weighed(scope: Scope, value: object, span: Span) -> object:
    try:
        if type(value) is str:
            scope.budget.check(len(value))
        else:
            scope.budget.weigh(value)
    except ExpressionError as error:
        raise problem_of(error, span) from error
    return value


def condition(operand: Evaluate, span: Span, what: str) -> Callable[[Scope], bool]:
    """A closure that is true or false; null is an error."""

    def holds(scope: Scope) -> bool:
        value = operand(scope)
        if value is None:
            raise ProblemError(f"{what} needs true or false but found null", span)
        return truth(value, span)

    return holds


def _and(node: tree.Binary, left: Evaluate, right: Evaluate) -> Evaluate:
    first, second = condition(left, node.left.span, "`and`"), condition(right, node.right.span, "`and`")
    return lambda scope: first(scope) and second(scope)


def _or(node: tree.Binary, left: Evaluate, right: Evaluate) -> Evaluate:
    first, second = condition(left, node.left.span, "`or`"), condition(right, node.right.span, "`or`")
    return lambda scope: first(scope) or second(scope)


def _coalesce(node: tree.Binary, left: Evaluate, right: Evaluate) -> Evaluate:  # noqa: ARG001 - as in the table
    value = forgiving(left)

    def choose(scope: Scope) -> object:
        found = value(scope)
        return right(scope) if found is None else found

    return choose


def _coalesce_undefined(node: tree.Binary, left: Evaluate, right: Evaluate) -> Evaluate:  # noqa: ARG001 - same
    def choose(scope: Scope) -> object:
        try:
            return left(scope)
        except UndefinedError:
            return right(scope)

    return choose


def _interval(node: tree.Binary, left: Evaluate, right: Evaluate) -> Evaluate:
    def build(scope: Scope) -> object:
        first, last = left(scope), right(scope)
        try:
            scope.budget.spend(operators.size_of_interval(first, last))
            return operators.interval(first, last)
        except ExpressionError as error:
            raise problem_of(error, node.span) from error

    return build


_SPECIAL: Final[Mapping[str, Callable[[tree.Binary, Evaluate, Evaluate], Evaluate]]] = {
    "and": _and,
    "or": _or,
    "??": _coalesce,
    "???": _coalesce_undefined,
    "..": _interval,
}

_COMPILERS: Final[Mapping[type[Expression], Callable[..., Evaluate]]] = {
    tree.Attribute: ExpressionCompiler.attribute,
    tree.Binary: ExpressionCompiler.binary,
    tree.Call: ExpressionCompiler.call,
    tree.Captured: ExpressionCompiler.captured,
    tree.Filter: ExpressionCompiler.filter,
    tree.Index: ExpressionCompiler.index,
    tree.Joined: ExpressionCompiler.joined,
    tree.ListLiteral: ExpressionCompiler.list_literal,
    tree.Literal: ExpressionCompiler.literal,
    tree.MapLiteral: ExpressionCompiler.map_literal,
    tree.Name: ExpressionCompiler.name,
    tree.Ternary: ExpressionCompiler.ternary,
    tree.Test: ExpressionCompiler.test,
    tree.Unary: ExpressionCompiler.unary,
}
