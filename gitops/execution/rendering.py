"""A task with its expressions rendered: every templated property is rendered once and read as its real type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from gitops.errors import ExpressionError
from gitops.language.model import Model
from gitops.language.scalars import Template, holds_expression
from gitops.language.strictness import RENDERED
from gitops.language.task import KINDS, Kinds, Task

Render = Callable[[object], object]
T = TypeVar("T", bound=Task)

_BY_THE_MACHINE = frozenset({"run_if"})
"""Properties that the machine renders at the time it decides on them."""


def render_task(task: T, render: Render, kinds: Kinds) -> T:
    """The task as its `run` sees it; raises ExpressionError that names the property."""
    if not _has_templates(type(task)):
        return task
    data = dict(_rendered(task, render, skip=_BY_THE_MACHINE))
    try:
        return type(task).model_validate(data, context={RENDERED: True, KINDS: kinds})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(key) for key in first["loc"])
        raise ExpressionError(f"`{place}` of task `{task.id}` after rendering: {first['msg']}") from error


def holds_expressions(task: Task) -> bool:
    """Whether any property that is rendered with the task holds an expression."""
    found: list[bool] = []

    def look(value: object) -> object:
        found.append(holds_expression(repr(value)))
        return value

    dict(_rendered(task, look, skip=_BY_THE_MACHINE))
    return any(found)


def raw_properties(kind: type[Task]) -> frozenset[str]:
    """The properties of a type that are not rendered with the task: its `run` does that, or nobody."""
    return frozenset(kind.model_fields) - _templated(kind)


def _rendered(model: Model, render: Render, *, skip: frozenset[str] = frozenset()) -> Iterator[tuple[str, object]]:
    templated = _templated(type(model))
    for name in model.model_fields_set | _expressions_by_default(type(model)):
        value = getattr(model, name)
        alias = type(model).model_fields[name].alias if name in type(model).model_fields else name
        yield alias or name, _value(value, render) if name in templated and name not in skip else _plain(value, render)


def _value(value: object, render: Render) -> object:
    return render(_plain(value, render))


def _plain(value: object, render: Render) -> object:
    """Nested models become plain data again, with their own templated properties rendered; nested tasks stay."""
    if isinstance(value, Task):
        return value  # its own attempts render it
    if isinstance(value, Model):
        return dict(_rendered(value, render))
    if isinstance(value, tuple | list):
        return [_plain(item, render) for item in value]
    return value


@cache
def _templated(kind: type[BaseModel]) -> frozenset[str]:
    fields = kind.model_fields.items()
    return frozenset(name for name, field in fields if _marked(field.metadata) or _marked_inside(field.annotation))


@cache
def _expressions_by_default(kind: type[BaseModel]) -> frozenset[str]:
    """The templated properties whose default is an expression, such as the flow's own namespace."""
    return frozenset(name for name in _templated(kind) if _holds_any(kind.model_fields[name].default))


def _holds_any(default: object) -> bool:
    return any(map(holds_expression, default)) if isinstance(default, tuple) else holds_expression(default)


def _marked(metadata: list[object]) -> bool:
    return any(isinstance(item, Template) for item in metadata)


def _marked_inside(annotation: object) -> bool:
    """Whether a union or a container holds the mark, as `Templated[int] | None` does."""
    inner = (*getattr(annotation, "__metadata__", ()), *getattr(annotation, "__args__", ()))
    return any(isinstance(item, Template) or _marked_inside(item) for item in inner if not isinstance(item, str))


@cache
def _has_templates(kind: type[Task]) -> bool:
    return bool(_templated(kind) - _BY_THE_MACHINE)
