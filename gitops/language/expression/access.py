"""How attributes and indices are read: keys of maps and positions in lists are reachable, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gitops.language.expression import tree
from gitops.language.expression.problems import UndefinedError
from gitops.language.expression.scope import Scope
from gitops.language.expression.tree import Expression
from gitops.language.expression.values import text

Evaluate = Callable[[Scope], object]
"""A compiled expression."""


def member(value: object, key: object, node: tree.Attribute | tree.Index) -> object:
    """The value of a map's key or a list's index; anything else is undefined."""
    if value is None:
        target = node.target
        raise UndefinedError(target.name if isinstance(target, tree.Name) else text(key), node.span)
    if isinstance(value, Mapping):
        found = key if _has(value, key) else text(key)
        if _has(value, found):
            return value[found]
    elif isinstance(value, list | tuple) and (index := _position(key)) is not None and 0 <= index < len(value):
        return value[index]
    raise UndefinedError(text(key), node.span)


def chain(node: tree.Attribute) -> tuple[tuple[str, ...], Expression]:
    """The names of a chain such as `a.b.c` after its root, and the root."""
    names: list[str] = []
    current: Expression = node
    while isinstance(current, tree.Attribute):
        names.append(current.name)
        current = current.target
    return tuple(reversed(names)), current


def path(node: tree.Attribute, names: tuple[str, ...], *, bound: bool) -> Evaluate:
    """`a.b.c`, read from dicts in one go; anything unusual is looked at once more, slowly.

    `bound` says that the template itself may have given the first name a value.
    """
    root = names[0]

    def read(scope: Scope) -> object:
        value: object = scope.locals if bound and root in scope.locals else scope.variables
        for name in names:
            if type(value) is not dict or name not in value:
                return _walk(scope, node)
            value = value[name]
        return value

    return read


def variable(scope: Scope, node: tree.Name) -> object:
    """The value of a name, wherever it was given one."""
    if node.name in scope.locals:
        return scope.locals[node.name]
    if node.name in scope.variables:
        return scope.variables[node.name]
    raise UndefinedError(node.name, node.span)


def _walk(scope: Scope, node: Expression) -> object:
    if isinstance(node, tree.Attribute):
        return member(_walk(scope, node.target), node.name, node)
    return variable(scope, node) if isinstance(node, tree.Name) else None


def _has(value: Mapping[object, object], key: object) -> bool:
    try:
        return key in value
    except TypeError:
        return False


def _position(key: object) -> int | None:
    if isinstance(key, int) and not isinstance(key, bool):
        return key
    return int(key) if isinstance(key, str) and key.isascii() and key.isdigit() and len(key) < 10 else None
