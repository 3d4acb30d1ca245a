"""How filters, tests and functions are applied: arguments reach a body, faults get their place, work is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression.access import Evaluate
from gitops.language.expression.calls import Builtin, table
from gitops.language.expression.problems import FAULTS, ProblemError, UndefinedError, problem_of
from gitops.language.expression.scope import UNCOUNTED, Scope
from gitops.language.expression.tree import Span

Named = Sequence[tuple[str, Evaluate]]

_NONE: Final[Mapping[str, object]] = MappingProxyType({})
SIZED: Final = frozenset({str, bytes, list, dict, tuple})
"""The kinds of values whose size counts as work when it is large."""


def applied(builtin: Builtin, value: Evaluate, arguments: Sequence[Evaluate], named: Named, *, span: Span) -> Evaluate:
    """A filter or a test on a value."""
    objection = builtin.objection(len(arguments), [name for name, _ in named])
    if objection:
        return failing(objection, span)
    subject = forgiving(value) if builtin.forgives else value
    if named or len(arguments) > 1 or (builtin.scoped and not arguments):
        return _general(builtin, (subject, *arguments), named, span=span, subjects=1)
    return _with_one(builtin, subject, arguments[0], span) if arguments else _alone(builtin, subject, span)


def called(builtin: Builtin, arguments: Sequence[Evaluate], named: Named, *, span: Span) -> Evaluate:
    """A built-in function."""
    objection = builtin.objection(len(arguments), [name for name, _ in named])
    return failing(objection, span) if objection else _general(builtin, tuple(arguments), named, span=span, subjects=0)


def _alone(builtin: Builtin, value: Evaluate, span: Span) -> Evaluate:
    body, name = builtin.body, builtin.name

    def apply(scope: Scope) -> object:
        subject = value(scope)
        try:
            result = body(subject)
        except FAULTS as fault:
            raise problem_of(fault, span, what=name, subject=subject) from fault
        if (type(subject) in SIZED and len(subject) > UNCOUNTED) or (type(result) in SIZED and len(result) > UNCOUNTED):  # type: ignore[arg-type]  # sized: its type says so
            _count(scope, subject, result, span=span)
        return result

    return apply


def _with_one(builtin: Builtin, value: Evaluate, argument: Evaluate, span: Span) -> Evaluate:
    body, name, scoped, typed = builtin.body, builtin.name, builtin.scoped, bool(builtin.typed)

    def apply(scope: Scope) -> object:
        subject, other = value(scope), argument(scope)
        if typed:
            _check(builtin, (other,), _NONE, span=span)
        try:
            result = body(scope, subject, other) if scoped else body(subject, other)
        except FAULTS as fault:
            raise problem_of(fault, span, what=name, subject=subject) from fault
        if (type(subject) in SIZED and len(subject) > UNCOUNTED) or (type(result) in SIZED and len(result) > UNCOUNTED):  # type: ignore[arg-type]  # sized: its type says so
            _count(scope, subject, result, span=span)
        return result

    return apply


def _general(builtin: Builtin, first: tuple[Evaluate, ...], named: Named, *, span: Span, subjects: int) -> Evaluate:
    body, scoped = builtin.body, builtin.scoped
    options = [(builtin.parameter(word), each) for word, each in named]

    def call(scope: Scope) -> object:
        values = [each(scope) for each in first]
        given = {word: each(scope) for word, each in options}
        subject = values[0] if values else None
        _check(builtin, values[subjects:], given, span=span)
        try:
            result = body(scope, *values, **given) if scoped else body(*values, **given)
        except FAULTS as fault:
            raise problem_of(fault, span, what=builtin.name, subject=subject) from fault
        _count(scope, subject, result, span=span)
        return result

    return call


def _check(builtin: Builtin, arguments: Sequence[object], named: Mapping[str, object], *, span: Span) -> None:
    misfit = builtin.misfit(arguments, named)
    if misfit:
        raise ProblemError(misfit, span)


def foreign(name: str, arguments: Sequence[Evaluate], named: Named, *, span: Span) -> Evaluate:
    """A function of the caller, else a macro of the template."""
    spelled = [(_snake(word), each) for word, each in named]

    def call(scope: Scope) -> object:
        function: Callable[..., object] | None = scope.functions.get(name)
        macro = scope.macros.get(name)
        if function is None and macro is None:
            raise ProblemError(f"Function or Macro [{name}] does not exist", span)
        values = [each(scope) for each in arguments]
        options = {word: each(scope) for word, each in (spelled if function else named)}
        try:
            result = function(*values, **options) if function else macro(scope, *values, **options)  # type: ignore[misc]  # one of them is there
        except ExpressionError as error:
            raise ProblemError(str(error), span, complete=True) from error
        except TypeError as error:
            reason = _refusal(name, function, values, options)
            raise ProblemError(reason or f"`{name}` failed: {error}", span) from error
        _count(scope, None, result, span=span)
        return result

    return call


def _refusal(
    name: str, function: Callable[..., object] | None, values: Sequence[object], options: Mapping[str, object]
) -> str | None:
    """What is wrong with the arguments of a caller's function, asked when it could not be called."""
    if function is None:
        return None
    try:
        builtin = table("function", {name: function}, forgiving="")[name]
    except (TypeError, ValueError):
        return None
    words = {python: word for word, python in builtin.parameters.items()}
    return builtin.objection(len(values), [words.get(option, option) for option in options])


def _snake(word: str) -> str:
    """The name of an argument as Python has it."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", word).lower()


def forgiving(value: Evaluate) -> Evaluate:
    """The value, or null where it is undefined."""

    def read(scope: Scope) -> object:
        try:
            return value(scope)
        except UndefinedError:
            return None

    return read


def failing(message: str, span: Span) -> Evaluate:
    """What is known to be wrong but only matters when it is reached."""

    def fail(scope: Scope) -> object:  # noqa: ARG001 - every closure takes the scope
        raise ProblemError(message, span)

    return fail


def _count(scope: Scope, subject: object, result: object, *, span: Span) -> None:
    """Charge for what was read and made, and hold texts to the longest that there may be."""
    try:
        scope.budget.work_on(subject)
        scope.budget.work_on(result)
        if type(result) is str:
            scope.budget.check(len(result))
    except ExpressionError as error:
        raise problem_of(error, span) from error
