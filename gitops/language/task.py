"""The base of every task, and how a task is read without knowing the task types.

The types are handed over as validation context (`Kinds`), because the language must not import them. A type that is
not known becomes an `Opaque` task: it can be linted and stored, not run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Protocol, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema

from gitops.language.model import Model
from gitops.language.retry import Retry
from gitops.language.scalars import Duration, Level, TaskId, Templated, TemplatedStr

KINDS = "kinds"
"""Key of the validation context under which the types are handed over."""


class Task(Model):
    """A step in a flow: what every task type has."""

    ROOM: ClassVar[str] = "Task"

    id: TaskId = Field(description="Unique in the whole flow; outputs are addressed by it.")
    type: str = Field(description="The task type.")
    description: str | None = Field(None, description="What the task is for, in Markdown.")
    disabled: bool = Field(False, description="A disabled task is left out: it gets no task run.")
    run_if: TemplatedStr | None = Field(None, description="The task is SKIPPED when this renders to a false value.")
    allow_failure: bool = Field(False, description="A failure counts as a WARNING and the flow goes on.")
    allow_warning: bool = Field(False, description="A WARNING counts as a SUCCESS.")
    retry: Retry | None = Field(None, description="How a failed attempt is followed by another.")
    timeout: Templated[Duration] | None = Field(None, description="How long one attempt may take.")
    log_level: Level = Field(Level.TRACE, description="The quietest level that is kept of this task's log.")


class Opaque(Task):
    """A task of a type that is not installed here."""

    model_config = ConfigDict(extra="allow")


class Kinds(Protocol):
    """The table of types by room (`Task`, `Trigger`, `TaskRunner`) and name."""

    def find(self, room: str, name: str) -> type[Model] | None:
        """The class of that type; None when it is not installed."""
        ...


_M = TypeVar("_M", bound=Model)


def read_as(room: str, value: object, info: ValidationInfo, fallback: type[_M]) -> Model:
    """Read a mapping by the class that its `type` names; by `fallback` when the type is not known."""
    if isinstance(value, Model):
        return value
    kinds: Kinds | None = (info.context or {}).get(KINDS)
    name = value.get("type") if isinstance(value, Mapping) else None
    found = kinds.find(room, name) if kinds and isinstance(name, str) else None
    return (found or fallback).model_validate(value, context=info.context)


def _read_task(value: object, info: ValidationInfo) -> object:
    return read_as(Task.ROOM, value, info, Opaque)


AnyTask = Annotated[Task, PlainValidator(_read_task), WithJsonSchema({"x-room": "Task"})]
Tasks = tuple[AnyTask, ...]


def _not_empty(tasks: Tasks) -> Tasks:
    if not tasks:
        raise ValueError("expected at least one task, found none")
    return tasks


# Not `min_length`: pydantic counts the items that are valid, and would object to the list for a mistake in an item.
SomeTasks = Annotated[Tasks, AfterValidator(_not_empty), Field(json_schema_extra={"minItems": 1})]
Values = dict[str, Any]
