"""What a text refers to: the variables that its expressions read, and the functions, filters and tests that they call.

Spans are code points in the text. Nothing here knows a flow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from gitops.language.expression import tree
from gitops.language.expression.inspection import expressions
from gitops.language.expression.problems import ProblemError
from gitops.language.expression.syntax import parse
from gitops.language.expression.tree import Span

Steps = tuple[str | int | None, ...]
"""The way to a value: names and indices; None is a step that an expression decides."""

FUNCTION, FILTER, TEST = "function", "filter", "test"
_FORGIVING_TESTS = frozenset(("defined", "null", "empty"))
_FORGIVING_FILTERS = frozenset(("default",))
_LOOP = "loop"


class Reference(NamedTuple):
    """A variable that is read: `outputs.greet.value` has the steps `outputs`, `greet` and `value`.

    It is `guarded` when its author has thought of its absence: by `??`, `default`, `is defined` or a condition about
    it. It is `local` when the template itself gives the first name a value.
    """

    steps: Steps
    span: Span
    step_spans: tuple[Span, ...]
    guarded: bool = False
    local: bool = False


class Called(NamedTuple):
    """A function, filter or test that is called; `span` is that of its name."""

    kind: str
    name: str
    span: Span
    arguments: tree.Arguments
    target: tree.Expression | None = None


class Reading(NamedTuple):
    """Everything that a text refers to, in order; a text with a mistake is not `sound`.

    `words` are `{{ inputs` for a variable that is read, `{{ filter` and `{{ filter upper` for what is called.
    """

    references: tuple[Reference, ...]
    calls: tuple[Called, ...]
    words: frozenset[str]
    sound: bool


class _Known(NamedTuple):
    """What is known at a place in a template: names that it gives values, and paths whose absence is thought of."""

    names: frozenset[str] = frozenset()
    tested: frozenset[Steps] = frozenset()
    guarded: bool = False

    def covers(self, steps: Steps) -> bool:
        """Whether the absence of a value is thought of."""
        return self.guarded or any(steps[: len(tested)] == tested for tested in self.tested)


@lru_cache(maxsize=4_000)
def read(text: str) -> Reading:
    """What a text refers to. Of a text with a mistake, what its expressions without one refer to."""
    reader, sound = _Reader(text), True
    try:
        reader.body(parse(text), _Known())
    except ProblemError:
        sound = False
        known = _Known(frozenset(_bound_somewhere(text)))
        for span in expressions(text):
            for expression in span.expressions:
                reader.expression(expression, known)
    return Reading(tuple(reader.references), tuple(reader.calls), frozenset(_words(reader)), sound)


def _words(reader: _Reader) -> Iterator[str]:
    for reference in reader.references:
        yield f"{{{{ {reference.steps[0]}"
    for called in reader.calls:
        yield f"{{{{ {called.kind}"
        yield f"{{{{ {called.kind} {called.name}"


def root_is(reference: Reference, name: str) -> bool:
    """Whether a reference reads a variable that is not the template's own."""
    return not reference.local and reference.steps[0] == name


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.references: list[Reference] = []
        self.calls: list[Called] = []

    def body(self, body: tree.Body | None, known: _Known) -> None:
        """Statements in a row; what one sets is known to those after it."""
        if body is None:
            return
        macros = frozenset(each.name for each in body.statements if isinstance(each, tree.Macro))
        known = known._replace(names=known.names | macros)
        for statement in body.statements:
            known = self._statement(statement, known)

    def _statement(self, statement: tree.Statement, known: _Known) -> _Known:
        match statement:
            case tree.Output():
                self.expression(statement.expression, known)
            case tree.If():
                self._if(statement, known)
            case tree.For():
                self.expression(statement.iterable, known)
                inside = known._replace(names=known.names | {statement.variable, _LOOP})
                self.body(statement.body, inside)
                self.body(statement.otherwise, known)
            case tree.Set():
                self.expression(statement.value, known)
                return known._replace(names=known.names | {statement.name})
            case tree.Macro():
                names = {name for name, _ in statement.parameters}
                self.body(statement.body, known._replace(names=known.names | names))
            case tree.FilterBlock():
                self.expression(statement.chain, known)
                self.body(statement.body, known)
            case tree.Block():
                self.body(statement.body, known)
        return known

    def _if(self, statement: tree.If, known: _Known) -> None:
        for condition, body in statement.branches:
            self.expression(condition, known)
            known = _after(condition, known)
            self.body(body, known)
        self.body(statement.otherwise, known)

    def expression(self, node: tree.Expression, known: _Known) -> None:
        """One expression."""
        match node:
            case tree.Name() | tree.Attribute() | tree.Index():
                self._path(node, known)
            case tree.Binary(operator="??"):
                self.expression(node.left, known._replace(guarded=True))
                self.expression(node.right, known)
            case tree.Binary(operator="and" | "or"):
                self.expression(node.left, known)
                self.expression(node.right, _after(node.left, known))
            case tree.Ternary():
                self.expression(node.condition, known)
                inside = _after(node.condition, known)
                self.expression(node.yes, inside)
                self.expression(node.no, inside)
            case tree.Filter() | tree.Test():
                self._applied(node, known)
            case tree.Call():
                if node.name not in known.names:
                    name = Span(node.span.start, node.span.start + len(node.name))
                    self.calls.append(Called(FUNCTION, node.name, name, node.arguments))
                self._arguments(node.arguments, known)
            case _:
                self._inside(node, known)

    def _inside(self, node: tree.Node, known: _Known) -> None:
        for child in tree.children(node):
            if isinstance(child, tree.Expression):
                self.expression(child, known)
            else:
                self._inside(child, known)

    def _applied(self, node: tree.Filter | tree.Test, known: _Known) -> None:
        kind, forgiving = (FILTER, _FORGIVING_FILTERS) if isinstance(node, tree.Filter) else (TEST, _FORGIVING_TESTS)
        target = known._replace(guarded=True) if node.name in forgiving else known
        self.expression(node.target, target)
        self.calls.append(Called(kind, node.name, node.name_span, node.arguments, node.target))
        self._arguments(node.arguments, known)

    def _arguments(self, arguments: tree.Arguments, known: _Known) -> None:
        for value in (*arguments.positional, *(value for _, value in arguments.named)):
            self.expression(value, known)

    def _path(self, node: tree.Expression, known: _Known) -> None:
        """A name with its attributes and indices; what the indices read is read too."""
        base, steps, spans = node, list[str | int | None](), list[Span]()
        while not isinstance(base, tree.Name):
            if isinstance(base, tree.Attribute):
                steps.append(base.name)
                spans.append(Span(base.span.end - len(base.name), base.span.end))
                base = base.target
            elif isinstance(base, tree.Index):
                steps.append(_constant(base.key))
                spans.append(base.key.span)
                if steps[-1] is None:
                    self.expression(base.key, known._replace(guarded=False))
                base = base.target
            else:
                self.expression(base, known)
                return
        path = (base.name, *reversed(steps))
        places = (base.span, *reversed(spans))
        local = base.name in known.names
        self.references.append(Reference(path, node.span, places, known.covers(path), local))


def _constant(key: tree.Expression) -> str | int | None:
    if isinstance(key, tree.Literal) and isinstance(key.value, str | int) and not isinstance(key.value, bool):
        return key.value
    return None


def _after(condition: tree.Expression, known: _Known) -> _Known:
    """What is known where a condition has been looked at: its author knows that what it reads may be absent."""
    return known._replace(tested=known.tested | frozenset(_paths(condition)))


def _paths(condition: tree.Expression) -> Iterable[Steps]:
    reader = _Reader("")
    reader.expression(condition, _Known())
    return (reference.steps for reference in reader.references)


def _bound_somewhere(text: str) -> Iterator[str]:
    """The names that a template with a mistake may give a value to."""
    import re  # only for templates with a mistake

    for match in re.finditer(r"\{%-?\s*(?:for|set|macro)\s+(\w+)(?:\(([^)]*)\))?", text):
        yield match[1]
        yield from re.findall(r"\w+", match[2] or "")
    yield _LOOP
