"""Functions that look at the rendering they are called from: its variables, its environment, its texts once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from gitops.errors import ExpressionError
from gitops.language.expression.scope import Scope
from gitops.language.expression.values import text


def render(scope: Scope, to_render: object, recursive: object = True) -> object:
    """The value with its expressions rendered, again and again until it stays the same."""
    return _again(scope, to_render, "render", recursive=recursive is True)


def render_once(scope: Scope, to_render: object) -> object:
    """The value with its expressions rendered once."""
    return _again(scope, to_render, "renderOnce", recursive=False)


def context(scope: Scope) -> dict[str, object]:
    """All variables."""
    return {**scope.variables}


def env(scope: Scope, name: object, default: object = None) -> object:
    """A variable of the environment that is meant for flows, whether its name is in upper case or not."""
    found = scope.variable("envs")
    if not isinstance(found, Mapping):
        return default
    word = text(name)
    value = found.get(word, found.get(word.lower().removeprefix("env_")))
    return default if value in (None, "") else value


def parent(scope: Scope) -> NoReturn:  # noqa: ARG001 - the table calls every function alike
    """The block that a template takes the place of: there is never one."""
    raise ExpressionError("`parent` has nothing to write: a template cannot extend another one")


def i18n(bundle: object, key: object, *params: object) -> NoReturn:  # noqa: ARG001 - the language has them
    """A text of a bundle of translations: there are none."""
    raise ExpressionError(f"There is no bundle `{text(bundle)}`: flows have no translations")


def _again(scope: Scope, value: object, name: str, *, recursive: bool) -> object:
    if scope.renders_again:
        raise ExpressionError(f"Function or Macro [{name}] does not exist: everything is rendered again already")
    return scope.again(value, scope, recursive=recursive)
