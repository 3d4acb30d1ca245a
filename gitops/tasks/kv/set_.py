"""Set a key of the key-value store of a namespace.

## Example
    id: remember
    namespace: company.team
    tasks:
      - id: last_run
        type: io.kestra.plugin.core.kv.Set
        key: last_run
        value: "{{ execution.startDate }}"
        kvType: DATETIME
        ttl: P30D
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.key_value import ValueType, as_type, plain_value
from gitops.language.scalars import Duration, Templated, TemplatedStr
from gitops.tasks.kv.key import Key


class Set(Runnable):
    """Set a key of the key-value store of a namespace."""

    type: Literal["io.kestra.plugin.core.kv.Set"]
    key: Key = Field(description="The key.")
    # Not rendered with the task: here an expression gives a value, everywhere else a text.
    value: Any = Field(
        description="The value; one that is an expression and nothing else keeps its type.",
        json_schema_extra={"x-templated": True},
    )
    namespace: TemplatedStr = Field("{{ flow.namespace }}", description="The namespace; the flow's by default.")
    overwrite: Templated[bool] = Field(True, description="Whether a value that is there is replaced, or a failure.")
    ttl: Templated[Duration] | None = Field(None, description="How long the value is kept; without it, for ever.")
    kv_type: Templated[ValueType] | None = Field(
        None, description="The type that a text is read as; the value's own when there is none."
    )
    kv_description: TemplatedStr | None = Field(None, description="What the value means.")

    def run(self, context: RunContext) -> None:
        """Set the key; it is on the disk when the task ends."""
        value = context.render(self.value, typed=True)
        try:
            typed = value if self.kv_type is None else as_type(value, self.kv_type)
        except ValueError as error:
            raise TaskFailed(f"`value` as {self.kv_type}: {error}") from None
        context.services.key_values.set(
            self.namespace,
            self.key,
            value=plain_value(typed),
            overwrite=self.overwrite,
            lasts=self.ttl,
            description=self.kv_description,
        )
