"""Functions that look at the rendering they are called from: its variables, its iteration, its texts once more."""

from __future__ import annotations

from collections.abc import Mapping

from gitops.errors import ExpressionError
from gitops.language.expression.scope import Scope
from gitops.language.expression.values import kind, text


def render(scope: Scope, to_render: object, recursive: object = True) -> object:
    """The value with its expressions rendered, again and again until it stays the same."""
    return _again(scope, to_render, "render", recursive=recursive is True)


def render_once(scope: Scope, to_render: object) -> object:
    """The value with its expressions rendered once."""
    return _again(scope, to_render, "renderOnce", recursive=False)


def context(scope: Scope) -> dict[str, object]:
    """All variables."""
    return {**scope.variables}


def current_each_output(scope: Scope, outputs: object) -> object:
    """The outputs of a task in the iteration that the current task is in."""
    found = _map(outputs)
    parents = scope.variable("parents")
    for parent in reversed(parents if isinstance(parents, list | tuple) else []):
        run = parent.get("taskrun") if isinstance(parent, Mapping) else None
        if isinstance(run, Mapping):
            found = _map(_of_iteration(found, run))
    run = scope.variable("taskrun")
    if not isinstance(run, Mapping):
        raise ExpressionError("`currentEachOutput` can only be used inside a task that is iterated")
    return _of_iteration(found, run)


def loop_outputs(outputs: object, name: str) -> list[object]:
    """One output of every iteration; null where it is missing."""
    if not isinstance(outputs, list | tuple):
        raise ExpressionError(f"`loopOutputs` needs a list of outputs but found {kind(outputs)}")
    return [each.get(name) if isinstance(each, Mapping) else None for each in outputs]


def _again(scope: Scope, value: object, name: str, *, recursive: bool) -> object:
    if scope.renders_again:
        raise ExpressionError(f"Function or Macro [{name}] does not exist: everything is rendered again already")
    return scope.again(value, scope, recursive=recursive)


def _map(value: object) -> Mapping[object, object]:
    if not isinstance(value, Mapping):
        raise ExpressionError(f"`currentEachOutput` needs the outputs of a task, a map, but found {kind(value)}")
    return value


def _of_iteration(outputs: Mapping[object, object], run: Mapping[object, object]) -> object:
    value = run.get("value")
    for key in (value, text(value)):
        if isinstance(key, str | int | float | None) and key in outputs:
            return outputs[key]
    raise ExpressionError("No execution outputs for the current task runs path")
