"""How attributes and indices are read: keys of maps and positions in lists are reachable, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gitops.language.expression import tree
from gitops.language.expression.problems import UndefinedError
from gitops.language.expression.scope import Scope
from gitops.language.expression.tree import Expression
from gitops.language.expression.values import is_simple, text

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
    root, first, *others = names
    if others:
        return _long_path(node, root, tuple(names[1:]), bound=bound)
    if bound:

        def read_local(scope: Scope) -> object:
            try:
                value = scope.locals[root]
                if type(value) is dict:
                    return value[first]
            except KeyError:
                pass
            return _walk(scope, node)

        return read_local

    def read(scope: Scope) -> object:
        try:
            value = scope.variables[root]
            if type(value) is dict:
                return value[first]
        except KeyError:
            pass
        return _walk(scope, node)

    return read


def _long_path(node: tree.Attribute, root: str, names: tuple[str, ...], *, bound: bool) -> Evaluate:
    def read(scope: Scope) -> object:
        try:
            value = scope.locals[root] if bound else scope.variables[root]
            for name in names:
                if type(value) is not dict:
                    return _walk(scope, node)
                value = value[name]
        except KeyError:
            return _walk(scope, node)
        return value

    return read


def name(node: tree.Name, *, bound: bool) -> Evaluate:
    """A variable; `bound` as for a path."""
    word, span = node.name, node.span
    if bound:
        return lambda scope: variable(scope, node)

    def read(scope: Scope) -> object:
        try:
            return scope.variables[word]
        except KeyError:
            raise UndefinedError(word, span) from None

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
    return is_simple(key) and key in value


def _position(key: object) -> int | None:
    if isinstance(key, int) and not isinstance(key, bool):
        return key
    return int(key) if isinstance(key, str) and key.isascii() and key.isdigit() and len(key) < 10 else None
