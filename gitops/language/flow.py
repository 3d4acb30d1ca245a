"""The strict reading of a flow: what the engine runs. The tolerant reading, for finding mistakes, is the outline."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationError

from gitops.errors import InvalidSource
from gitops.language.inputs import INPUT_TYPES, AnyInput
from gitops.language.label import Labels
from gitops.language.model import Model
from gitops.language.retry import Retry
from gitops.language.scalars import FlowId, InputId, Namespace
from gitops.language.task import KINDS, Kinds, SomeTasks, Tasks, Values
from gitops.language.trigger import AnyTrigger


class Output(Model):
    """A value that the flow hands out when an execution ends."""

    id: InputId = Field(description="Unique among the outputs.")
    type: str = Field(description="The type of the value.", json_schema_extra={"enum": list(INPUT_TYPES)})
    value: Any = Field(description="The value; expressions are rendered when the execution ends.")
    description: str | None = Field(None, description="What the value means, in Markdown.")
    display_name: str | None = Field(None, max_length=64, description="The name that people see.")


class Flow(Model):
    """A YAML document with `id` and `namespace` that says what to run."""

    id: FlowId = Field(description="Unique in its namespace; it never changes.")
    namespace: Namespace = Field(description="The dotted path that owns the flow; it never changes.")
    description: str | None = Field(None, description="What the flow is for, in Markdown.")
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
    revision: int | None = Field(None, ge=1, description="Given by the service; a written one is ignored.")


def read_flow(data: object, kinds: Kinds) -> Flow:
    """The flow that plain data describes; raise InvalidSource with every problem as `path: reason`."""
    try:
        return Flow.model_validate(data, context={KINDS: kinds})
    except ValidationError as error:
        problems = (f"{_dotted(item['loc'])}: {item['msg']}" for item in error.errors(include_url=False))
        raise InvalidSource("\n".join(problems)) from error


def _dotted(path: tuple[int | str, ...]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".") or "flow"
