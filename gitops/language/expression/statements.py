"""Statements to closures: how tags write. The expressions inside them are compiled by `evaluate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression import tree
from gitops.language.expression.access import Evaluate
from gitops.language.expression.evaluate import CAPTURED, ExpressionCompiler, condition, together
from gitops.language.expression.problems import ProblemError
from gitops.language.expression.scope import NO_FUNCTIONS, Scope
from gitops.language.expression.tree import Body, Node, Span, walk
from gitops.language.expression.values import is_list, kind, text

Write = Callable[[Scope, list[object]], None]
"""A compiled statement: it adds the values that it writes to the list."""

LOOP: Final = "loop"
_COST_OF_CALL: Final = 10
_CALLS: Final = (tree.Call, tree.Filter, tree.Test)


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled template. `single` is there when it is one expression, `pieces` when it has no tags."""

    write: Write
    macros: Mapping[str, Callable[..., object]]
    pieces: tuple[str | Evaluate, ...] | None
    single: Evaluate | None


def compile_body(body: Body) -> Program:
    """The program of a whole template."""
    compiler = _StatementCompiler(body)
    write = compiler.body(body)
    simple = all(isinstance(statement, tree.Text | tree.Output) for statement in body.statements)
    pieces = tuple(compiler.piece(statement) for statement in body.statements) if simple else None
    single = pieces[0] if pieces and len(pieces) == 1 and not isinstance(pieces[0], str) else None
    return Program(write, compiler.macros, pieces, single)


class _StatementCompiler:
    """Compiles the statements of one template."""

    def __init__(self, body: Body) -> None:
        nodes = [node for node, _ in walk(body)]
        self.bound = frozenset(name for node in nodes for name in _binds(node))
        self.uses_loop = any(isinstance(node, tree.Name) and node.name == LOOP for node in nodes)
        self.expressions = ExpressionCompiler(self.bound)
        self.macros: dict[str, Callable[..., object]] = {BLOCK: self._write_block}
        self.blocks: dict[str, tuple[Write, int]] = {}

    def body(self, body: Body) -> Write:
        """Statements in a row; texts and outputs between two tags are written by one closure."""
        writes = tuple(self._row(statements) for statements in _rows(body.statements))
        if len(writes) == 1:
            return writes[0]

        def write(scope: Scope, out: list[object]) -> None:
            for each in writes:
                each(scope, out)

        return write

    def _row(self, statements: tuple[tree.Statement, ...]) -> Write:
        if not _is_plain(statements[0]):
            return _STATEMENTS[type(statements[0])](self, statements[0])
        pieces = tuple(self.piece(statement) for statement in statements)

        def write(scope: Scope, out: list[object]) -> None:
            for piece in pieces:  # faster than a comprehension, which makes a function and a list each time
                out.append(piece if type(piece) is str else piece(scope))  # type: ignore[operator]  # noqa: PERF401 - see above; not a text: a closure

        return write

    def piece(self, statement: tree.Statement) -> str | Evaluate:
        """A text or an output, without the writing."""
        if isinstance(statement, tree.Output):
            return self.expressions.compile(statement.expression)
        return statement.text if isinstance(statement, tree.Text) else ""

    def raw(self, node: tree.Raw) -> Write:
        """Raw text; its tags are kept as long as the result is to be rendered once more."""
        kept = f"{{% raw %}}{node.text}{{% endraw %}}"
        return lambda scope, out: out.append(kept if scope.keeps_raw else node.text)

    def if_(self, node: tree.If) -> Write:
        """The first body whose condition holds."""
        branches = [
            (condition(self.expressions.compile(test), test.span, "`if`"), self.body(body))
            for test, body in node.branches
        ]
        otherwise = self.body(node.otherwise) if node.otherwise else None

        def write(scope: Scope, out: list[object]) -> None:
            for holds, body in branches:
                if holds(scope):
                    return body(scope, out)
            return otherwise(scope, out) if otherwise else None

        return write

    def for_(self, node: tree.For) -> Write:
        """The body once for every item."""
        iterable, body = self.expressions.compile(node.iterable), self.body(node.body)
        otherwise = self.body(node.otherwise) if node.otherwise else None
        variable, uses_loop, cost = node.variable, self.uses_loop, _cost(node.body)

        def write(scope: Scope, out: list[object]) -> None:
            items = _items(iterable(scope), node.iterable.span)
            if items:
                count = len(items)
                _spend(scope, count * cost, node.span)
                outside = dict(scope.locals)
                for index, item in enumerate(items):
                    scope.locals[variable] = item
                    if uses_loop:
                        scope.locals[LOOP] = _loop(index, count)
                    body(scope, out)
                scope.locals = _after_loop(scope, outside, variable)
            elif otherwise and items is not None:
                otherwise(scope, out)

        return write

    def set_(self, node: tree.Set) -> Write:
        """Gives a name a value; nothing is written."""
        name, value = node.name, self.expressions.compile(node.value)

        def write(scope: Scope, out: list[object]) -> None:  # noqa: ARG001 - a set writes nothing
            scope.locals[name] = value(scope)

        return write

    def macro(self, node: tree.Macro) -> Write:
        """Makes the macro known; nothing is written where it stands."""
        body, cost = self.body(node.body), _cost(node.body)
        parameters = [(name, self.expressions.compile(each) if each else None) for name, each in node.parameters]

        def call(scope: Scope, *values: object, **named: object) -> str:
            inner = Scope(NO_FUNCTIONS, scope.functions, scope.budget, scope.again)
            inner.macros, inner.keeps_raw = scope.macros, scope.keeps_raw
            given = {name: default(scope) if default else None for name, default in parameters}
            if len(values) > len(given) or not named.keys() <= given.keys():
                raise ExpressionError(f"The macro `{node.name}` takes ({', '.join(given)})")
            given.update(zip(given, values, strict=False), **named)
            inner.locals.update(given)
            scope.budget.spend(cost)
            return _captured(body, inner)

        self.macros[node.name] = call
        return _nothing

    def block(self, node: tree.Block) -> Write:
        """A body that `block(name)` can write once more."""
        body, cost = self.body(node.body), _cost(node.body)
        self.blocks[node.name] = body, cost
        return body

    def _write_block(self, scope: Scope, name: object) -> str:
        if text(name) not in self.blocks:
            raise ExpressionError(f"There is no block `{text(name)}`")
        body, cost = self.blocks[text(name)]
        scope.budget.spend(cost)
        return _captured(body, scope)

    def filter(self, node: tree.FilterBlock) -> Write:
        """The text of the body, filtered."""
        body, chain = self.body(node.body), self.expressions.compile(node.chain)

        def write(scope: Scope, out: list[object]) -> None:
            before = scope.locals.get(CAPTURED)
            scope.locals[CAPTURED] = _captured(body, scope)
            out.append(chain(scope))
            scope.locals[CAPTURED] = before

        return write


