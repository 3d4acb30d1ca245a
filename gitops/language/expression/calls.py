"""What a built-in is, and how the arguments written in a template reach its body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Final

from gitops.language.expression.values import kind

Typed = tuple[int, str, str, type]
"""The position of a parameter, its names in Python and in the language, and the type of its arguments."""

_TYPES: Final = {int: "a whole number", str: "a text"}
NO_SYNONYMS: Final[Mapping[str, str]] = MappingProxyType({})
_AS_WRITTEN: Final = frozenset({"replace_pairs"})
"""The names of the language that are not in camel case."""


@dataclass(frozen=True, slots=True)
class Builtin:
    """A filter, function or test: its body, and the parameters of it that a template may fill.

    `parameters` are the names in the language, each with its name in Python; `synonyms` are other names for some of
    them. The body of a filter or test takes the value it is applied to before them, and a `scoped` body the Scope
    before everything. `typed` are the parameters that must be a whole number or a text. `forgives` says that an
    undefined value is null for it.
    """

    name: str
    body: Callable[..., object]
    parameters: Mapping[str, str]
    required: tuple[str, ...]
    typed: tuple[Typed, ...]
    takes_more: bool
    scoped: bool
    forgives: bool
    synonyms: Mapping[str, str]

    def objection(self, positional: int, named: Iterable[str]) -> str | None:
        """What is wrong with the arguments, if anything is."""
        names = [*self.parameters]
        if positional > len(names) and not self.takes_more:
            most = f"at most {len(names)}" if names else "no"
            return f"`{self.name}` takes {most} argument{'' if len(names) == 1 else 's'} but found {positional}"
        given = set(names[:positional])
        for word in named:
            name = self.synonyms.get(word, word)
            if name not in self.parameters:
                known = ", ".join(f"`{each}`" for each in names) or "none"
                return f"`{self.name}` has no argument `{word}`; it has {known}"
            if name in given:
                return f"`{self.name}` is given the argument `{word}` twice"
            given.add(name)
        missing = [name for name in self.required if name not in given]
        return f"`{self.name}` expects an argument `{missing[0]}`" if missing else None

    def parameter(self, word: str) -> str:
        """The name in Python of a parameter as a template names it."""
        return self.parameters[self.synonyms.get(word, word)]

    def misfit(self, arguments: Sequence[object], named: Mapping[str, object]) -> str | None:
        """Which argument is not of the type that its parameter has, if one is not."""
        for position, name, word, type_ in self.typed:
            value = arguments[position] if position < len(arguments) else named.get(name)
            if value is not None and (not isinstance(value, type_) or isinstance(value, bool)):
                return f"`{self.name}` expects `{word}` to be {_TYPES[type_]} but found {kind(value)}"
        return None


def table(
    kind: str,
    bodies: Mapping[str, Callable[..., object]],
    *,
    forgiving: str,
    synonyms: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Mapping[str, Builtin]:
    """Built-ins by their names in the language; filters and tests (`kind`) take a value first."""
    subjects = 0 if kind == "function" else 1
    return {
        name: _builtin(name, body, subjects, forgives=name == forgiving, synonyms=synonyms.get(name, NO_SYNONYMS))
        for name, body in bodies.items()
    }


def _builtin(
    name: str, body: Callable[..., object], subjects: int, *, forgives: bool, synonyms: Mapping[str, str]
) -> Builtin:
    parameters = [*signature(body).parameters.values()]
    scoped = bool(parameters) and parameters[0].name == "scope"
    free = [each for each in parameters[subjects + scoped :] if each.kind is not Parameter.VAR_POSITIONAL]
    return Builtin(
        name=name,
        body=body,
        parameters={_camel(each.name): each.name for each in free},
        required=tuple(_camel(each.name) for each in free if each.default is Parameter.empty),
        typed=tuple(_typed(free)),
        takes_more=any(each.kind is Parameter.VAR_POSITIONAL for each in parameters),
        scoped=scoped,
        forgives=forgives,
        synonyms=synonyms,
    )


def _typed(parameters: Sequence[Parameter]) -> Iterator[Typed]:
    for position, each in enumerate(parameters):
        for type_ in _TYPES:
            if str(each.annotation).startswith(type_.__name__):
                yield position, each.name, _camel(each.name), type_


def _camel(name: str) -> str:
    if name in _AS_WRITTEN:
        return name
    first, *others = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in others)
