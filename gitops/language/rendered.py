"""A part of a flow with its expressions rendered: what conditions and triggers are before they are acted upon."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from gitops.errors import ExpressionError
from gitops.language.model import Model
from gitops.language.strictness import RENDERED

Render = Callable[[object], object]
"""Renders a value with the variables at hand; raises ExpressionError."""

_M = TypeVar("_M", bound=Model)


def read_rendered(model: _M, render: Render, *, raw: Collection[str] = ()) -> _M:
    """A model with every expression in it rendered and read as its real type, but for the properties in `raw`.

    Raises ExpressionError that names the property.
    """
    rendering = _Rendering(render)
    data = {alias: value if name in raw else rendering.of(value) for name, alias, value in _given(model)}
    try:
        return type(model).model_validate(data, context={RENDERED: True})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(key) for key in first["loc"])
        raise ExpressionError(f"`{place}` after rendering: {first['msg']}") from error


def _given(model: Model) -> list[tuple[str, str, object]]:
    """Name, YAML name and value of each property that is set, or whose default holds an expression."""
    found = ((name, field.alias or name, getattr(model, name)) for name, field in type(model).model_fields.items())
    return [each for each in found if each[0] in model.model_fields_set or _holds_expression(each[2])]


def _holds_expression(value: object) -> bool:
    return isinstance(value, str) and "{" in value


@dataclass(frozen=True, slots=True)
class _Rendering:
    """Renders the texts inside a value."""

    render: Render

    def of(self, value: object) -> object:
        if _holds_expression(value):
            return self.render(value)
        if isinstance(value, Model):
            return {alias: self.of(item) for _, alias, item in _given(value)}
        if isinstance(value, Mapping):
            return {key: self.of(item) for key, item in value.items()}
        return [self.of(item) for item in value] if isinstance(value, tuple | list) else value
