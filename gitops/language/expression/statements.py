"""Statements to closures: how tags write. The expressions inside them are compiled by `evaluate`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression import tree
from gitops.language.expression.access import Evaluate
from gitops.language.expression.evaluate import CAPTURED, ExpressionCompiler, condition
from gitops.language.expression.problems import ProblemError
from gitops.language.expression.scope import NO_FUNCTIONS, Scope
from gitops.language.expression.tree import Body, Span, walk
from gitops.language.expression.values import is_list, kind, text

Write = Callable[[Scope, list[object]], None]
"""A compiled statement: it adds the values that it writes to the list."""

LOOP: Final = "loop"
_GROWING: Final = (tree.ListLiteral, tree.MapLiteral)


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


def written(pieces: list[object], scope: Scope) -> str:
    """The text of what was written, held to the longest that the budget allows."""
    texts: list[str] = []
    length = 0
    for piece in pieces:
        texts.append(text(piece))
        length += len(texts[-1])
        scope.budget.check(length)
    return "".join(texts)


class _StatementCompiler:
    """Compiles the statements of one template."""

    def __init__(self, body: Body) -> None:
        nodes = [node for node, _ in walk(body)]
        self.bound = frozenset(name for node in nodes for name in _binds(node))
        self.uses_loop = any(isinstance(node, tree.Name) and node.name == LOOP for node in nodes)
        self.grows = any(isinstance(node, _GROWING) or getattr(node, "operator", "") == "+" for node in nodes)
        self.expressions = ExpressionCompiler(self.bound)
        self.macros: dict[str, Callable[..., object]] = {BLOCK: self._write_block}
        self.blocks: dict[str, Write] = {}

    def body(self, body: Body) -> Write:
        """Statements in a row."""
        writes = tuple(_STATEMENTS[type(statement)](self, statement) for statement in body.statements)
        if len(writes) == 1:
            return writes[0]

        def write(scope: Scope, out: list[object]) -> None:
            for each in writes:
                each(scope, out)

        return write

    def piece(self, statement: tree.Statement) -> str | Evaluate:
        """A text or an output, without the writing."""
        if isinstance(statement, tree.Output):
            return self.expressions.compile(statement.expression)
        return statement.text if isinstance(statement, tree.Text) else ""

    def text(self, node: tree.Text) -> Write:
        """Text as it is."""
        value = node.text
        return lambda scope, out: out.append(value)  # noqa: ARG005 - every closure takes the scope

    def raw(self, node: tree.Raw) -> Write:
        """Raw text; its tags are kept as long as the result is to be rendered once more."""
        kept = f"{{% raw %}}{node.text}{{% endraw %}}"
        return lambda scope, out: out.append(kept if scope.keeps_raw else node.text)

    def output(self, node: tree.Output) -> Write:
        """The value of an expression."""
        value = self.expressions.compile(node.expression)
        return lambda scope, out: out.append(value(scope))

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
        uses_loop = self.uses_loop

        def write(scope: Scope, out: list[object]) -> None:
            items = _items(iterable(scope), node.iterable.span)
            if items:
                outside, count = dict(scope.locals), len(items)
                for index, item in enumerate(items):
                    self._bind(scope, node.variable, item, node.span)
                    if uses_loop:
                        scope.locals[LOOP] = _loop(index, count)
                    body(scope, out)
                scope.locals = _after_loop(scope, outside, node.variable)
            elif otherwise and items is not None:
                otherwise(scope, out)

        return write

    def set_(self, node: tree.Set) -> Write:
        """Gives a name a value; nothing is written."""
        value = self.expressions.compile(node.value)

        def write(scope: Scope, out: list[object]) -> None:  # noqa: ARG001 - a set writes nothing
            self._bind(scope, node.name, value(scope), node.span)

        return write

    def _bind(self, scope: Scope, name: str, value: object, span: Span) -> None:
        # A list of lists of lists can grow without bounds while each step is small: it is weighed when it gets a name.
        weight = 1 + (_weight(value, scope.budget.steps) if self.grows else 0)
        try:
            scope.budget.spend(weight)
        except ExpressionError as error:
            raise ProblemError(str(error), span) from error
        scope.locals[name] = value

    def macro(self, node: tree.Macro) -> Write:
        """Makes the macro known; nothing is written where it stands."""
        body = self.body(node.body)
        parameters = [(name, self.expressions.compile(each) if each else None) for name, each in node.parameters]

        def call(scope: Scope, *values: object, **named: object) -> str:
            inner = Scope(NO_FUNCTIONS, scope.functions, scope.budget, scope.again)
            inner.macros, inner.keeps_raw = scope.macros, scope.keeps_raw
            given = {name: default(scope) if default else None for name, default in parameters}
            if len(values) > len(given) or not named.keys() <= given.keys():
                raise ExpressionError(f"The macro `{node.name}` takes ({', '.join(given)})")
            given.update(zip(given, values, strict=False), **named)
            for name, value in given.items():
                self._bind(inner, name, value, node.span)
            return _captured(body, inner)

        self.macros[node.name] = call
        return _nothing

    def block(self, node: tree.Block) -> Write:
        """A body that `block(name)` can write once more."""
        body = self.body(node.body)
        self.blocks[node.name] = body
        return body

    def _write_block(self, scope: Scope, name: object) -> str:
        body = self.blocks.get(text(name))
        if body is None:
            raise ExpressionError(f"There is no block `{text(name)}`")
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
    scope.budget.spend()
    scope.budget.enter()
    try:
        body(scope, out)
    finally:
        scope.budget.leave()
    return written(out, scope)


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


def _weight(value: object, most: int) -> int:
    """How many items a value has, with those inside of them; counting stops past `most`."""
    weight, waiting = 0, [value]
    while waiting and weight <= most:
        current = waiting.pop()
        inner = (
            current.values() if isinstance(current, Mapping) else current if isinstance(current, list | tuple) else ()
        )
        weight += len(inner)
        waiting.extend(inner)
    return weight


_STATEMENTS: Final[Mapping[type[tree.Statement], Callable[..., Write]]] = {
    tree.Block: _StatementCompiler.block,
    tree.FilterBlock: _StatementCompiler.filter,
    tree.For: _StatementCompiler.for_,
    tree.If: _StatementCompiler.if_,
    tree.Macro: _StatementCompiler.macro,
    tree.Output: _StatementCompiler.output,
    tree.Raw: _StatementCompiler.raw,
    tree.Set: _StatementCompiler.set_,
    tree.Text: _StatementCompiler.text,
}
