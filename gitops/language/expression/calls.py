"""What a built-in is, and how the arguments written in a template reach its body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from inspect import Parameter, signature


@dataclass(frozen=True, slots=True)
class Builtin:
    """A filter, function or test: its body, and the parameters of it that a template may fill.

    `parameters` are the names in the language, each with its name in Python. The body of a filter or test takes the
    value it is applied to before them, and a `scoped` body the Scope before everything. `forgives` says that an
    undefined value is null for it.
    """

    name: str
    body: Callable[..., object]
    parameters: Mapping[str, str]
    required: tuple[str, ...]
    takes_more: bool
    scoped: bool
    forgives: bool = False

    def objection(self, positional: int, named: Iterable[str]) -> str | None:
        """What is wrong with the arguments, if anything is."""
        names = [*self.parameters]
        if positional > len(names) and not self.takes_more:
            most = f"at most {len(names)}" if names else "no"
            return f"`{self.name}` takes {most} argument{'' if len(names) == 1 else 's'} but found {positional}"
        given = set(names[:positional])
        for name in named:
            if name not in self.parameters:
                known = ", ".join(f"`{each}`" for each in names) or "none"
                return f"`{self.name}` has no argument `{name}`; it has {known}"
            if name in given:
                return f"`{self.name}` is given the argument `{name}` twice"
            given.add(name)
        missing = [name for name in self.required if name not in given]
        return f"`{self.name}` expects an argument `{missing[0]}`" if missing else None


def table(kind: str, bodies: Mapping[str, Callable[..., object]], *, forgiving: str) -> Mapping[str, Builtin]:
    """Built-ins by their names in the language; filters and tests (`kind`) take a value first."""
    subjects = 0 if kind == "function" else 1
    return {name: _builtin(name, body, subjects, forgives=name == forgiving) for name, body in bodies.items()}


def _builtin(name: str, body: Callable[..., object], subjects: int, *, forgives: bool) -> Builtin:
    parameters = [*signature(body).parameters.values()]
    scoped = bool(parameters) and parameters[0].name == "scope"
    free = [each for each in parameters[subjects + scoped :] if each.kind is not Parameter.VAR_POSITIONAL]
    return Builtin(
        name=name,
        body=body,
        parameters={_camel(each.name): each.name for each in free},
        required=tuple(_camel(each.name) for each in free if each.default is Parameter.empty),
        takes_more=any(each.kind is Parameter.VAR_POSITIONAL for each in parameters),
        scoped=scoped,
        forgives=forgives,
    )


def _camel(name: str) -> str:
    first, *others = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in others)
