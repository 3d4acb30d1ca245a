"""Tree to closures: each node is compiled once, and rendering only calls what was compiled.

Variables are strict. Only the keys of maps and the indices of lists are reachable, never an attribute of a Python
object. Loops, macros and texts are held to the limits of the scope's budget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression import operators, tree
from gitops.language.expression.access import Evaluate, chain, member, path, variable
from gitops.language.expression.builtins import FILTERS, FUNCTIONS, TESTS
from gitops.language.expression.calls import Builtin
from gitops.language.expression.problems import FAULTS, ProblemError, UndefinedError, problem_of
from gitops.language.expression.scope import LIMITS, Scope
from gitops.language.expression.tree import Arguments, Expression, Span
from gitops.language.expression.values import is_true, text

_LONGEST: Final = LIMITS.characters


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
        return lambda scope: "".join([text(part(scope)) for part in parts])

    def list_literal(self, node: tree.ListLiteral) -> Evaluate:
        """A new list."""
        items = [self.compile(item) for item in node.items]
        return lambda scope: [item(scope) for item in items]

    def map_literal(self, node: tree.MapLiteral) -> Evaluate:
        """A new map; keys are texts, whatever they were."""
        pairs = [(self.compile(key), self.compile(value)) for key, value in node.pairs]
        return lambda scope: {text(key(scope)): value(scope) for key, value in pairs}

    def captured(self, node: tree.Captured) -> Evaluate:  # noqa: ARG002 - the table calls every method alike
        """What the body of a filter tag wrote; the statement puts it into the scope."""
        return lambda scope: scope.locals[CAPTURED]

    def name(self, node: tree.Name) -> Evaluate:
        """A variable."""
        name, span = node.name, node.span
        if name in self.bound:
            return lambda scope: variable(scope, node)

        def read(scope: Scope) -> object:
            try:
                return scope.variables[name]
            except KeyError:
                raise UndefinedError(name, span) from None

        return read

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
            try:
                result = apply(first, second)
            except FAULTS as fault:
                raise problem_of(fault, span) from fault
            return _checked(result, span)

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
            return _failing(f"Filter [{node.name}] does not exist", node.name_span)
        return self._applied(builtin, node.target, node.arguments, node.name_span)

    def test(self, node: tree.Test) -> Evaluate:
        """`a is t(...)`, `a is not t(...)`."""
        builtin = TESTS.get(node.name)
        if builtin is None:
            return _failing(f"Test [{node.name}] does not exist", node.name_span)
        holds = self._applied(builtin, node.target, node.arguments, node.name_span)
        return (lambda scope: not holds(scope)) if node.negated else holds

    def call(self, node: tree.Call) -> Evaluate:
        """`f(...)`: a built-in function, then one of the caller's, then a macro of this template."""
        span = Span(node.span.start, node.span.start + len(node.name))
        builtin = FUNCTIONS.get(node.name)
        if builtin is not None:
            return self._called(builtin, node.arguments, span)
        return self._foreign(node, span)

    def _applied(self, builtin: Builtin, target: Expression, arguments: Arguments, span: Span) -> Evaluate:
        value = self.compile(target)
        value = _forgiving(value) if builtin.forgives else value
        if builtin.scoped or arguments.named or arguments.positional:
            return self._called(builtin, arguments, span, value)
        objection = builtin.objection(0, ())
        if objection:
            return _failing(objection, span)
        body = builtin.body

        def apply(scope: Scope) -> object:
            subject = value(scope)
            try:
                result = body(subject)
            except FAULTS as fault:
                raise problem_of(fault, span, what=builtin.name, subject=subject) from fault
            return _checked(result, span)

        return apply

    def _called(self, builtin: Builtin, arguments: Arguments, span: Span, *subject: Evaluate) -> Evaluate:
        objection = builtin.objection(len(arguments.positional), [name for name, _ in arguments.named])
        if objection:
            return _failing(objection, span)
        first = (*subject, *(self.compile(each) for each in arguments.positional))
        named = [(builtin.parameters[name], self.compile(each)) for name, each in arguments.named]
        body, scoped = builtin.body, builtin.scoped

        def call(scope: Scope) -> object:
            values = [each(scope) for each in first]
            options = {name: each(scope) for name, each in named}
            try:
                result = body(scope, *values, **options) if scoped else body(*values, **options)
            except FAULTS as fault:
                raise problem_of(fault, span, what=builtin.name, subject=values[0] if values else None) from fault
            return _checked(result, span)

        return call

    def _foreign(self, node: tree.Call, span: Span) -> Evaluate:
        name = node.name
        first = [self.compile(each) for each in node.arguments.positional]
        named = [(key, self.compile(each)) for key, each in node.arguments.named]

        def call(scope: Scope) -> object:
            function = scope.functions.get(name)
            macro = scope.macros.get(name)
            values = [each(scope) for each in first]
            options = {key: each(scope) for key, each in named}
            try:
                if function is not None:
                    return function(*values, **options)
                if macro is not None:
                    return macro(scope, *values, **options)
            except ExpressionError as error:
                raise ProblemError(str(error), span, complete=True) from error
            except TypeError as error:
                raise ProblemError(f"`{name}` cannot be called like this: {error}", span) from error
            raise ProblemError(f"Function or Macro [{name}] does not exist", span)

        return call


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


def _checked(result: object, span: Span) -> object:
    if type(result) is str and len(result) > _LONGEST:
        raise ProblemError(f"The text is longer than {_LONGEST:,} characters", span)
    return result


def _forgiving(value: Evaluate) -> Evaluate:
    def read(scope: Scope) -> object:
        try:
            return value(scope)
        except UndefinedError:
            return None

    return read


def _failing(message: str, span: Span) -> Evaluate:
    def fail(scope: Scope) -> object:  # noqa: ARG001 - every closure takes the scope
        raise ProblemError(message, span)

    return fail


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
    value = _forgiving(left)

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
