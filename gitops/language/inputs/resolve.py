"""The inputs of one execution: given values, else defaults, read and checked, in the order in which they depend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from gitops.errors import ExpressionError, InputProblem, InvalidInputs
from gitops.language.expression.values import text
from gitops.language.inputs.input import Input
from gitops.language.inputs.multiselect import MultiselectInput
from gitops.language.inputs.secret import SecretInput
from gitops.language.inputs.select import SelectInput

Render = Callable[[object, Mapping[str, object]], object]
"""Renders a value in typed mode; the second argument adds variables."""
Encrypt = Callable[[str], object]

_NO_KEY = "secrets are kept encrypted, and there is no key for it; set `encryption_key` in the settings"


def resolve_inputs(
    inputs: Iterable[Input],
    given: Mapping[str, object],
    render: Render,
    *,
    encrypt: Encrypt | None = None,
    demanding: bool = True,
) -> dict[str, object]:
    """The values by id, typed, dotted ids nested; an input whose condition does not hold is left out.

    Values for ids that are not declared are ignored, as in Kestra; one that is required and not given is null unless
    `demanding`. Raises InvalidInputs with every problem at once.
    """
    declared = {declaration.id: declaration for declaration in inputs}
    resolving = _Resolving(declared, given, render, encrypt, demanding)
    for name in declared:
        resolving.resolve(name)
    values = {name: resolving.values[name] for name in declared if name in resolving.values}
    nested = _nested(values, resolving.problems)
    if resolving.problems:
        raise InvalidInputs(tuple(resolving.problems))
    return nested


@dataclass(slots=True)
class _Resolving:
    """One resolution: what is known so far."""

    declared: Mapping[str, Input]
    given: Mapping[str, object]
    render: Render
    encrypt: Encrypt | None
    demanding: bool
    values: dict[str, object] = field(default_factory=dict)
    problems: list[InputProblem] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def resolve(self, name: str) -> None:
        """Find the value of an input, after those of the inputs that it depends on."""
        if name in self._seen or name not in self.declared:
            return
        self._seen.add(name)
        declaration = self.declared[name]
        for other in declaration.depends_on.inputs if declaration.depends_on else ():
            self.resolve(other)
        try:
            if self._is_enabled(declaration):
                self.values[name] = self._value(declaration)
        except (ValueError, ExpressionError, RecursionError) as error:
            self.problems.append(_problem(declaration, self.given.get(name), str(error)))

    def _is_enabled(self, declaration: Input) -> bool:
        needs = declaration.depends_on
        if needs is None:
            return True
        if any(other in self.declared and other not in self.values for other in needs.inputs):
            return False
        if needs.condition is None:
            return True
        held = self.render(needs.condition, self._context(declaration))
        return held is True or held == "true"

    def _context(self, declaration: Input) -> dict[str, object]:
        """What its expressions see of other inputs: those that it depends on."""
        names = declaration.depends_on.inputs if declaration.depends_on else ()
        return {"inputs": _nested({name: self.values[name] for name in names if name in self.values}, [])}

    def _value(self, declaration: Input) -> object:
        choosing = self._with_choices(declaration)
        value = self.given.get(declaration.id)
        if value is None and declaration.defaults is not None:
            value = self.render(declaration.defaults, self._context(declaration))
        if value is None and getattr(choosing, "auto_select_first", False):
            value = _first_choice(choosing)
        if value is None and declaration.required and self.demanding:
            raise ValueError("missing required input")
        return None if value is None else self._sealed(declaration, choosing.read(value))

    def _with_choices(self, declaration: Input) -> Input:
        """The declaration with the values that its expression gives."""
        if not isinstance(declaration, SelectInput | MultiselectInput) or declaration.expression is None:
            return declaration
        found = self.render(declaration.expression, self._context(declaration))
        if not isinstance(found, list | tuple):
            raise ValueError("its `expression` must give a list")  # noqa: TRY004 - told like all problems of inputs
        return declaration.model_copy(update={"values": tuple(text(item) for item in found if item is not None)})

    def _sealed(self, declaration: Input, value: object) -> object:
        if not _is_secret(declaration):
            return value
        if self.encrypt is None:
            raise ValueError(_NO_KEY)
        return [self.encrypt(str(item)) for item in value] if isinstance(value, list) else self.encrypt(str(value))


def _is_secret(declaration: Input) -> bool:
    """Whether the value, or each item of it, is a secret."""
    return isinstance(declaration, SecretInput) or getattr(declaration, "item_type", None) == SecretInput.type_name()


def _first_choice(declaration: Input) -> object:
    if isinstance(declaration, SelectInput):
        return next(iter(declaration.values), None)
    if isinstance(declaration, MultiselectInput):
        return list((declaration.values or declaration.options)[:1])
    return None


def _problem(declaration: Input, value: object, reason: str) -> InputProblem:
    shown = "null" if value is None else "******" if _is_secret(declaration) else _written(value)
    return InputProblem(declaration.id, f"Invalid input for `{declaration.id}`, {reason}, but received `{shown}`")


def _written(value: object) -> str:
    try:
        return text(value)
    except ExpressionError:
        return "a value that is nested too deeply"


def _nested(values: Mapping[str, object], problems: list[InputProblem]) -> dict[str, object]:
    """Values under dotted ids as mappings in mappings."""
    nested: dict[str, object] = {}
    for name, value in values.items():
        target = nested
        *outer, last = name.split(".")
        for key in outer:
            inner = target.setdefault(key, {})
            if not isinstance(inner, dict):
                problems.append(InputProblem(name, f"`{key}` is already a value and cannot hold `{name}`"))
                break
            target = inner
        else:
            if last in target:
                problems.append(InputProblem(name, f"`{name}` already holds other values and cannot be one itself"))
            target[last] = value
    return nested
