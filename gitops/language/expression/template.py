"""The public face of the expression language: templates are compiled here and rendered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, TypeVar

from gitops.errors import ExpressionError
from gitops.language.expression.evaluate import together
from gitops.language.expression.problems import ProblemError, explain
from gitops.language.expression.scope import LIMITS, NO_FUNCTIONS, Budget, Functions, Scope
from gitops.language.expression.statements import compile_body
from gitops.language.expression.syntax import parse
from gitops.language.expression.tree import Body, Span

CACHED: Final = 1000
"""How many compiled templates are kept."""

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_STEPS_OF_RENDERING: Final = 50
_DEEP: Final = "The value is nested too deeply to be rendered"
T = TypeVar("T")


class Template:
    """A text with expressions, compiled once and rendered as often as wanted, from any thread."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tree: Body = self._explained(lambda: parse(source))
        self._program = compile_body(self.tree)

    def render(self, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS) -> str:
        """The text with its expressions written out."""
        return _without_raw(self.write(_scope(variables, functions)))

    def evaluate(self, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS) -> object:
        """The value: a single expression keeps its type, anything more becomes one text, nothing at all is None."""
        return self.value(_scope(variables, functions))

    def write(self, scope: Scope) -> str:
        """The text, in a scope that exists already."""
        parts = self._program.pieces
        if parts is None:
            return self._explained(lambda: together(self._collect(scope), scope.budget))
        try:
            values = [part if type(part) is str else part(scope) for part in parts]  # type: ignore[operator]  # not a text: a closure
            return together(values, scope.budget)
        except (ProblemError, ExpressionError, RecursionError) as fault:
            raise self._error(fault) from fault

    def value(self, scope: Scope) -> object:
        """The value, in a scope that exists already."""
        single = self._program.single
        if single is not None:
            return self._explained(lambda: single(scope))
        return self._explained(lambda: _combined(self._collect(scope), scope))

    def _collect(self, scope: Scope) -> list[object]:
        before, scope.macros = scope.macros, self._program.macros
        out: list[object] = []
        self._program.write(scope, out)
        scope.macros = before
        return out

    def _explained(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except (ProblemError, ExpressionError, RecursionError) as fault:
            raise self._error(fault) from fault

    def _error(self, fault: BaseException) -> ExpressionError:
        if isinstance(fault, ProblemError):
            return explain(fault, self.source)
        message = str(fault) if isinstance(fault, ExpressionError) else _DEEP
        return explain(ProblemError(message, Span(0, len(self.source))), self.source)


@lru_cache(maxsize=CACHED)
def compile_template(source: str) -> Template:
    """The compiled template; raises ExpressionError with its line and column when the text is wrong."""
    return Template(source)


def render(
    value: object,
    variables: Mapping[str, object],
    functions: Functions = NO_FUNCTIONS,
    *,
    typed: bool = False,
    recursive: bool = False,
) -> object:
    """Any structure with its texts rendered: keys and values of maps, items of lists; other values are as they were.

    With `typed`, a text that is a single expression becomes the value of it. With `recursive`, what was rendered is
    rendered again until it stays the same; `render()` and `renderOnce()` do not exist then.
    """
    scope = _scope(variables, functions)
    scope.renders_again = recursive
    try:
        return _render(value, scope, typed=typed, recursive=recursive)
    except RecursionError:
        raise ExpressionError(_DEEP) from None


def _scope(variables: Mapping[str, object], functions: Functions) -> Scope:
    return Scope(variables, functions, Budget(LIMITS), _again)


def _again(value: object, scope: Scope, *, recursive: bool) -> object:
    """What `render()` and `renderOnce()` do: the variables and the budget are those of the scope."""
    inner = Scope(scope.variables, scope.functions, scope.budget, _again)
    scope.budget.spend(_STEPS_OF_RENDERING + (len(value) if isinstance(value, str) else 0))
    scope.budget.enter()
    try:
        return _render(value, inner, typed=False, recursive=recursive)
    finally:
        scope.budget.leave()


def _render(value: object, scope: Scope, *, typed: bool, recursive: bool) -> object:
    if isinstance(value, str):
        if "{" not in value:
            return value
        if recursive:
            return _repeated(value, scope)
        template = compile_template(value)
        return template.value(scope) if typed else _without_raw(template.write(scope))
    if isinstance(value, Mapping):
        return {
            _render(key, scope, typed=False, recursive=recursive): _render(
                each, scope, typed=typed, recursive=recursive
            )
            for key, each in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_render(each, scope, typed=typed, recursive=recursive) for each in value]
    return value


def _repeated(value: str, scope: Scope) -> str:
    """Passes over a text until it stays the same; raw text is protected until the last of them."""
    scope.keeps_raw = True
    for _ in range(scope.budget.limits.passes):
        result = compile_template(value).write(scope)
        if result == value or "{" not in result:
            return _without_raw(result)
        value = result
    raise ExpressionError(f"Too many rendering attempts: the text still changes after {scope.budget.limits.passes}")


def _without_raw(result: str) -> str:
    return _RAW.sub(r"\1", result) if "endraw" in result else result


def _combined(written_values: list[object], scope: Scope) -> object:
    """Several values as one: texts, numbers and booleans one after the other; a map or a list only alone."""
    values = [value for value in written_values if value is not None]
    if len(values) < 2:
        return values[0] if values else None
    for value in values:
        if not isinstance(value, str | bool | int | float):
            raise ExpressionError("A map or a list cannot stand beside other text when the type is kept")
    return together(values, scope.budget)
