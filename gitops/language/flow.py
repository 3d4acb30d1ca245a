"""The strict reading of a flow: what the engine runs. The tolerant reading, for finding mistakes, is the outline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field, ValidationError

from gitops.errors import InvalidSource
from gitops.language.check import Check
from gitops.language.concurrency import Concurrency
from gitops.language.inputs.table import INPUT_TYPES, AnyInput
from gitops.language.label import Labels
from gitops.language.listener import Listener
from gitops.language.model import UNAVAILABLE, Model, deprecated, removed
from gitops.language.plugin_default import PluginDefault
from gitops.language.plugin_defaults import with_defaults
from gitops.language.quota import Quota
from gitops.language.retry import Retry
from gitops.language.scalars import FlowId, InputId, Namespace, Text
from gitops.language.sla import Sla
from gitops.language.task import KINDS, Kinds, SomeTasks, Tasks, Values
from gitops.language.trigger import AnyTrigger
from gitops.language.worker import WorkerGroup, WorkerSelector


class Output(Model):
    """A value that the flow hands out when an execution ends."""

    id: InputId = Field(description="Unique among the outputs.")
    type: str = Field(
        description="The type of the value.",
        json_schema_extra={"enum": list(INPUT_TYPES)},
    )
    value: Any = Field(description="The value; expressions are rendered when the execution ends.")
    description: Text | None = Field(None, description="What the value means, in Markdown.")
    display_name: Text | None = Field(None, max_length=64, description="The name that people see.")


class Flow(Model):
    """A YAML document with `id` and `namespace` that says what to run."""

    RENAMED: ClassVar[Mapping[str, str]] = {"taskDefaults": "pluginDefaults"}

    id: FlowId = Field(description="Unique in its namespace; it never changes.")
    namespace: Namespace = Field(description="The dotted path that owns the flow; it never changes.")
    revision: int | None = Field(None, ge=1, description="Given by the service; a written one is ignored.")
    description: Text | None = Field(None, description="What the flow is for, in Markdown.")
    labels: Labels | None = Field(None, description="Labels of the flow, copied to its executions.")
    inputs: tuple[AnyInput, ...] = Field((), description="The values that an execution is started with.")
    variables: Values | None = Field(None, description="Values for expressions, read as `vars.name`.")
    tasks: SomeTasks = Field(description="The tasks, run in order.")
    errors: Tasks = Field((), description="Tasks that run when one of `tasks` failed.")
    finally_: Tasks = Field((), alias="finally", description="Tasks that run at the end, whatever happened.")
    after_execution: Tasks = Field((), description="Tasks that run after the execution has ended.")
    triggers: tuple[AnyTrigger, ...] = Field((), description="What creates executions of the flow.")
    outputs: tuple[Output, ...] = Field((), description="Values handed out when an execution ends.")
    retry: Retry | None = Field(None, description="The retry of every task that has none of its own.")
    disabled: bool = Field(False, description="A disabled flow creates no executions.")
    draft: bool = Field(False, description="A draft is kept and not active.", json_schema_extra=UNAVAILABLE)
    plugin_defaults: tuple[PluginDefault, ...] = Field(
        (), description="Values for every part of a type.", json_schema_extra=removed("write the values into the tasks")
    )
    concurrency: Concurrency | None = Field(None, description="How many executions may run at once.")
    sla: tuple[Sla, ...] = Field((), description="What an execution must keep to.")
    checks: tuple[Check, ...] = Field((), description="Checks of the inputs before an execution is created.")
    quotas: tuple[Quota, ...] = Field((), description="Limits over a window of time.", json_schema_extra=UNAVAILABLE)
    listeners: tuple[Listener, ...] = Field(
        (),
        description="Tasks that run when an execution ends.",
        json_schema_extra=deprecated("use `afterExecution` or a Flow trigger", removed=True),
    )
    worker_group: WorkerGroup | None = Field(
        None, description="The workers that may run the tasks.", json_schema_extra=removed("use `workerSelector`")
    )
    worker_selector: WorkerSelector | None = Field(None, description="The workers that may run the tasks, by tags.")
    policy_refs: tuple[str, ...] = Field((), description="Policies of the namespace; kept and not acted upon.")
    deleted: bool = Field(False, description="Given by the service; a written one is ignored.")
    tenant_id: str | None = Field(None, description="Given by Kestra's service; ignored.")
    updated: str | None = Field(None, description="Given by Kestra's service; ignored.")


def read_flow(data: object, kinds: Kinds) -> Flow:
    """The flow that plain data describes, with its defaults; InvalidSource tells every problem as `path: reason`."""
    whole = with_defaults(data, kinds.defaults, kinds=kinds) if isinstance(data, dict) else data
    try:
        return Flow.model_validate(whole, context={KINDS: kinds})
    except ValidationError as error:
        problems = (f"{_dotted(item['loc'])}: {item['msg']}" for item in error.errors(include_url=False))
        raise InvalidSource("\n".join(problems)) from error


def _dotted(path: tuple[int | str, ...]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".") or "flow"
