"""The `jq` filter. Paths are followed here, programs that are known to end run in this process, all others apart.

A program can loop for ever, read files and the environment, and make more than memory holds. So only what
`jq_programs` vouches for is given to the engine here, the one door to `jq` of this floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from gitops.errors import ExpressionError
from gitops.language.expression.library.jq_programs import Follow, path_of, work_of
from gitops.language.expression.scope import Scope
from gitops.language.expression.values import compact, from_text, kind, plain

_WORK_HERE: Final = 500_000
"""How much a program may do in this process: its passes times the characters of its input and of itself."""

_STEPS_OF_PROGRAM: Final = 50
_WORK_OF_A_STEP: Final = 8


def jq(scope: Scope, value: object, expression: object) -> list[object] | None:
    """All results of a jq program; a text is read as JSON first."""
    if value is None:
        return None
    if not isinstance(expression, str):
        raise ExpressionError(f"`jq` expects a program, a text, but found {kind(expression)}")
    steps = path_of(expression)
    if steps is not None:
        return [_followed(_read(value, expression), steps, expression)]
    source = value if isinstance(value, str) else compact(value)
    passes = work_of(expression)
    work = 0 if passes is None else passes * (len(source) + len(expression))
    if passes is None or work > _WORK_HERE:
        return _apart(scope, expression, source)
    scope.budget.spend(_STEPS_OF_PROGRAM + work // _WORK_OF_A_STEP)
    return _here(expression, source)


def _here(program: str, source: str) -> list[object]:
    try:
        results: list[object] = _compiled(program).input_text(source).all()
    except ValueError as error:
        raise _failure(program, error) from error
    return results


@lru_cache(maxsize=256)
def _compiled(program: str) -> Any:  # noqa: ANN401 - a program of jq, which has no types
    import jq as engine  # type: ignore[import-not-found]  # ships no types

    return engine.compile(program)


def _apart(scope: Scope, program: str, source: str) -> list[object]:
    try:
        results: list[object] = scope.budget.run_apart(scope.functions, {"jq": program, "json": source})["results"]
    except ExpressionError as error:
        raise _failure(program, error) from error
    return results


def _failure(program: str, error: Exception) -> ExpressionError:
    return ExpressionError(f"Unable to resolve jq expression `{program}`: {error}")


def _read(value: object, program: str) -> object:
    if not isinstance(value, str):
        return value
    try:
        return from_text(value)
    except ValueError as error:
        raise _failure(program, error) from error


def _followed(value: object, steps: Follow, program: str) -> object:
    """What lies at the end of a path; what is not there is null, as in jq."""
    for key in steps:
        value = plain(value) if not isinstance(value, Mapping | list | tuple | None) else value
        if value is None:
            continue
        if isinstance(key, str) and isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(key, int) and isinstance(value, list | tuple):
            value = value[key] if -len(value) <= key < len(value) else None
        else:
            wanted = f'"{key}"' if isinstance(key, str) else "number"
            raise _failure(program, ExpressionError(f"Cannot index {_kind(value)} with {wanted}"))
    return _told(value)


def _told(value: object) -> object:
    """A result in the types of JSON; numbers keep the type that they have."""
    return value if value is None or isinstance(value, str | bool | int | float) else plain(value)


def _kind(value: object) -> str:
    kinds = {Mapping: "object", list | tuple: "array", bool: "boolean", int | float: "number"}
    return next((name for types, name in kinds.items() if isinstance(value, types)), "string")
