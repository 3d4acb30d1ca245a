"""The base of every task, and how a task is read without knowing the task types.

The types are handed over as validation context (`Kinds`), because the language must not import them. A type that is
not known becomes an `Opaque` task: it can be linted and stored, not run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Protocol, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    SerializeAsAny,
    ValidationInfo,
    WithJsonSchema,
)

from gitops.language.model import Kind, Model, removed
from gitops.language.retry import Retry
from gitops.language.scalars import Duration, Level, TaskId, Templated, TemplatedStr, Text
from gitops.language.worker import WorkerGroup, WorkerSelector

KINDS = "kinds"
"""Key of the validation context under which the types are handed over."""


# A class body that has a field `type` cannot name the built-in.
_ModelClass: TypeAlias = type[BaseModel]


class NoOutput(Model):
    """The output of a task that has none."""


class TaskCache(Model):
    """Outputs that are kept and handed out again instead of running the task."""

    enabled: bool = Field(True, description="Whether outputs are kept.")
    ttl: Duration | None = Field(None, description="How long outputs are good for; without it, for ever.")


class Assets(Model):
    """The data that something reads and writes, for lineage; kept and not acted upon."""

    inputs: Any = Field(None, description="What is read.")
    outputs: Any = Field(None, description="What is written.")


class Task(Kind):
    """A step in a flow: what every task type has.

    `RUNNABLE` says that the task does work, rather than steer the execution. `Output` describes what it hands on.
    """

    ROOM: ClassVar[str] = "Task"
    RUNNABLE: ClassVar[bool] = True
    Output: ClassVar[_ModelClass] = NoOutput
    SYNONYMS: ClassVar[Mapping[str, str]] = {"when": "runIf"}

    id: TaskId = Field(description="Unique in the whole flow; outputs are addressed by it.")
    type: str = Field(description="The task type.")
    version: Text | None = Field(None, description="The version of the plugin.")
    description: Text | None = Field(None, description="What the task is for, in Markdown.")
    disabled: bool = Field(False, description="A disabled task is left out: it gets no task run.")
    run_if: TemplatedStr | None = Field(None, description="The task is SKIPPED when this renders to a false value.")
    allow_failure: bool = Field(False, description="A failure counts as a WARNING and the flow goes on.")
    allow_warning: bool = Field(False, description="A WARNING counts as a SUCCESS.")
    retry: Retry | None = Field(None, description="How a failed attempt is followed by another.")
    timeout: Templated[Duration] | None = Field(None, description="How long one attempt may take.")
    log_level: Level = Field(Level.TRACE, description="The quietest level that is kept of this task's log.")
    log_to_file: bool = Field(False, description="Keep the log as a file in internal storage.")
    task_cache: TaskCache | None = Field(None, description="Hand out earlier outputs instead of running again.")
    assets: Assets | None = Field(None, description="The data that the task reads and writes.")
    worker_group: WorkerGroup | None = Field(
        None, description="The workers that may run the task.", json_schema_extra=removed("use `workerSelector`")
    )
    worker_selector: WorkerSelector | None = Field(None, description="The workers that may run the task, by tags.")
    plugin_defaults_ref: str | None = Field(
        None,
        description="The named entry of `pluginDefaults` to use.",
        json_schema_extra=removed("write the values into the task"),
    )
    policy_refs: tuple[str, ...] = Field((), description="Policies of the namespace; kept and not acted upon.")


class Unavailable(Task):
    """The base of task types that flows may hold and lint, and that this version does not run: deploying says so."""

    AVAILABLE: ClassVar[bool] = False


class UnavailableFlowable(Unavailable):
    """The same for types that hold other tasks or steer the execution."""

    RUNNABLE: ClassVar[bool] = False


class Opaque(Unavailable):
    """A task of a type that is not installed here."""

    model_config = ConfigDict(extra="allow")


class Kinds(Protocol):
    """The table of types by room (`Task`, `Trigger`, `Condition`, `TaskRunner`) and name."""

    def find(self, room: str, name: str) -> type[Kind] | None:
        """The class of that type, by today's name or an old one; None when it is not installed."""
        ...

    @property
    def defaults(self) -> Sequence[Mapping[str, object]]:
        """The service's own `pluginDefaults`, which come after those of a flow."""
        ...

    def today(self, name: str) -> str:
        """Today's name of a type that is called by an old one; any other name itself."""
        ...

    def has(self, name: str, key: str) -> bool:
        """Whether a type has a property; true of types that are not known."""
        ...


_M = TypeVar("_M", bound=Kind)


def read_as(room: str, value: object, info: ValidationInfo, fallback: type[_M]) -> Model:
    """Read a mapping by the class that its `type` names; by `fallback` when the type is not known."""
    if isinstance(value, Model):
        return value
    kinds: Kinds | None = (info.context or {}).get(KINDS)
    name = value.get("type") if isinstance(value, Mapping) else None
    found = kinds.find(room, name) if kinds and isinstance(name, str) else None
    if found is not None and isinstance(value, Mapping) and name in found.ALIASES:
        value = {**found.read_alias(value), "type": found.type_name()}
    return (found or fallback).model_validate(value, context=info.context)


def _read_task(value: object, info: ValidationInfo) -> object:
    return read_as(Task.ROOM, value, info, Opaque)


AnyTask = Annotated[Task, SerializeAsAny(), PlainValidator(_read_task), WithJsonSchema({"x-room": "Task"})]
Tasks = tuple[AnyTask, ...]


def _not_empty(tasks: Tasks) -> Tasks:
    if not tasks:
        raise ValueError("expected at least one task, found none")
    return tasks


# Not `min_length`: pydantic counts the items that are valid, and would object to the list for a mistake in an item.
SomeTasks = Annotated[Tasks, AfterValidator(_not_empty), Field(json_schema_extra={"minItems": 1})]
Values = dict[str, Any]