BLOCK: Final = "block"


def _captured(body: Write, scope: Scope) -> str:
    out: list[object] = []
    scope.budget.enter()
    try:
        body(scope, out)
    finally:
        scope.budget.leave()
    return together(out, scope.budget)


def _is_plain(statement: tree.Statement) -> bool:
    return isinstance(statement, tree.Text | tree.Output)


def _rows(statements: tuple[tree.Statement, ...]) -> Iterator[tuple[tree.Statement, ...]]:
    """The statements, those next to each other that are plain in one row, each other one alone."""
    for plain, group in groupby(statements, key=_is_plain):
        if plain:
            yield tuple(group)
        else:
            yield from ((statement,) for statement in group)


def _cost(body: Node) -> int:
    """The steps that one pass over the body is worth, without those of loops and macros inside of it."""
    return 1 + sum(_COST_OF_CALL if isinstance(node, _CALLS) else 1 for node, _ in walk(body))


def _spend(scope: Scope, steps: int, span: Span) -> None:
    try:
        scope.budget.spend(steps)
    except ExpressionError as error:
        raise ProblemError(str(error), span) from error


def _nothing(scope: Scope, out: list[object]) -> None:
    """What a tag writes that writes nothing."""


def _binds(node: tree.Node) -> tuple[str, ...]:
    match node:
        case tree.Set(name=name):
            return (name,)
        case tree.For(variable=variable):
            return (variable, LOOP)
        case tree.Macro(parameters=parameters):
            return tuple(name for name, _ in parameters)
    return ()


def _items(value: object, span: Span) -> list[object] | None:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return [{"key": key, "value": each} for key, each in value.items()]
    if is_list(value):
        return list(value)
    raise ProblemError(f"`for` needs a list or a map but found {kind(value)}", span)


def _loop(index: int, length: int) -> dict[str, object]:
    return {
        "index": index,
        "length": length,
        "first": index == 0,
        "last": index == length - 1,
        "revindex": length - index - 1,
    }


def _after_loop(scope: Scope, outside: dict[str, object], variable: str) -> dict[str, object]:
    """The names of before, with the values that the loop gave them; the loop's own names are as they were."""
    kept = {name: value for name, value in scope.locals.items() if name in outside or name in scope.variables}
    for name in (variable, LOOP):
        kept.pop(name, None)
        if name in outside:
            kept[name] = outside[name]
    return kept


_STATEMENTS: Final[Mapping[type[tree.Statement], Callable[..., Write]]] = {
    tree.Block: _StatementCompiler.block,
    tree.FilterBlock: _StatementCompiler.filter,
    tree.For: _StatementCompiler.for_,
    tree.If: _StatementCompiler.if_,
    tree.Macro: _StatementCompiler.macro,
    tree.Raw: _StatementCompiler.raw,
    tree.Set: _StatementCompiler.set_,
}
